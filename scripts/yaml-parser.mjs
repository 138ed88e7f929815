// How yaml's parser is bundled: as plain methods in place of generators. The package hands each word of a file up through
// a stack of generators, for the sake of streams. A file is here as a whole, and of a run as short as `idc validate` those
// generators take half the time: V8 begins to optimise them, and is done after all else is.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const packageFolder = path.dirname(createRequire(import.meta.url).resolve('yaml/package.json'));

/** Of each class its method that is called from outside. */
const entries = /** @type {const} */ ({ lexer: 'lex', parser: 'parse' });

/** @type {import('esbuild').Plugin} */
export const yamlParser = {
  name: 'yaml-parser',
  setup({ onResolve, onLoad }) {
    // What Node would load is CommonJS, of which esbuild can leave nothing out.
    onResolve({ filter: /^yaml$/ }, () => ({ path: path.join(packageFolder, 'browser/index.js') }));
    onLoad({ filter: /[\\/]yaml[\\/]browser[\\/]dist[\\/]parse[\\/](lexer|parser)\.js$/ }, async ({ path: file }) => {
      const entry = entries[/** @type {keyof entries} */ (path.basename(file, '.js'))];
      return { contents: withoutGenerators(await readFile(file, 'utf8'), entry) };
    });
  },
};

/**
 * What the methods yield is put into a list, which the entry returns: for whoever loops over it there is no difference.
 * @param {string} code of a class with generators that only delegate to each other.
 * @param {string} entry
 */
function withoutGenerators(code, entry) {
  const head = `    *${entry}(`;
  const collecting = `    ${entry}(...input) { this.yielded = []; this.${entry}All(...input); return this.yielded; }`;
  const plain = code
    .replace(head, `${collecting}\n    *${entry}All(`)
    .replaceAll(/^ {4}\*(?=\w+\()/gm, '    ')
    .replaceAll('yield* ', '')
    .replaceAll(/\byield ([^;]+);/g, 'this.yielded.push($1);');
  if (!plain.includes(collecting) || /\byield\b/.test(plain))
    throw new Error(`${entry} is written in another way now.`);
  return plain;
}

import { readdirSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import fc from 'fast-check';
import * as yaml from 'yaml';
import { beforeAll, expect, it } from 'vitest';
import { yamlParser } from '../scripts/yaml-parser.mjs';

// The bundle's parser differs from the package's in how it hands its tokens over, and must in nothing else.

const pieces = [
  ['a', 'b c', ':', ': ', '- ', '? ', '\n', '\n  ', '\n    ', '\t', '\r\n', ' ', ' # c', '#', ',', '"', "'", '\\'],
  ['[', ']', '{', '}', '&a ', '*a', '!t ', '!<t> ', '|', '>', '|2+\n', '>-\n', '---', '...\n', '%YAML 1.2\n'],
  ['\uFEFF', '\u0002', '\u0018', '\u001F', '@', '`', '<<: ', '鈴木', '😀', 'a:\n  - b\n', '{ a: b }', '[a, b]\n'],
].flat();

let bundled: typeof yaml;
beforeAll(async () => {
  const stdin = { contents: "export { Lexer, Parser } from 'yaml';", resolveDir: '.' };
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'esm', plugins: [yamlParser] });
  const source = Buffer.from(outputFiles[0]?.contents ?? '').toString('base64');
  bundled = (await import(/* @vite-ignore */ `data:text/javascript;base64,${source}`)) as typeof yaml;
});

/** All that a parser makes of a text. */
const read = ({ Lexer, Parser }: typeof yaml, text: string): object => ({
  words: [...new Lexer().lex(text)],
  tokens: [...new Parser().parse(text)],
});

it('does without generators', () => {
  expect(new bundled.Parser().parse('a: 1')).toBeInstanceOf(Array);
});

it.each(['identity.yaml', ...workflows()])('reads %s as the package does', (file) => {
  const text = readFileSync(file, 'utf8');
  expect(read(bundled, text)).toEqual(read(yaml, text));
});

function workflows(): string[] {
  const folder = '.github/workflows/';
  return readdirSync(folder).map((name) => folder + name);
}

it('reads any text as the package does, whether it is YAML or not', () => {
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (any) => {
      expect(read(bundled, any)).toEqual(read(yaml, any));
    }),
    { numRuns: 1000 },
  );
});

it('reads a stream in parts as the package does', () => {
  const parser = { bundled: new bundled.Parser(), package: new yaml.Parser() };
  for (const [part, incomplete] of [
    ['a: [1,\n', true],
    ['  2]\nb: "c', true],
    ['\n d"\n', false],
  ] as const) {
    expect([...parser.bundled.parse(part, incomplete)]).toEqual([...parser.package.parse(part, incomplete)]);
  }
});

// `npm run new-kind NAME` writes a kind: its folder, its line in each of the two lists of kinds, a test and a scenario. What it
// writes compiles, plans and applies at once; its calls are then to be replaced by those of the thing itself.
// npm has the programs of the packages on the path.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pluralOf } from '../src/core/words.ts';
import { kindTemplate, type KindNames } from './kind-template.ts';

const root = path.join(import.meta.dirname, '..');

const [name = ''] = process.argv.slice(2);
if (!/^[a-z]+(-[a-z]+)*$/.test(name)) fail('Give the singular name of a thing, such as trusted-token-issuer.');
if (existsSync(path.join(root, 'src', 'kinds', name))) fail(`src/kinds/${name} is there already.`);

const names = namesOf(name);
const files = kindTemplate(names);
for (const [file, text] of Object.entries(files)) write(file, text);
register('src/kinds/sections.ts', `import { ${names.section} } from './${name}/schema.ts';`, names.section);
register('src/kinds/index.ts', `import { ${names.variable} } from './${name}/kind.ts';`, names.variable);
// A second time, since a chain that has become shorter is only then put together.
for (const _pass of [1, 2]) run('oxfmt', ...Object.keys(files).filter((file) => file.endsWith('.ts')), 'src/kinds');
run('npm', 'run', '--silent', 'schemas');
run('npm', 'run', '--silent', 'docs');
// What the plan and the apply say, to be read before it is kept.
run('vitest', 'run', 'test/scenarios', '-t', names.scenario, '-u');
console.log(`Wrote the kind ${name}, section ${names.section}:
${Object.keys(files)
  .map((file) => `  ${file}`)
  .join('\n')}
Next: replace what it reads and writes (kind.ts), its rights (rights.ts) and its entries (schema.ts) by those of the thing, run
npx vitest run test/kinds/${name} test/scenarios -t '${names.one}' -u, and read what has changed in the scenario.`);

function namesOf(kind: string): KindNames {
  const one = kind.replaceAll('-', ' ');
  const many = pluralOf(one);
  const camel = (words: string): string =>
    words.replaceAll(/ ([a-z])/g, (_space, letter: string) => letter.toUpperCase());
  const scenario = `${/^[aeiou]/.test(one) ? 'an' : 'a'} ${one} is declared`;
  return { kind, one, many, variable: camel(one), section: camel(many), scenario };
}

/** One import, and one line of the list. */
function register(file: string, statement: string, entry: string): void {
  const text = readFileSync(path.join(root, file), 'utf8');
  const lastImport = text.lastIndexOf('\nimport ');
  const afterImport = text.indexOf('\n', lastImport + 1) + 1;
  const end = text.indexOf('\n] as const', afterImport) + 1;
  if (lastImport < 0 || end === 0) fail(`${file} has no list to add to.`);
  write(
    file,
    `${text.slice(0, afterImport)}${statement}\n${text.slice(afterImport, end)}  ${entry},\n${text.slice(end)}`,
  );
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

function run(command: string, ...args: string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail(`${[command, ...args].join(' ')} failed.`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

// How messages, help, docs and test titles are written: short, active, in the field's terms. These words have a plainer one
// in its place: "again" or "newly", "is in", "anyone who", the subject itself, "is not a", "outside idc", "at most", "remove",
// "expired", "instead of".
const homely =
  /\b(?:anew|stands? in|whoever|somebody|nobody|(?<!\bthere )(?:is|are) no (?!longer\b)[a-z]+|of theirs|by other hands|at the most|for its length|t(?:ake|akes|aken|aking|ook) away|what has ended|in the place of)\b/gi;

const root = path.join(import.meta.dirname, '..');
const filesBelow = (folder: string, ending: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, '/')))
    .sort();

const withoutComments = (code: string): string => code.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
const literals = (code: string): string =>
  [...withoutComments(code).matchAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)].join('\n');
const titles = (code: string): string =>
  [...code.matchAll(/\b(?:it|describe)(?:\.\w+)?(?:<[^>]*>)?\((?:[^'"`\n]*\)\()?\s*(['"`])(.*?)\1/g)]
    .map(([, , title]) => title)
    .join('\n');

const texts = [
  ...filesBelow('src', '.ts').map((file) => ({ file, textOf: literals })),
  ...filesBelow('test', '.test.ts').map((file) => ({ file, textOf: titles })),
  ...['README.md', '.github/CONTRIBUTING.md', ...filesBelow('docs', '.md')].map((file) => ({
    file,
    textOf: (text: string) => text,
  })),
];

it('says it in the words of the field', () => {
  const found = texts.flatMap(({ file, textOf }) => {
    const words = textOf(readFileSync(path.join(root, file), 'utf8')).match(homely) ?? [];
    return words.map((word) => `${file}: ${word}`);
  });
  expect(found).toEqual([]);
});

it('finds such words, and not "there is no user" or "is no longer"', () => {
  const found = (text: string): string[] => [...text.matchAll(homely)].map(([word]) => word);
  expect(found('It is no file, so Nobody took away what stands in it.')).toEqual([
    'is no file',
    'Nobody',
    'took away',
    'stands in',
  ]);
  expect(found('There is no user "x", and there are no groups; it is no longer used.')).toEqual([]);
});

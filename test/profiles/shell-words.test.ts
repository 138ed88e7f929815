import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitShellWords } from '../../src/profiles/shell-words.ts';
import { depth } from '../support/depth.ts';

it.each([
  ['profile a', ['profile', 'a']],
  ['profile  "a b"', ['profile', 'a b']],
  ["profile 'a \\ b'c", ['profile', 'a \\ bc']],
  [String.raw`profile back\slash`, ['profile', 'backslash']],
  [String.raw`profile "a\"b\c\\"`, ['profile', String.raw`a"b\c` + '\\']],
  ['profile ""', ['profile', '']],
  ['profile "a', undefined],
  ['profile a\\', undefined],
  ['', []],
])('%j', (text, words) => {
  expect(splitShellWords(text)).toEqual(words);
});

const script = `
import json, shlex, sys
def split(text):
    try:
        return shlex.split(text)
    except ValueError:
        return None
print(json.dumps([split(text) for text in json.load(sys.stdin)]))
`;
const missing = spawnSync('python3', ['-c', '']).status === 0 ? undefined : 'python3 is not installed';

it.skipIf(missing)(`as Python does${missing ? ` (${missing})` : ''}`, () => {
  const texts = fc.sample(
    fc.string({ unit: fc.constantFrom('a', ' ', '\t', '"', "'", '\\', '#', 'ü'), maxLength: 9 }),
    depth(2000),
  );
  const { stdout } = spawnSync('python3', ['-c', script], { input: JSON.stringify(texts), encoding: 'utf8' });
  expect(texts.map((text) => splitShellWords(text) ?? null)).toEqual(JSON.parse(stdout));
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const folder = import.meta.dirname;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const filesWith = (what: RegExp): string[] =>
  files.filter((file) => what.test(readFileSync(path.join(folder, file), 'utf8'))).sort();

it('every run of the CLI meets an emulator that allows only what idc iam-policy prints', () => {
  const unlimited = filesWith(
    /import (?!type)[^;]*\bstartEmulator\b[^;]*src\/emulator\/index\.ts'|import \* as [^;]*src\/emulator\//,
  );
  expect(unlimited.filter((file) => !file.startsWith('emulator/'))).toEqual(['support/emulator.ts']);
  const running = filesWith(/\/(run-idc|live|local-folder)\.ts'/);
  expect(unlimited.filter((file) => running.includes(file))).toEqual([]);
});

it('no test waits for time to pass', () => {
  expect(filesWith(/\bset(Timeout|Interval)\b/)).toEqual([]);
});

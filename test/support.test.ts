import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { external } from './projects.ts';

const folder = import.meta.dirname;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const filesWith = (what: RegExp): string[] =>
  files.filter((file) => what.test(readFileSync(path.join(folder, file), 'utf8'))).sort();

it('every run of the CLI meets an emulator that allows only what idc iam-policy prints', () => {
  const unlimited = filesWith(
    /import (?!type)[^;]*\bstartEmulator\b[^;]*src\/emulator\/index\.ts'|import \* as [^;]*src\/emulator\//,
  );
  expect(unlimited.filter((file) => !file.startsWith('emulator/'))).toEqual([
    // Its clients are programs, with the clock of the machine.
    'package.test.ts',
    'support/emulator.ts',
  ]);
  const running = filesWith(/\/(run-idc|live|local-folder)\.ts'/);
  expect(unlimited.filter((file) => running.includes(file))).toEqual([]);
});

it('no test waits for time to pass', () => {
  expect(filesWith(/\bset(Timeout|Interval)\b/)).toEqual([]);
});

it('what starts another program has a process of its own', () => {
  expect(external.filter((file) => !existsSync(path.join(folder, '..', file)))).toEqual([]);
  const starting = filesWith(
    /^import .* from 'node:child_process'|\/(aws-parsers|language-server|repository|terraform)\.ts';$/m,
  );
  const tests = starting.filter((file) => file.endsWith('.test.ts')).map((file) => `test/${file}`);
  expect(tests.filter((file) => !external.includes(file))).toEqual([]);
});

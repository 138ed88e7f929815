import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { depth } from './support/depth.ts';

const folder = import.meta.dirname;

afterEach(() => void vi.unstubAllEnvs());

it.each([
  [undefined, 40, 2],
  [undefined, 6, 1],
  ['ci', 40, 40],
  ['1000', 40, 1000],
])('IDC_TEST_RUNS=%s tries a property that CI tries %d times %d times', (runs, ofCi, numRuns) => {
  vi.stubEnv('IDC_TEST_RUNS', runs);
  vi.stubEnv('IDC_TEST_SEED', undefined);
  expect(depth(ofCi)).toEqual({ numRuns });
});

it('IDC_TEST_SEED is the seed of every property', () => {
  vi.stubEnv('IDC_TEST_SEED', '-17');
  expect(depth(40)).toMatchObject({ seed: -17 });
});

it.each([
  ['IDC_TEST_RUNS', 'all'],
  ['IDC_TEST_RUNS', '0'],
  ['IDC_TEST_SEED', ''],
])('refuses %s=%s', (name, value) => {
  vi.stubEnv(name, value);
  expect(() => depth(40)).toThrow(name);
});

it('CI tries every property as often as it is meant to be tried', () => {
  expect(readFileSync(path.join(folder, '../.ci/run'), 'utf8')).toMatch(/^export IDC_TEST_RUNS=ci$/m);
});

it('every property has a depth', () => {
  const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
  const without = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && file !== path.basename(import.meta.filename))
    .filter((file) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      return count(text, /\bfc\.assert\(/g) > count(text, /\bdepth\(/g);
    });
  expect(without).toEqual([]);
});

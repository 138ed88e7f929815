import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compilePattern } from '../../src/core/pattern.ts';
import { depth } from '../support/depth.ts';

it('a star stands for any text, and everything else for itself', () => {
  const text = fc.stringMatching(/^[ab.*]{0,6}$/);
  fc.assert(
    fc.property(text, text, (pattern, name) => {
      const source = pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '[^]*');
      expect(compilePattern(pattern)(name)).toBe(new RegExp(`^${source}$`).test(name));
    }),
    depth(100),
  );
});

it('many stars and a long name take no longer than few', () => {
  expect(compilePattern(`${'*a'.repeat(40)}*b`)('a'.repeat(1024))).toBe(false);
  expect(compilePattern(`${'*a'.repeat(40)}*`)('a'.repeat(1024))).toBe(true);
});

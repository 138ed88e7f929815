import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diagnose, everyCode } from './support.ts';
import { depth } from '../support/depth.ts';

const example = readFileSync('identity.yaml', 'utf8');
const files = Object.fromEntries(
  ['policies/deployer.json', 'policies/onboarding.txt'].map((file) => [file, readFileSync(file, 'utf8')]),
);
const pieces = [
  '',
  ' ',
  '\n',
  '\t',
  ':',
  '- ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '*',
  '&a ',
  '*a',
  '<<',
  '!x ',
  '#',
  '|',
  '?',
  ',',
  '0',
  'null',
  '__proto__',
  '\u0000',
  '\u202E',
  '😀',
  '---\n',
];

it('whatever is done to a file, each thing said of it has a place in it', () => {
  const damage = fc.record({
    at: fc.nat({ max: example.length }),
    cut: fc.nat({ max: 12 }),
    put: fc.constantFrom(...pieces),
  });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
      const text = damages.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), example);
      fc.pre(!text.includes('\0'));
      const lines = text.split('\n').length;
      for (const { code, message, place, frame } of diagnose(text, files)) {
        expect(everyCode).toContain(code);
        expect(message).toMatch(/^\S.*[.?]$/);
        expect(message).not.toMatch(/undefined|\[object/);
        expect(place?.line).toBeLessThanOrEqual(lines);
        expect(frame).toContain('^');
      }
    }),
    depth(500),
  );
});

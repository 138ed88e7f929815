import fc from 'fast-check';
import { expect, it } from 'vitest';
import { markerLine, markerWord } from '../../src/core/marker.ts';
import { depth } from '../support/depth.ts';

it('names the file, unless it is identity.yaml', () => {
  expect(markerLine('plan')).toBe('<!-- idc:plan -->');
  expect(markerLine('plan', 'prod/identity.yaml')).toBe('<!-- idc:plan:prod/identity.yaml -->');
});

it('is one line that is a marker and ends where it should, whatever the file is called; of no two files the same', () => {
  const name = fc.oneof(
    fc.string({ minLength: 1, unit: 'binary' }),
    fc.constantFrom('a --> b.yaml', '--!>', 'a\nb', '%2F', 'a:b', '本番.yaml', "it's.yaml", '../a b'),
  );
  fc.assert(
    fc.property(name, name, (one, other) => {
      const line = markerLine('plan', one);
      expect(line.indexOf('-->')).toBe(line.length - 3);
      expect(markerWord(line)).toBe('plan');
      expect(line === markerLine('plan', other)).toBe(one === other);
    }),
    depth(100),
  );
});

it.each([
  '',
  'plan',
  '<!-- idc: -->',
  '<!-- idc:Plan -->',
  '<!-- idc:plan: -->',
  '<!-- idc:plan --> x',
  '<!-- idc:plan:a b -->',
])('%j is not a marker', (line) => {
  expect(markerWord(line)).toBeUndefined();
});

it('has the words that --marker takes', () => {
  expect(markerWord(markerLine('prod-2'))).toBe('prod-2');
});

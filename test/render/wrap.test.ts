import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chop, columns, cut, wrap } from '../../src/render/wrap.ts';
import { depth } from '../support/depth.ts';

describe('wrapping', () => {
  it('breaks at spaces', () => {
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  });

  it('keeps the spaces inside a line', () => {
    expect(wrap('a  b   c', 20)).toEqual(['a  b   c']);
  });

  it('breaks a word that no line could hold', () => {
    expect(wrap('ab cdefghij', 4)).toEqual(['ab', 'cdef', 'ghij']);
  });

  it('gives East Asian characters two columns and accents none', () => {
    expect([columns('山田'), columns('e\u0301'), columns('👩'), columns('✅')]).toEqual([4, 1, 2, 2]);
    expect(chop('山田花子', 5)).toEqual(['山田', '花子']);
    expect(chop('e\u0301e\u0301👩‍🚀✅', 2)).toEqual(['e\u0301e\u0301', '👩‍🚀', '✅']);
  });

  it('cuts with an ellipsis', () => {
    expect([cut('hanako', 6), cut('hanako', 4), cut('hanako', 0)]).toEqual(['hanako', 'han…', '']);
  });

  it('never exceeds the width and never loses a word', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'é', '山', '-'), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 2, max: 30 }), (words, width) => {
        const lines = wrap(words.join(' '), width);
        expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
      }),
      depth(100),
    );
  });
});

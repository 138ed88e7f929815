import { describe, expect, it } from 'vitest';
import { layOut, type Line } from '../../../src/render/text/paint.ts';

const lay = (line: Line, width = 40, color = false): string[] =>
  layOut([line], { color, width }).split('\n').slice(0, -1);
const words = 'one two three four five six seven eight nine ten';

describe('a line that is too long', () => {
  it('continues under its own beginning', () => {
    expect(lay({ indent: 2, sign: '+/-', text: words })).toEqual([
      '  +/- one two three four five six seven',
      '      eight nine ten',
    ]);
  });

  it('never continues in the first column', () => {
    expect(lay({ text: words })).toEqual(['one two three four five six seven', '  eight nine ten']);
  });

  it('stays whole where it is to be copied', () => {
    expect(lay({ text: words, breaks: 'never' })).toEqual([words]);
  });

  it('keeps its spaces where they mean something', () => {
    expect(lay({ indent: 10, sign: '-', text: `    ${'x'.repeat(30)}`, breaks: 'columns' })).toEqual([
      `          -     ${'x'.repeat(24)}`,
      `            ${'x'.repeat(6)}`,
    ]);
  });

  it('is broken as for 40 columns where there are fewer, and for 80 where the width is unknown', () => {
    expect(lay({ text: words }, 3)).toEqual(lay({ text: words }, 40));
    expect(lay({ text: words }, Number.NaN)).toEqual([words]);
  });
});

describe('spaces at the end', () => {
  it('are left out after a sign', () => {
    expect(['+', ' '].flatMap((sign) => lay({ indent: 2, sign, text: '', breaks: 'columns' }))).toEqual(['  +', '']);
  });

  it('are left out before the colour ends', () => {
    expect(lay({ sign: '+', tone: 'add', text: 'a  ', breaks: 'columns' }, 40, true)).toEqual([
      '\u001B[32m+\u001B[39m \u001B[32ma\u001B[39m',
    ]);
  });
});

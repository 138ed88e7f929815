import { applyPatch, structuredPatch } from 'diff';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineHunks } from '../../src/render/line-hunks.ts';
import { renderPatch } from '../../src/render/patch.ts';
import { depth } from '../support/depth.ts';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', '', 'a\r'), { maxLength: 30 });
const text = fc.tuple(lines, fc.boolean()).map(([all, ends]) => all.join('\n') + (ends && all.length > 0 ? '\n' : ''));

it('gives a patch that makes the one text of the other, whatever they are', () => {
  const wrong: string[][] = [];
  fc.assert(
    fc.property(text, text, (before, after) => {
      const patch = renderPatch([{ file: 'x', before, after }]);
      const isRight = before === after ? lineHunks(before, after).length === 0 : applyPatch(before, patch) === after;
      if (!isRight) wrong.push([before, after]);
    }),
    depth(400),
  );
  expect(wrong).toEqual([]);
});

it('tells edits inside of lines and new lines as diff does', () => {
  const before = Array.from({ length: 60 }, (_, at) => `line ${at}`);
  const after = before.flatMap((line, at) => (at % 9 === 4 ? [line, 'new'] : at % 13 === 7 ? [`${line}!`] : [line]));
  const [one, other] = [before.join('\n'), `${after.join('\n')}\n`];
  const { hunks } = structuredPatch('x', 'x', one, other, undefined, undefined, { context: 3 });
  expect(lineHunks(one, other)).toEqual(hunks);
});

it('takes no longer where all lines differ', () => {
  const before = Array.from({ length: 50_000 }, (_, at) => `line ${at}\n`).join('');
  const hunks = lineHunks(before, before.replaceAll('\n', '!\n'));
  expect(hunks.map(({ oldLines, newLines }) => [oldLines, newLines])).toEqual([[50_000, 50_000]]);
});

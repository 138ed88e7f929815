import type { ReviewItem } from '../../core/review.ts';
import { sanitize } from '../../core/sanitize.ts';
import { listOf } from '../../core/words.ts';
import { lineHunks } from '../line-hunks.ts';
import { renderHunks } from './config-diff.ts';
import { layOut, type Line } from './paint.ts';

interface Dates {
  dated: readonly ReviewItem[];
  files: readonly { file: string; before: string; after: string }[];
  left: readonly { item: ReviewItem; why: 'expired' | 'lacks-other' | 'shared' }[];
}

/**
 * What setting the dates of a review writes, as a difference of the files, which entries get none, and for whom else a date answers.
 * @param owners who are asked; undefined for all
 */
export function renderReviewDates(
  { files, dated, left }: Dates,
  owners: readonly string[] | undefined,
  layout: { color: boolean; width: number },
): string {
  const texts = files.map(({ file, before, after }) => renderHunks(file, lineHunks(before, after), layout));
  const lines = left.map(({ item, why }): Line => {
    return { text: `${entryWords(item)} gets no date: ${reasons[why]}`, sign: '!', tone: 'warn' };
  });
  const answered = dated.flatMap((item): Line[] => {
    const others = owners === undefined ? [] : item.owners.filter((one) => !owners.includes(one));
    if (others.length === 0) return [];
    const text = `${entryWords(item)}: the date answers for ${listOf(others.map(sanitize))} too.`;
    return [{ text, sign: '!', tone: 'warn' }];
  });
  const said = [...lines, ...answered];
  return [...texts, ...(said.length === 0 ? [] : [layOut(said, layout)])].join('\n');
}

const entryWords = ({ what, place }: ReviewItem): string =>
  `${sanitize(what)}${place === undefined ? '' : ` (${sanitize(place.file)}:${place.line})`}`;

const reasons = {
  expired: 'it has expired. Remove it.',
  'lacks-other': 'it lacks something else, which a date does not give.',
  shared: 'other entries share what is written there, by an anchor or a merge key. Write the date by hand.',
};

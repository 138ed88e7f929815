import type { ReviewItem } from '../../core/review.ts';
import { sanitize } from '../../core/sanitize.ts';
import { lineHunks } from '../line-hunks.ts';
import { renderHunks } from './config-diff.ts';
import { layOut, type Line } from './paint.ts';

interface Dates {
  files: readonly { file: string; before: string; after: string }[];
  left: readonly { item: ReviewItem; why: 'expired' | 'lacks-other' | 'shared' }[];
}

/** What setting the dates of a review writes, as a difference of the files, and which entries get none. */
export function renderReviewDates({ files, left }: Dates, layout: { color: boolean; width: number }): string {
  const texts = files.map(({ file, before, after }) => renderHunks(file, lineHunks(before, after), layout));
  const lines = left.map(({ item, why }): Line => {
    const { what, place } = item;
    const where = place === undefined ? '' : ` (${sanitize(place.file)}:${place.line})`;
    return { text: `${sanitize(what)}${where} gets no date: ${reasons[why]}`, sign: '!', tone: 'warn' };
  });
  return [...texts, ...(lines.length === 0 ? [] : [layOut(lines, layout)])].join('\n');
}

const reasons = {
  expired: 'it has expired. Remove it.',
  'lacks-other': 'it lacks something else, which a date does not give.',
  shared: 'other entries share what is written there, by an anchor or a merge key. Write the date by hand.',
};

import { nounCount } from '../../core/words.ts';
import { sanitize } from '../../core/sanitize.ts';
import type { Review, ReviewItem } from '../../core/review.ts';
import { holdersWords, ownerWords, reviewedWords, whyWords } from '../view/review-words.ts';
import { listOf } from '../view/wording.ts';
import { sourceWords } from '../view/source-words.ts';
import type { AccessTextOptions } from './comparison-text.ts';
import { layOut, type Line } from './paint.ts';

/** What each owner is asked about, for people on a terminal. */
export function renderReview({ pages, source }: Review, { now, ...layout }: AccessTextOptions): string {
  const items = new Set(pages.flatMap((page) => page.items));
  const due = [...items].filter((item) => item.due.length > 0).length;
  const sections: Line[][] = [
    [
      { text: `To review: ${nounCount(items.size, ['entry', 'entries'])}, ${due} due`, tone: 'heading' },
      { text: `From ${sourceWords(source, now)}.`, tone: 'quiet' },
    ],
    ...pages.map((page) => [
      { text: ownerWords(page.owner), tone: 'heading' as const },
      ...page.items.flatMap(itemLines),
    ]),
  ];
  return sections.map((lines) => layOut(lines, layout)).join('\n');
}

function itemLines(item: ReviewItem): Line[] {
  const { what, place, until, due } = item;
  const where = place === undefined ? '' : ` (${sanitize(place.file)}:${place.line})`;
  const why = whyWords(item);
  const said = [
    ...(why === undefined ? [] : [`for ${why}`]),
    reviewedWords(item),
    ...(until === undefined ? [] : [`until ${sanitize(until)}`]),
  ];
  return [
    {
      text: `${sanitize(what)}${where}`,
      sign: due.length > 0 ? '!' : ' ',
      indent: 2,
      tone: due.length > 0 ? 'warn' : 'plain',
    },
    { text: said.join('; '), indent: 6 },
    { text: `held by ${holdersWords(item)}`, indent: 6 },
    ...(due.length > 0 ? [{ text: `due: it ${listOf(due)}`, indent: 6, tone: 'warn' as const }] : []),
  ];
}

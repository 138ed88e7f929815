import { sanitize } from '../../core/sanitize.ts';
import type { Review, ReviewItem } from '../../core/review.ts';
import {
  alsoAskedWords,
  dueWords,
  entriesWords,
  givesWords,
  historyWords,
  holdersWords,
  neverReviewedWords,
  ownerWords,
  reviewedWords,
  sharedWords,
  sinceWords,
  whyWords,
} from '../view/review-words.ts';
import { sourceWords } from '../view/source-words.ts';
import type { AccessTextOptions } from './comparison-text.ts';
import { layOut, type Line } from './paint.ts';

/** What each owner is asked about, for people on a terminal. */
export function renderReview({ pages, source, history }: Review, { now, ...layout }: AccessTextOptions): string {
  const items = new Set(pages.flatMap((page) => page.items));
  const remarks = [neverReviewedWords(items), sharedWords(items)].flatMap((text) => text ?? []);
  const sections: Line[][] = [
    [
      { text: `To review: ${entriesWords(items)}`, tone: 'heading' },
      { text: `From ${sourceWords(source, now)}.`, tone: 'quiet' },
      { text: historyWords(history), tone: 'quiet' },
      ...remarks.map((text) => ({ text, tone: 'quiet' as const })),
    ],
    ...pages.map((page) => [
      { text: ownerWords(page.owner), tone: 'heading' as const },
      ...page.items.flatMap((item) => itemLines(item, page.owner)),
    ]),
  ];
  return sections.map((lines) => layOut(lines, layout)).join('\n');
}

function itemLines(item: ReviewItem, owner: string | null): Line[] {
  const { what, place, until, due } = item;
  const where = place === undefined ? '' : ` (${sanitize(place.file)}:${place.line})`;
  const why = whyWords(item);
  const gives = givesWords(item);
  const others = alsoAskedWords(item, owner);
  const since = sinceWords(item);
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
    ...(gives === undefined ? [] : [{ text: `gives ${gives}`, indent: 6 }]),
    { text: said.join('; '), indent: 6 },
    { text: `held by ${holdersWords(item)}`, indent: 6 },
    ...(since === undefined ? [] : [{ text: since, indent: 6 }]),
    ...(others === undefined ? [] : [{ text: others, indent: 6 }]),
    ...(due.length > 0 ? [{ text: `due: ${dueWords(item)}`, indent: 6, tone: 'warn' as const }] : []),
  ];
}

import { nounCount } from '../../core/words.ts';
import type { Review, ReviewItem } from '../../core/review.ts';
import { holdersWords, ownerWords, whyWords } from '../view/review-words.ts';
import { listOf } from '../view/wording.ts';
import { cell, code, prose } from './inline.ts';
import { sanitize } from '../../core/sanitize.ts';

/** A page an owner, as Markdown: what is due first. */
export function renderReviewPages({ pages, source }: Review, now: Date): string {
  const day = now.toISOString().slice(0, 10);
  const taken = source.type === 'snapshot' ? source.takenAt : day;
  return pages
    .map(({ owner, items }) => {
      const due = items.filter((item) => item.due.length > 0).length;
      return [
        `## ${prose(ownerWords(owner))}: ${nounCount(items.length, ['entry', 'entries'])}, ${due} due`,
        `As of ${code(taken)}. Still needed: set ${code(`reviewed: ${day}`)} in the entry. Not needed: remove the entry.`,
        [
          '| Due | What it gives | Who has it now | Why | Last review | Ends | Where |',
          '|---|---|---|---|---|---|---|',
          ...items.map(row),
        ].join('\n'),
      ].join('\n\n');
    })
    .map((page) => `${page}\n`)
    .join('\n');
}

function row(item: ReviewItem): string {
  const { what, place, until, reviewed, due } = item;
  const cells = [
    due.length === 0 ? '' : `**${prose(listOf(due))}**`,
    prose(what),
    prose(holdersWords(item)),
    prose(whyWords(item) ?? ''),
    reviewed === undefined ? 'never' : code(sanitize(reviewed)),
    until === undefined ? '' : code(sanitize(until)),
    place === undefined ? '' : code(`${sanitize(place.file)}:${place.line}`),
  ];
  return `| ${cells.map((one) => cell(one)).join(' | ')} |`;
}

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
  sharedWords,
  sinceTexts,
  whyWords,
} from '../view/review-words.ts';
import { code, prose } from './inline.ts';
import { tableHead, tableRow } from './table.ts';
import { truncateSections, type Section } from './truncate.ts';
import { sanitize } from '../../core/sanitize.ts';

/**
 * A page an owner, as Markdown: what is due first.
 * @param limit of characters: of long pages the last entries are left out, and counted
 * @param setsDates what it is shown with sets the dates, so that no one is told to
 */
export function renderReviewPages(
  { pages, source, history }: Review,
  now: Date,
  { limit = Infinity, setsDates = false }: { limit?: number; setsDates?: boolean } = {},
): string {
  const day = now.toISOString().slice(0, 10);
  const isDated = 'source' in history;
  const heads = [
    'Due',
    'What it gives',
    'Who has it now',
    ...(isDated ? ['Since'] : []),
    'Why',
    'Last review',
    'Ends',
    'Where',
  ];
  const taken = source.type === 'snapshot' ? source.takenAt : day;
  const sections = pages.map(({ owner, items }, index): Section => {
    const remarks = [
      neverReviewedWords(new Set(items)),
      sharedWords(new Set(items)),
      // Once, on the first page.
      isDated && index === 0 ? historyWords(history) : undefined,
    ].flatMap((text) => (text === undefined ? [] : ` ${prose(text)}`));
    return {
      rowsAre: 'entries',
      open: [
        `## ${prose(ownerWords(owner))}: ${entriesWords(items)}`,
        `As of ${code(taken)}.${setsDates ? '' : ` Still needed: set ${code(`reviewed: ${day}`)} in the entry. Not needed: remove the entry.`}${remarks.join('')}`,
        tableHead(heads),
      ].join('\n\n'),
      rows: items.map((item) => ({ text: row(item, owner, isDated) })),
      close: '',
    };
  });
  const { texts, omissions } = truncateSections(sections, limit);
  const left = omissions.map(({ left: count, total }) => `${count} of ${total} entries are left out here.\n`);
  return [...texts.filter((text) => text !== ''), ...left].join('\n');
}

function row(item: ReviewItem, owner: string | null, isDated: boolean): string {
  const { what, place, until, reviewed, due } = item;
  const notes = [givesWords(item), alsoAskedWords(item, owner)].filter((text) => text !== undefined);
  const why = whyWords(item);
  return tableRow([
    due.length === 0 ? '' : `**${prose(dueWords(item))}**`,
    notes.length === 0 ? prose(what) : `${prose(what)}: ${notes.map((text) => prose(text)).join('; ')}`,
    prose(holdersWords(item)),
    ...(isDated ? [prose(sinceTexts(item).join('; '))] : []),
    why === undefined ? '' : prose(why),
    reviewed === undefined ? 'never' : code(sanitize(reviewed)),
    until === undefined ? '' : code(sanitize(until)),
    place === undefined ? '' : code(`${sanitize(place.file)}:${place.line}`),
  ]);
}

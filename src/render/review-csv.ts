import type { Review } from '../core/review.ts';
import { givesWords, sinceTexts } from './view/review-words.ts';
import { powerWords } from './view/power-words.ts';
import { csv } from './csv.ts';

const heads = [
  'owner',
  'what',
  'power',
  'gives',
  'also_asked',
  'due',
  'holders',
  'since',
  'reason',
  'ticket',
  'last_review',
  'ends',
  'line',
  'as_of',
  'reviewer',
  'decision',
  'decided_on',
];

/** What each owner is asked about as CSV: one row for each owner and entry. The last three columns are to be filled in. */
export function renderReviewCsv({ pages, source }: Review, now: Date): string {
  const asOf = source.type === 'snapshot' ? source.takenAt : now.toISOString();
  const rows = pages.flatMap(({ owner, items }) =>
    items.map((item) => {
      const { what, gives, owners, due, holders, reason = '', ticket = '', reviewed = '', until = '', place } = item;
      return [
        owner ?? '',
        what,
        gives[0] === undefined ? '' : powerWords[gives[0].power],
        givesWords(item, Infinity) ?? '',
        owners.filter((one) => one !== owner).join('; '),
        due.join('; '),
        holders.join('; '),
        sinceTexts(item, Infinity, Infinity).join('; '),
        reason,
        ticket,
        reviewed,
        until,
        place === undefined ? '' : `${place.file}:${place.line}`,
        asOf,
        '',
        '',
        '',
      ];
    }),
  );
  return csv([heads, ...rows]);
}

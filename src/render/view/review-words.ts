import type { Review, ReviewItem } from '../../core/review.ts';
import { sanitize } from '../../core/sanitize.ts';
import { nounCount } from '../../core/words.ts';
import { recordsWords, sourceWords } from './history-words.ts';
import { powerWords } from './power-words.ts';
import { listOf } from './wording.ts';

/** The people that one line names; more are counted. */
const names = 8;

/** The days that one line names, the newest first. */
const days = 4;

/** The people of one of them. */
const peopleOfDay = 3;

const notRecorded = 'not recorded';

/** The permission sets that one line names, the gravest first. */
const sets = 4;

export const ownerWords = (owner: string | null): string =>
  owner === null ? 'Without an owner' : `For ${sanitize(owner)}`;

export const holdersWords = ({ holders }: ReviewItem): string =>
  holders.length === 0 ? 'no one has it now' : listOf(holders.map(sanitize), names, 'more people');

/**
 * `2026-10-03: hanako`, `2026-01-05: taro`, `not recorded: yuki`; the day alone where it is that of all of them. Empty where no history
 * tells it.
 * @param limit of days, the newest first
 * @param most people of a day that are named
 */
export function sinceTexts({ since = [] }: ReviewItem, limit = days, most = peopleOfDay): string[] {
  const [one, ...others] = since;
  if (one === undefined) return [];
  if (others.length === 0) return [one.since ?? notRecorded];
  const textOf = (when: string, holders: readonly string[]): string =>
    `${when}: ${listOf(holders.map(sanitize), most, 'more people')}`;
  const dated = since.flatMap(({ since: day, holders }) => (day === null ? [] : [{ day, holders }]));
  const earlier = dated.slice(limit).flatMap(({ holders }) => holders);
  return [
    ...dated.slice(0, limit).map(({ day, holders }) => textOf(day, holders)),
    ...(earlier.length > 0 ? [textOf('earlier', earlier)] : []),
    ...since.flatMap(({ since: day, holders }) => (day === null ? [textOf(notRecorded, holders)] : [])),
  ];
}

/** The same as a part of a sentence: `since 2026-10-03: hanako; 2026-01-05: taro`; undefined where no history tells it. */
export function sinceWords(item: ReviewItem): string | undefined {
  const texts = sinceTexts(item);
  if (texts.length === 0) return undefined;
  return texts[0] === notRecorded ? 'since when is not recorded' : `since ${texts.join('; ')}`;
}

/** From where since when is known, as a sentence; or that it is not. */
export function historyWords(history: Review['history']): string {
  if ('unknown' in history) return `Since when people have it is not known. ${sanitize(history.unknown)}`;
  const { source, records, faults = 0 } = history;
  const wrong =
    faults === 0
      ? ''
      : ` ${nounCount(faults, ['thing is', 'things are'])} wrong with this history, so a day may be wrong: idc history --verify says what.`;
  return `Since when: by the history in ${sourceWords(source)}, ${recordsWords(records)}. "Not recorded" is what was given before, or outside idc.${wrong}`;
}

/** `Admin (administrator) in 22 accounts and Reader (read) in 40 accounts`; undefined where no one has anything by it in accounts. */
export function givesWords({ gives, holders }: ReviewItem, limit = sets): string | undefined {
  if (gives.length === 0) return holders.length === 0 ? undefined : 'nothing in accounts now';
  const texts = gives.map(
    ({ permissionSet, power, accounts }) =>
      `${sanitize(permissionSet)} (${powerWords[power]}) in ${nounCount(accounts, ['account', 'accounts'])}`,
  );
  return listOf(texts, limit, 'more permission sets');
}

/** Who else is asked, beside the owner of a page; undefined where no one is. */
export function alsoAskedWords({ owners }: ReviewItem, owner: string | null): string | undefined {
  const others = owners.filter((one) => one !== owner);
  return others.length === 0 ? undefined : `also asked: ${listOf(others.map(sanitize))}`;
}

const countOfDue = (items: Iterable<ReviewItem>): number => [...items].filter(({ due }) => due.length > 0).length;

/** `3 entries, 1 due`. */
export const entriesWords = (items: ReadonlySet<ReviewItem> | readonly ReviewItem[]): string => {
  const all = [...items];
  return `${nounCount(all.length, ['entry', 'entries'])}, ${countOfDue(all)} due`;
};

/** That nothing being due does not mean that all was reviewed; undefined where it does, or something is. */
export function neverReviewedWords(items: ReadonlySet<ReviewItem>): string | undefined {
  const never = [...items].filter(({ reviewed }) => reviewed === undefined).length;
  if (never === 0 || countOfDue(items) > 0) return undefined;
  return `${never} ${never === 1 ? 'was' : 'were'} never reviewed: an entry is due where a rule of the file asks for it (rules.maxReviewAge).`;
}

/** Of how many entries several owners are asked, since their pages then add up to more; undefined of none. */
export function sharedWords(items: ReadonlySet<ReviewItem>): string | undefined {
  const shared = [...items].filter(({ owners }) => owners.length > 1).length;
  return shared === 0 ? undefined : `${nounCount(shared, ['entry is', 'entries are'])} asked of several owners.`;
}

/** `never reviewed`: what is due, short, as beside the word "due". */
export const dueWords = ({ due }: ReviewItem): string => due.map((end) => end.replace(/^(was|has) /, '')).join('; ');

export const reviewedWords = ({ reviewed }: ReviewItem): string =>
  reviewed === undefined ? 'never reviewed' : `reviewed on ${sanitize(reviewed)}`;

/** `"On-call" (OPS-12)`; undefined where the file says neither. */
export function whyWords({ reason, ticket }: ReviewItem): string | undefined {
  const parts = [
    ...(reason === undefined ? [] : [`"${sanitize(reason)}"`]),
    ...(ticket === undefined ? [] : [sanitize(ticket)]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

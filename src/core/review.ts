import type { AccessSource } from './access-answer.ts';
import type { Power } from './access.ts';
import type { Place } from './errors.ts';
import type { History, HistorySource } from './history.ts';

/** An entry of the file, as its owner is asked about it. */
export interface ReviewItem {
  /** `Reader in production to taro`, by the names in the file. */
  what: string;
  /** Where it stands. */
  place?: Place;
  reason?: string;
  ticket?: string;
  /** The day of the last review: `2026-11-30`. */
  reviewed?: string;
  /** When it ends. */
  until?: string;
  /** User names of those who have it now, through groups too, sorted. */
  holders: string[];
  /** The same people by since when they hold what it gives in accounts; absent where no history was read, and of applications. */
  since?: HeldSince[];
  /** What it lets them do in accounts now, of a membership what the group holds; the gravest first. Empty of applications. */
  gives: GivenPower[];
  /** Everyone who is asked about it, sorted; empty where nobody is named. */
  owners: string[];
  /** What the rules of the file ask for and it lacks, as ends of sentences; empty where nothing is due. */
  due: string[];
}

/** People who hold something since the same day. */
export interface HeldSince {
  /**
   * The UTC day on which the first of what they hold now was given, such as `2026-10-03`; null where no record gives some of it: it was
   * given before the first record, or outside idc.
   */
  since: string | null;
  /** User names. */
  holders: string[];
}

/** A permission set, what it lets its holder do, and in how many accounts that is so. */
export interface GivenPower {
  permissionSet: string;
  power: Power;
  accounts: number;
}

/** Of the JSON of a review; rises with every change that a reader of the old one would get wrong. */
export const REVIEW_FORMAT_VERSION = 1;

export interface Review {
  formatVersion: number;
  source: AccessSource;
  /** Where since when was read, and the records of this instance; or why it is not known, as a sentence. */
  history: ReviewHistory | { unknown: string };
  pages: ReviewPage[];
}

export interface ReviewHistory extends Pick<History, 'records'> {
  source: HistorySource;
  /** How many things are wrong with the records, so that a day may be wrong; absent where nothing is. */
  faults?: number;
}

export interface ReviewPage {
  /** As the file says it; null for what nobody is named for. */
  owner: string | null;
  items: ReviewItem[];
}

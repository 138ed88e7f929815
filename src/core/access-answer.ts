import type { NamedEntitlement } from './account-access.ts';
import type { AccessImpact, HeldImpact, Power } from './access.ts';
import type { Address } from './address.ts';
import type { Place } from './errors.ts';

/** Of the JSON of an answer; rises with every change that a reader of the old one would get wrong. */
export const ANSWER_FORMAT_VERSION = 2;

/** What an answer was made from. */
export type AccessSource =
  | { type: 'live' }
  /** ISO 8601, in UTC. */
  | { type: 'snapshot'; takenAt: string }
  | { type: 'file'; file: string };

/** An assignment or a membership, and what the file has to do with it. */
export interface AccessOrigin {
  address: Address;
  /**
   * `declared`: the file asks for it, at `places`. `expired`: it did so there until it expired. `undeclared`: it does not ask
   * for it, so that the next apply ends it. `unmanaged`: it leaves it alone, by `ignore` or for want of the section.
   * Absent where there is no file.
   */
  status?: 'declared' | 'expired' | 'undeclared' | 'unmanaged';
  /** When all that asks for it in the file ends, or the last of it expired. A calendar date, or a time with its zone. */
  until?: string;
  places: Place[];
}

/** One way in which somebody holds something. */
export interface AccessWay {
  /** The group; absent for a direct assignment. */
  via?: string;
  assignment: AccessOrigin;
  /** Of the person in the group. */
  membership?: AccessOrigin;
}

/** What one person holds: one permission set in one account. */
export interface HeldAccess {
  user: string;
  /** Cannot sign in, and may be enabled at any time. */
  isDisabled: boolean;
  /** 12-digit id. */
  account: string;
  permissionSet: string;
  /** What the permission set lets them do in the account, as far as its policies are known. */
  power: Power;
  ways: AccessWay[];
}

/** What is asked about; of what is absent, everything. */
export interface AccessQuestion {
  /** Keys of users. */
  users?: string[];
  groups?: string[];
  permissionSets?: string[];
  /** 12-digit ids. */
  accounts?: string[];
  /** Only permission sets that make their holders administrators. */
  administrators?: true;
}

interface Answer {
  formatVersion: number;
  question: AccessQuestion;
  source: AccessSource;
  /** Names by 12-digit id, of the accounts that the answer speaks of. */
  accounts: Record<string, string>;
}

/** Who holds what. */
export interface AccessAnswer extends Answer {
  holdings: HeldAccess[];
  /**
   * Roles that account access manager gives beside permission sets; what they allow is not known. Absent where the answer is about
   * permission sets alone, or from a file.
   */
  accountAccess?: { entitlements: NamedEntitlement[] } | { unknown: string };
}

/** What is other in another snapshot or now, or would be without some groups. */
export interface AccessComparison extends Answer, HeldImpact, Pick<AccessImpact, 'changedHands'> {
  comparedWith?: AccessSource;
  withoutGroups?: string[];
  /** Of the people in it, those who cannot sign in. */
  disabledUsers: string[];
}

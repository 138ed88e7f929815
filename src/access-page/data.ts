import type { AccessSource } from '../core/access-answer.ts';
import type { DifferenceSource } from '../core/state-difference.ts';

// The data of the access page: each person, account, group and list of accounts once, and all else by index. A page of
// 3,000 people and 300 accounts would have 900,000 cells; this has as many rows as the file has grants. A page of a difference
// has what is on either side, each thing once: what is on one side alone says on which, and what is on both what it was.

/** What the file has to do with a grant or a membership. Absent: it declares it, or there is no file. */
export type PageStatus = 'expired' | 'undeclared' | 'unmanaged';

/** A side of a difference. */
export type PageSide = 'before' | 'after';

export interface PageOrigin {
  status?: PageStatus;
  /** When it ends by the file, or ended. A calendar date, or a time with its zone. */
  until?: string;
  /** Of a difference, where it is on one side alone. */
  side?: PageSide;
  /** Of a difference, where it is on both: the end that it had, if it was another; empty where it had none. */
  wasUntil?: string;
}

/** A line of a file: the line number times the number of files, plus the index of the file. */
export type PagePlace = number;

export interface PageAccount {
  /** 12-digit id. */
  id: string;
  name: string;
  /** An index of `units`; absent where it is not known. */
  unit?: number;
  /** Indexes of `tags`. */
  tags?: number[];
  /** What the file declares as production. */
  production?: 1;
  /** Of Organizations, where it is not ACTIVE. */
  state?: string;
  /** Accounts in which everyone holds the same have the same number, from 0. */
  class: number;
}

export interface PagePerson {
  /** The user name. */
  name: string;
  /** Where it differs from the user name. */
  display?: string;
  /** Can't sign in, and may be enabled at any time. */
  disabled?: 1;
  /** Of a difference, where the user is there on one side alone. */
  side?: PageSide;
  /** People who are in the same groups and hold the same directly have the same number, from 0. */
  class: number;
}

/** People who are in a group in the same way. */
export interface PageMembers extends PageOrigin {
  /** Indexes of `people`. */
  people: number[];
  /** The lines of each of them; absent where there are none. */
  places?: PagePlace[][];
  /** What the lines of each of them say of why, as indexes of `justifications`; -1 for nothing. Absent where none says any. */
  why?: number[];
}

export interface PageGroup {
  name: string;
  members: PageMembers[];
}

export interface PageSet {
  name: string;
  /** What it allows, in one line. */
  allows: string;
  /** Of a difference, where it is edited or replaces another: what it was. */
  was?: {
    /** Where it had another. */
    name?: string;
    allows: string;
    /** Sessions last longer, or less long, and it allows the same. */
    session?: 1;
    /** What the edit means, in short: `gains 177 actions`. */
    edit: string;
    /** The same at length, the gravest first. */
    details: string[];
  };
}

export interface PageGrant extends PageOrigin {
  /** An index of `sets`. */
  set: number;
  /** An index of `powers` of core/access.ts. */
  power: number;
  /** Of a difference, where it is on both sides and its set is edited: the power that it had, if that was another. */
  wasPower?: number;
  /** Its holders administer the accounts under a condition; and whether they did, where that differs. */
  conditional?: 1;
  wasConditional?: 0 | 1;
  /** Where actions are asked about: how far it allows one, an index of `reaches`; absent for not at all. */
  allows?: number;
  /** How far it did, where that differs; -1 for not at all. */
  wasAllows?: number;
  places: PagePlace[];
  /** What its lines say of why: an index of `justifications`. */
  why?: number;
  /** An index of `lists`. */
  accounts: number;
  /** Indexes of `groups`, and of `people` to whom it is assigned directly. */
  groups: number[];
  users: number[];
  /** Of the one group, the members whom the page is about; absent where that is all. */
  members?: number[];
}

/** An IAM role that account access manager gives beside permission sets; what it allows is not known. */
export interface PageRole {
  /** An ARN. */
  role: string;
  /** An index of `accounts`. */
  account: number;
  /** The name of the group that has it; absent where a person has it. */
  group?: string;
  /** Indexes of `people`. */
  people: number[];
}

/** Where the people are counted who can write. */
export type WritingPlace = { type: 'production' } | { type: 'unit'; unit: number } | { type: 'anywhere' };

/** The six facts. People are counted where they can sign in. */
export interface PageFacts {
  administrators: number;
  /** Who administers no account, and administers one under a condition. */
  conditional: number;
  /** Who does neither and can raise their rights in an account. */
  raisers: number;
  /** Of the management account; absent where that is not known. */
  management?: { administrators: number; conditional: number; raisers: number };
  writing: {
    in: WritingPlace;
    accounts: number;
    people: number;
    /** Who may, by policies of unknown content alone. */
    maybe: number;
  };
  /** Grants to people directly, without a group. */
  direct: number;
  /** Who holds something by a grant or a membership that ends within 30 days, or that has expired and is live; also who is disabled. */
  ending: number;
}

/** Six facts of a difference. Each counts what a filter shows. */
export interface DifferenceFacts {
  /** Who holds a permission set in an account where they did not, and who no longer holds one. */
  gain: { people: number; accounts: number };
  /** `last`: of them, who holds nothing anywhere afterwards. */
  lose: { people: number; accounts: number; last: number };
  /**
   * Who administers an account that they did not, as indexes of `people`, and who of them administered none before; how many no
   * longer administer one, and how many of them none any more; how many others newly administer one under a condition. They can
   * sign in.
   */
  administrators: { added: number[]; first: number[]; gone: number; last: number; conditional: number };
  /** Permission sets that are edited, and how many people hold them before and after. */
  edited: {
    sets: number;
    /** Of them, those of which the length of sessions alone is. */
    sessions: number;
    people: number;
  };
  /** Who changes in production. */
  touched: { in: WritingPlace; accounts: number; people: number };
  /** Grants and memberships that end at another time; absent where not both sides say when something ends. */
  moved?: number;
  /** Grants to people directly, without a group, that are new. */
  direct: number;
}

/** What a page is about. */
export type PageAbout =
  | {
      type: 'state';
      source: AccessSource;
      /** How many assignments are live, or asked for. */
      assignments: number;
      facts: PageFacts;
    }
  | { type: 'difference'; before: DifferenceSource; after: DifferenceSource; facts: DifferenceFacts };

export interface PageData {
  about: PageAbout;
  /** ISO 8601, in UTC. */
  madeAt: string;
  /** ARN of the instance, and its Region; absent where only the file was read. */
  instance?: string;
  region?: string;
  /** Of all the rest: two pages with one digest show the same. */
  digest: string;
  /** What ends before this time ends soon. ISO 8601, in UTC. */
  soon: string;
  files: string[];
  /** What entries say of why, each text once: `On-call (OPS-12), reviewed 2026-11-30`. */
  justifications: string[];
  /** What the page is about, where that is not everything: `user ann; action s3:DeleteBucket`. */
  asked?: string;
  /** The actions that are asked about, sorted. */
  actions?: string[];
  /** What was not looked at, and what is not known: a sentence each. */
  notes: string[];
  /** An index of `accounts`; absent where it is not known. */
  management?: number;
  /** Paths of organizational units, sorted; empty for the root itself. */
  units: string[];
  /** `env=prod` */
  tags: string[];
  /** By unit, then by name. */
  accounts: PageAccount[];
  people: PagePerson[];
  groups: PageGroup[];
  sets: PageSet[];
  /** Lists of accounts, as indexes. */
  lists: number[][];
  grants: PageGrant[];
  /** In no fact and no cell. */
  roles: PageRole[];
}

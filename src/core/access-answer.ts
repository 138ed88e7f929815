import type { NamedEntitlement } from './account-access.ts';
import type { AccessImpact, HeldImpact, Power, PowerCause } from './access.ts';
import type { Place } from './errors.ts';

/** Of the JSON of an answer; rises with every change that a reader of the old one would get wrong. */
export const ANSWER_FORMAT_VERSION = 3;

/** What an answer was made from. */
export type AccessSource =
  | { type: 'live' }
  /** ISO 8601, in UTC. */
  | { type: 'snapshot'; takenAt: string }
  | { type: 'file'; file: string };

/** A line of the file that asks for something, and what its entry says of why. */
export interface AccessPlace extends Place {
  reason?: string;
  ticket?: string;
  /** The day on which an owner last said that it is still needed: `2026-11-30`. */
  reviewed?: string;
}

/** What the file has to do with an assignment or a membership. */
export interface AccessOrigin {
  /**
   * `declared`: the file asks for it, at `places`. `expired`: it did so there until it expired. `undeclared`: it does not ask
   * for it, so that the next apply ends it. `unmanaged`: it leaves it alone, by `ignore` or for want of the section.
   * Absent where there is no file.
   */
  status?: 'declared' | 'expired' | 'undeclared' | 'unmanaged';
  /** When all that asks for it in the file ends, or the last of it expired. A calendar date, or a time with its zone. */
  until?: string;
  places: AccessPlace[];
}

/**
 * How far a permission set allows an action: `certain` is at every resource without a condition, `in-part` at some or under
 * one, `unknown` where a policy of unknown content may allow or deny it.
 */
export type Allows = 'certain' | 'in-part' | 'unknown';

/**
 * The same of all that leads to it, the surest first; `by-raising`: its holders can raise their own rights to any action. Under a
 * condition alone that is `in-part`, and `unknown` by a policy of unknown content.
 */
export const reaches = ['certain', 'by-raising', 'in-part', 'unknown'] as const;

export type Reaches = (typeof reaches)[number];

/** Assignments of one permission set that are the same for all of these accounts, groups and users. */
export interface AccessGrant extends AccessOrigin {
  permissionSet: string;
  /** What it lets its holders do in these accounts, as far as its policies are known. */
  power: Power;
  /** Why it has that power; absent where there is nothing to say. */
  cause?: PowerCause;
  /** Where actions were asked about: how far it allows one of them, or leads to it. */
  allows?: Reaches;
  /** 12-digit ids, sorted. */
  accounts: string[];
  /** Names, sorted. */
  groups: string[];
  /** User names, sorted: those to whom it is assigned directly. */
  users: string[];
  /** Of the one group, the members whom the answer is about; absent where it is about all that `groups` has. */
  members?: string[];
}

/** People who are in a group in the same way. */
export interface AccessMembers extends AccessOrigin {
  /** User names, sorted. */
  users: string[];
}

export interface AccessGroup {
  name: string;
  /** Absent where only the file was read. */
  id?: string;
  /** Those whom the answer is about. */
  members: AccessMembers[];
}

export interface AccessUser {
  /** The user name. */
  name: string;
  id?: string;
  displayName: string;
  email?: string;
  /** Cannot sign in, and may be enabled at any time. */
  isDisabled?: true;
}

export interface AccessSet {
  name: string;
  /** ARN. */
  id?: string;
  description?: string;
  /** What in it raises its holder's rights in a member account: actions; `*` for everything, `!` before what it excepts. */
  raises: string[];
  /** How many actions it allows at every resource without a condition, and how many in part. */
  actions: { everywhere: number; inPart: number };
  /** Its policies, and its boundary, of unknown content. */
  unknown: string[];
}

/** User names, sorted, of people who can sign in. A question about administrators counts the last two beside what it asks for. */
export interface Strongest {
  /** Who administers an account. */
  administrators: string[];
  /** Who administers none, and can raise their rights in one. */
  raisers: string[];
  /** Who administers none for certain, and one under a condition. */
  conditional: string[];
  /** Who administers none otherwise, and may administer one by a policy of unknown content. */
  perhaps: string[];
}

/** People are counted where they can sign in. */
export interface AccessSummary extends Strongest {
  /** Who holds anything: also those who are disabled. */
  people: number;
  /** In which anyone holds anything. */
  accounts: number;
  permissionSets: number;
  assignments: number;
  /** The same of the management account alone; absent where it is not known. */
  management?: Strongest;
  /** Of the accounts that the file declares as production, and that can be told. */
  production?: {
    accounts: number;
    /** Who can write, raise rights or administer there; and who may, by policies of unknown content alone. */
    writers: string[];
    mayWrite: string[];
  };
  /** Why the accounts of production, which the file declares, are not known. */
  productionUnknown?: string;
  /** Grants to people directly, without a group. */
  direct: number;
  /** Grants, and memberships through which somebody holds something, that end within 30 days. */
  ending: { grants: number; memberships: number };
  /** The same that have expired and are live. */
  expired: { grants: number; memberships: number };
  /** Grants that the file does not ask for: that the next apply ends, and that it leaves alone. */
  undeclared: number;
  unmanaged: number;
  /** Who holds something and can't sign in. */
  disabled: string[];
  /** Policies of unknown content, and the permission sets that have them. */
  unknown: { policy: string; permissionSets: string[] }[];
}

/** What accounts were asked for by: they fit all of it. */
export interface AccountsBy {
  /** Names, ids, and patterns in which `*` stands for any text: they fit one of them. */
  names?: string[];
  /** They are in one of them. */
  organizationalUnits?: string[];
  accountTags?: Record<string, string>;
  /** What the file declares. */
  production?: true;
}

/** What is asked about; of what is absent, everything. */
export interface AccessQuestion {
  /** Keys of users. */
  users?: string[];
  groups?: string[];
  permissionSets?: string[];
  /** 12-digit ids. */
  accounts?: string[];
  /** How these were asked for. */
  accountsBy?: AccountsBy;
  /** Only permission sets that make their holders administrators. */
  administrators?: true;
  /** Only permission sets that allow one of these actions, if in part or perhaps, or let their holders raise their own rights. */
  actions?: string[];
  /** Only what ends before this time, or has ended. ISO 8601, in UTC. */
  endsBefore?: string;
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
  /** When it was made. ISO 8601, in UTC. */
  madeAt: string;
  /** ARN; absent where only the file was read. */
  instanceArn?: string;
  /** 12-digit id; absent where it is not known. */
  managementAccount?: string;
  /** Of the accounts, those that the file declares as production; absent where it declares none, or they can't be told. */
  production?: string[];
  /** The file includes others, so that a line's number alone says too little. */
  inSeveralFiles?: true;
  summary: AccessSummary;
  /** Everyone who holds something, sorted by name. */
  users: AccessUser[];
  /** All that grants name, sorted by name; likewise the permission sets. */
  groups: AccessGroup[];
  permissionSets: AccessSet[];
  /** The gravest first, then by permission set, the widest first. */
  grants: AccessGrant[];
  /**
   * Roles that account access manager gives beside permission sets; what they allow is not known. Absent where the answer is about
   * permission sets alone, or from a file.
   */
  accountAccess?: { entitlements: NamedEntitlement[] } | { unknown: string };
}

/** What two sides tell of what people gain and lose, beside that. */
export interface HeldDetails {
  /** Of the people in it, those who cannot sign in. */
  disabledUsers: string[];
  /**
   * Of the new administrators, those who administered no account before; of the former ones, those who administer none any
   * more. Absent where a plan alone was asked.
   */
  firstAdministrators?: string[];
  lastAdministrators?: string[];
  /** User names of people who are gone, and held no permission set; absent where a plan alone was asked. */
  leftWithoutAccess?: string[];
  /** Why permission sets that are gained or lost have their power, where that is neither everything nor plain: sorted by name. */
  causes: ChangedPower[];
  /** Of the edited permission sets, those by which people newly can raise their own rights, or no longer can. */
  raises: ChangedRaise[];
}

/** Of an edited permission set, what raises the rights of its holders where nothing in it did before, or did and no longer does. */
export interface ChangedRaise {
  permissionSet: string;
  side: 'gained' | 'lost';
  /** Actions, some with where they apply; the gravest first. */
  by: string[];
}

/** Of what is gained as it is after, of what is lost as it was before. */
export interface ChangedPower extends PowerCause {
  permissionSet: string;
  side: 'gained' | 'lost';
}

/** What is other in another snapshot or now, or would be without some groups. */
export interface AccessComparison extends Answer, HeldImpact, HeldDetails, Pick<AccessImpact, 'changedHands'> {
  comparedWith?: AccessSource;
  withoutGroups?: string[];
}

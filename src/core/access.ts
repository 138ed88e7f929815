import type { Address } from './address.ts';
import type { PolicyData, PolicyDifference } from './policy-difference.ts';
import type { FieldChange } from './plan.ts';
import type { Reach } from './reach.ts';

/** What a plan does to a membership or an assignment. */
export type ElementStatus = 'kept' | 'created' | 'deleted';

/** One way in which people hold a permission set: an assignment, and for a group the membership that leads to it. */
export interface AccessPath {
  /** The group; absent for direct assignments. */
  via?: string;
  /** The permission set that is assigned in fact, where that is one which another replaces. */
  assigned?: string;
  assignment: ElementStatus;
  membership?: ElementStatus;
}

/** What a permission set lets people do in an account, the gravest first; `raise`: they can raise their own rights. */
export const powers = ['administrator', 'raise', 'unknown', 'write', 'read'] as const;

export type Power = (typeof powers)[number];

/** Why a permission set has its power in some accounts. */
export interface PowerCause {
  /**
   * What in it makes its holders administrators, or raises their own rights, without a condition: actions, some with where they apply; `*` for
   * everything, `!` before what it excepts. Absent where nothing does.
   */
  by?: string[];
  /** Under a condition it also makes them administrators: the keys of the conditions, as far as they are known. */
  conditions?: string[];
  /** The policies, and the boundary, of unknown content; absent where there are none. */
  unknown?: string[];
  /** Not one action, whatever its policies of unknown content have. */
  allowsNothing?: true;
}

/** People who come to hold, or cease to hold, a permission set in accounts, all in the same ways. */
export interface AccessChange extends Reach {
  permissionSet: string;
  /** On the side where they hold it. */
  power: Power;
  /** Every way on the side where they hold it. */
  ways: AccessPath[];
  /** When all of these ways end; of what is lost, when they ended. Absent where one of them has no end. */
  until?: string;
}

/** How effective access to accounts differs between two sides, through groups too. */
export interface HeldImpact {
  /** The lists of people that the rest refers to by index: user names, sorted, each list once. */
  people: readonly (readonly string[])[];
  gained: AccessChange[];
  lost: AccessChange[];
  /** Users who hold something before the plan and nothing anywhere after it. */
  lastAccess: string[];
  /** People who are enabled administrators of accounts after the plan, and were not before. */
  newAdministrators: NewAdministrators[];
  /** People who are enabled administrators of accounts before the plan, and are not after it. */
  lostAdministrators: Reach[];
  /** Permission sets that people hold before and after the plan, and that it edits or replaces. */
  edited: EditedSet[];
  /** Permission sets that people hold before and after the plan, and that ask for attributes that differ for them. */
  attributes: AttributeChange[];
  /** On what the differences of edited sets and the risks rest; absent where there are none. */
  policyData?: PolicyData;
}

/** What a plan does to effective access, through groups too. */
export interface AccessImpact extends HeldImpact {
  /** What is in each permission set that the plan newly gives, by an assignment or by a membership; sorted by name. */
  given: GivenSet[];
  /** Users who hold access after the plan and may be other people then. */
  changedHands: ChangedHands[];
  /** Who gains and who loses the use of an application, through groups too, as far as those are known. */
  applications: { gained: ApplicationChange[]; lost: ApplicationChange[] };
}

/** A user who gets another e-mail address, or another user name together with other names, and what they hold. */
export interface ChangedHands {
  /** The user name after the plan. */
  user: string;
  /** Of the e-mail address, the user name and the names. */
  changes: FieldChange[];
  /** By permission set, sorted by name. */
  holds: ChangedHold[];
  /** Applications by name, as far as they are known. */
  applications: string[];
}

export interface ChangedHold {
  permissionSet: string;
  /** 12-digit ids, sorted. */
  accounts: string[];
  /** Its holders administer the accounts, if only under a condition. */
  isAdministrator?: true;
}

/** A permission set that is given to somebody or to a group, and a hash of what its roles allow after the plan. */
export interface GivenSet {
  permissionSet: string;
  content: string;
}

export interface ApplicationChange {
  /** An index of the lists of people. */
  people: number;
  /** An ARN. */
  application: string;
  name: string;
}

export interface NewAdministrators extends Reach {
  /** The actions that make them administrators; `*` for everything, `!` before what it excepts. */
  by: string[];
}

/** A permission set whose policies ask for attributes of its holders (aws:PrincipalTag) that differ after the plan. */
export interface AttributeChange {
  permissionSet: string;
  /** As in the attributes for access control. */
  keys: string[];
  holders: Reach[];
}

/** A permission set that is edited or replaced, what that means, and who holds it where. */
export interface EditedSet extends SetEdit {
  /** The name of the permission set after the plan. */
  permissionSet: string;
  holders: Reach[];
}

/** What an edit does to a permission set. */
export interface SetEdit {
  policies: PolicyDifference;
  /** ISO 8601 durations, where they differ. */
  sessionDuration?: { before: string; after: string };
  /** In how many accounts its role is out of date and is provisioned again: what that allows until then is not known. */
  outdatedRoles?: number;
  /** The set that it replaces, and how many assignments move from that. */
  replaces?: { permissionSet: string; assignments: number };
}

/** Where a plan gives people more power over an account than they had. Words are made where it is shown. */
export interface AccessRisk {
  /**
   * `powerful-grant`: the permission set is newly granted; `powerful-edit`: its holders gain by a change of the set;
   * `powerful-adoption`: it is live already, and newly in the file.
   */
  code: 'powerful-grant' | 'powerful-edit' | 'powerful-adoption';
  /** The name of the permission set after the plan. */
  permissionSet: string;
  /** What in it administers an account or can raise its holder's own rights: all of it, or of an edit what is new. */
  powers: string[];
  /** All accounts that it is about, sorted; also where it is granted to a group without members. */
  accounts: string[];
  /** Of a new grant, the groups that it is made to, sorted: who joins one of them gets it. Absent where there is none. */
  groups?: string[];
  /** Who gains it where. */
  reach: Reach[];
}

/** A permission set, and the accounts where somebody holds it. */
export interface InheritedGrant {
  permissionSet: string;
  /** 12-digit ids. */
  accounts: readonly string[];
}

/** What an assignment gives. Where no set is replaced it is the assignment's own spec: there can be a million. */
export interface Grant {
  /** The name after the plan where the set is being replaced under a new name. */
  permissionSet: string;
  /** The name of the set that is assigned in fact, on whichever side, where it is another: what is in that is what is held. */
  content?: string;
  account: string;
}

/** The name of the set that is assigned in fact. */
export const assignedSet = ({ permissionSet, content = permissionSet }: Grant): string => content;

/** A membership or an assignment in the union of both sides, and what the plan does to it. */
export interface AccessElement {
  address: Address;
  /** The step that makes or ends it: its own, or that of its principal's deletion. */
  step: Address;
  status: ElementStatus;
  user?: string | undefined;
  group?: string | undefined;
  /** Absent for a membership. */
  grant?: Grant | undefined;
}

/** All that decides who reaches what, before and after a plan. */
export interface AccessFacts {
  elements: AccessElement[];
  /** Keys of users who can't sign in. */
  disabledUsers: Set<string>;
  /** Keys of users whom the plan makes without an e-mail address: no one-time password reaches them, so they can't sign in. */
  newWithoutEmail: Set<string>;
  /** Keys of users who have none otherwise, and whom no identity provider put there: they may have a password. */
  liveWithoutEmail: Set<string>;
  /** Those of them who have one until this plan. */
  losingEmail: Set<string>;
  /** Permission sets whose roles allow something else after the plan, by their names then. */
  editedSets: Set<string>;
  /** A hash of what the roles of a permission set allow after the plan; by `content`. */
  contentOf(set: string): string;
  /** Old name to new, of permission sets that are made anew: under the old one the content is another. */
  renewedSets: Map<string, string>;
  /** The display name of a user key. */
  userNames: Map<string, string>;
}

/** Permission sets before and after a plan; by `content`. */
export interface SetsOfSides {
  before: ReadonlySet<string>;
  after: ReadonlySet<string>;
}

/**
 * What an account is to its organization, which decides what can be done from it; a delegated administrator is one of
 * Identity Center.
 */
export const allPlaces = ['management', 'delegated', 'member'] as const;

export type Place = (typeof allPlaces)[number];

/** Whether the holders of a permission set administer an account, and what keeps that from being certain. */
export interface Administering {
  /** `conditional` is under a condition; `unknown` rests on policies of unknown content. */
  value: 'yes' | 'conditional' | 'unknown' | 'no';
  /** The same as far as the policies are known. */
  known: 'yes' | 'conditional' | 'no';
  /** The keys of the conditions as they are written, where it is `conditional`. */
  conditions: readonly string[];
  /** The policies, and the boundary, of unknown content. */
  unknown: readonly string[];
}

/** How much less a permission set allows than another. */
export interface Narrowing {
  /** Actions that are allowed no more. */
  lost: number;
  /** Actions that are allowed with limits only, or with other limits. */
  limited: number;
  /** Policies and boundaries of unknown content that come to it. */
  unknown: readonly string[];
  /** Policies of unknown content that go. */
  unknownGone: readonly string[];
}

/**
 * How far a permission set leads to any action at all, by raising its holder's own rights: `in-part` under a condition alone,
 * `unknown` by a policy of unknown content.
 */
export type ByRaising = 'by-raising' | 'in-part' | 'unknown';

/** The facts, and what the policies of permission sets allow. */
export interface JudgedFacts extends AccessFacts {
  /** Sets whose holders administer an account, as far as their policies are known. */
  administratorSets: SetsOfSides;
  /** Sets whose holders administer an account at least under a condition, as far as their policies are known. */
  possibleAdministratorSets: SetsOfSides;
  /** By `content`; of a set that is not there, `no`. */
  administering(side: 'before' | 'after', set: string): Administering;
  /** Not one action, whatever its policies of unknown content have; by `content`. */
  allowsNothing(side: 'before' | 'after', set: string): boolean;
  /** Permission sets that the plan leaves without anything that they allow. */
  emptiedSets: ReadonlySet<string>;
  /** How much less a set allows after the plan than one does before it; by `content`. */
  narrowing(before: string, after: string): Narrowing;
  /**
   * What in a permission set makes its holder an administrator of an account, or can raise their own rights from a place,
   * the gravest first: actions, some with where they apply; `*` for everything, `!` before what it excepts. By `content`.
   */
  powersOf(side: 'before' | 'after', set: string, place: Place): readonly string[];
  /** The same without what makes an administrator under a condition alone. */
  certainPowersOf(side: 'before' | 'after', set: string, place: Place): readonly string[];
  /** Undefined where it does not. By `content`. */
  reachByRaising(side: 'before' | 'after', set: string, place: Place): ByRaising | undefined;
  placeOf(account: string): Place;
  /** By `content`. */
  powerOf(side: 'before' | 'after', set: string, place: Place): Power;
  /**
   * What the plan makes of a permission set for who held one of the name `old` before it: the same set, or one that it
   * replaces. Undefined where it is not touched, or not there after the plan.
   */
  editOf(set: string, old: string): SetEdit | undefined;
  policyData: PolicyData;
  /** The keys of aws:PrincipalTag that a permission set asks for after the plan, in small letters; by `content`. */
  tagsAskedBy(set: string): readonly string[];
  /** The keys of session tags that differ after the plan: for everyone, and by key of a user. */
  changedTags: { everyone: readonly string[]; ofUser: ReadonlyMap<string, readonly string[]> };
}

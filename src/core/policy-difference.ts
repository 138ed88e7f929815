/** What an action does to an account, in the four classes that a reviewer tells apart. */
export const actionClasses = ['manageAccess', 'readData', 'write', 'read'] as const;

export type ActionClass = (typeof actionClasses)[number];

/**
 * How actions move, in the order in which a reviewer wants to read it. `undenied` and `denied` are of actions that no known
 * policy allows, on either side: what denied them no longer does, or newly does.
 */
export const moveKinds = ['gains', 'losesLimits', 'otherLimits', 'undenied', 'getsLimits', 'loses', 'denied'] as const;

/** What must hold for a statement to apply: every item. */
export interface Condition {
  /** In small letters: `stringlike`, `foranyvalue:stringequals`. */
  operator: string;
  /** In small letters: `aws:sourceip`. */
  key: string;
  /** Both as they are written: `StringLike`, `aws:SourceIp`. */
  written: { operator: string; key: string };
  /** Any of them, sorted. */
  values: readonly string[];
}

/** One limit on an action: where, or when, a statement allows or denies it. */
export interface Limit {
  allow: boolean;
  /** Of the permissions boundary. */
  boundary: boolean;
  /** An ARN pattern; undefined for every resource. */
  resource?: string;
  /** Every resource but these. */
  except?: readonly string[];
  conditions: readonly Condition[];
}

/** How the limits on actions differ between two sets, beyond the verdicts. */
export interface LimitChange {
  gone: Limit[];
  come: Limit[];
  /** Whether more or fewer requests are allowed, where that can be told. */
  direction: 'wider' | 'narrower' | 'other';
}

export interface Move {
  kind: (typeof moveKinds)[number];
  count: number;
  classes: Partial<Record<ActionClass, number>>;
  /** Those that bring the gravest first. */
  services: { service: string; count: number }[];
  /** The actions to name; all of them where there are few. */
  named: string[];
  /** Of what is gained or lost, how many are, or were, allowed in part. */
  inPart: number;
  /**
   * Where `*` or NotAction decides, so that the count grows when AWS adds actions: the patterns that the side with
   * everything excepts, and how many actions the other side allows.
   */
  everythingBut?: { patterns: string[]; actions: number };
  /** Of other limits. */
  limits?: LimitChange;
}

/** A service that any role can be passed to, by its principal, and the actions that then make the role work. */
export interface Passing {
  service: string;
  by: string[];
}

/** Whether a set's holder administers an account as far as its policies are known; `conditional` is under a condition. */
export type KnownAdministers = 'yes' | 'conditional' | 'no';

/** How what a set allows differs from before, as far as its policies are known. */
export interface PolicyDifference {
  moves: Move[];
  administrator: {
    before: KnownAdministers;
    after: KnownAdministers;
    /** The actions that make its holder one after it, `*` for everything, `!` before what it excepts; none where that is `no`. */
    by: string[];
  };
  /** Services that any role can newly be passed to and do there what the passer wants. */
  passesAnyRoleTo: Passing[];
  /** Whether any role can newly be assumed. */
  assumesAnyRole: boolean;
  /** Policies of unknown content. */
  unknownJoins: string[];
  unknownLeaves: string[];
  /** Where they differ: the boundary of unknown content on either side, null for none or one that is known. */
  unknownBoundary?: { before: string | null; after: string | null };
}

/** What of what a plan says of policies rests on data. */
export interface PolicyData {
  /** The days of the data about actions and about AWS's managed policies, in UTC. */
  actions: string;
  managedPolicies: string;
  /** The partition of the instance where it is another than that of the data, which is `aws`. */
  otherPartition?: string;
}

import type { AccessChange, AccessImpact, AccessRisk, ApplicationChange, CarriedGrant, HeldImpact } from './access.ts';
import type { Address } from './address.ts';
import type { Place } from './errors.ts';
import { digestOfJson } from './digest.ts';

/** Of the plan's JSON and its digest; rises with every change that a reader of the old one would get wrong. */
export const FORMAT_VERSION = 2;

export type Action = 'create' | 'update' | 'delete';

/** One difference inside a thing, ready to be shown: ids are already names. */
export type FieldChange =
  | { field: string; type: 'value'; before: string | null; after: string | null }
  | { field: string; type: 'set'; added: string[]; removed: string[] }
  | { field: string; type: 'document'; before: string | null; after: string | null };

/** One thing to create, update or delete. */
export interface Step {
  /** The address of the thing; a plan has at most one step for each. */
  id: Address;
  action: Action;
  kind: string;
  key: string;
  label: string;
  changes: FieldChange[];
  /** Steps that must have succeeded before this one starts; where one fails, this one is skipped. */
  dependsOn: Address[];
  /** The whole thing as it is, and as it will be. */
  before?: unknown;
  after?: unknown;
  /** The compared fields of `before` and `after` in normal form; what the digest is made of. */
  normalised: { before?: unknown; after?: unknown };
  /** The AWS id of what is live. */
  liveId?: string;
  /** The lines of the file that ask for it. */
  places?: Place[];
  /** Of a membership: what the group gives, after the plan where it is made and before it where it ends. */
  carries?: CarriedGrant[];
  /** The same of applications, by name, as far as they are known. */
  carriesApplications?: string[];
  /** Of a removal: the entries of the file that asked for it until they expired. */
  expired?: Expired[];
  /** The other half, where `previously` makes a thing anew under another name: such a removal takes nothing away. */
  replaces?: Address;
  replacedBy?: Address;
}

/** An entry of the file that asks for nothing any more. */
export interface Expired {
  /** `2027-01-31`, or a time with its zone. */
  until: string;
  place?: Place;
}

/** A step that the caller can't carry out, and who can. Outside the steps; never makes a plan pending. */
export interface Blocked {
  id: Address;
  action: Action | 'provision';
  kind: string;
  label: string;
  reason: string;
}

/** A guard's word against the plan. */
export interface Violation {
  code: string;
  message: string;
  /** The flag or the line that would allow it. */
  allow: string;
}

export interface Warning {
  code: string;
  message: string;
  place?: Place;
}

/** Which Identity Center a plan is for. */
export interface Instance {
  arn: string;
  identityStoreId: string;
  region: string;
  partition: string;
  ownerAccountId: string;
  /** Unknown in a plan that was saved without it. */
  managementAccountId?: string;
}

/** The management account, or where Organizations is out of reach the account that owns the instance: mostly the same. */
export const managementAccountOf = ({ managementAccountId, ownerAccountId }: Instance): string =>
  managementAccountId ?? ownerAccountId;

export interface Plan {
  formatVersion: number;
  /** Of the idc that saved it; the digest says nothing of it. */
  toolVersion?: string;
  instance: Instance;
  /** The file that it was made from, as the texts on GitHub name it; absent where that is identity.yaml. */
  file?: string;
  /** What it was made from, where that was not what is live; the digest says nothing of it. ISO 8601, in UTC. */
  snapshot?: { takenAt: string };
  /** `sha256:` and 64 hex digits: of what is done to things and to people. See {@link digestOf}. */
  digest: string;
  summary: Record<Action, number>;
  steps: Step[];
  access: AccessImpact;
  risks: AccessRisk[];
  /** The names of the accounts that the plan speaks of, by 12-digit id. */
  accounts: Record<string, string>;
  violations: Violation[];
  warnings: Warning[];
  blocked: Blocked[];
  /** Live things that the file says nothing about, counted by kind. */
  ignored: Record<string, number>;
  /** Those that stay though their principal is gone; absent where nobody looked for them. */
  orphans?: number;
  /** Of a plan for what has expired alone (`--only expired`): how many other changes are pending, and not in it. */
  left?: number;
  /** Made beside a reviewed plan (`--reviewed`): its digest, where all that differs from it has expired since. */
  passed?: { digest: string; since: string };
  cost: { apiCalls: number; seconds: number };
  /** The checked document, so that the plan can be made again from it. */
  desired: unknown;
}

export function summarize(steps: readonly Step[]): Record<Action, number> {
  const summary = { create: 0, update: 0, delete: 0 };
  for (const step of steps) summary[step.action] += 1;
  return summary;
}

/** The 12-digit ids of the accounts that a plan speaks of. */
export function accountsIn({
  access,
  risks,
  steps,
}: Pick<Plan, 'risks' | 'steps'> & { access: HeldImpact }): Set<string> {
  const { gained, lost, newAdministrators, edited } = access;
  const reaches = risks.flatMap(({ reach }) => reach);
  const ids = new Set([...gained, ...lost, ...newAdministrators, ...reaches].map(({ account }) => account));
  for (const { holders } of edited)
    for (const { accounts } of holders) for (const account of accounts) ids.add(account);
  for (const { before, after, carries = [] } of steps) {
    for (const { accounts } of carries) for (const account of accounts) ids.add(account);
    // Whatever is about an account carries its id under this name, as the subject does.
    const thing = (after ?? before) as { account?: unknown } | null | undefined;
    if (typeof thing?.account === 'string' && /^\d{12}$/.test(thing.account)) ids.add(thing.account);
  }
  return ids;
}

/**
 * Says what was reviewed: the instance, what is done to things, and what that does to people. The same steps can do more to
 * people than they did when they were reviewed, since the group that somebody joins may have been granted more. Nothing of
 * lines, warnings, names of accounts, caller, time or cost is in it.
 */
export function digestOf({
  instance,
  steps,
  access,
  risks,
  violations,
}: Pick<Plan, 'instance' | 'steps' | 'access' | 'risks' | 'violations'>): string {
  const byId = <Item>(items: readonly Item[], idOf: (item: Item) => string): Item[] =>
    [...items].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const changes = byId(steps, ({ id }) => id).map(({ id, action, normalised }) => ({ id, action, ...normalised }));
  const holds = (list: readonly AccessChange[]): string[] =>
    list.map(({ user, account, permissionSet }) => JSON.stringify([user, account, permissionSet])).sort();
  const uses = (list: readonly ApplicationChange[]): string[] =>
    list.map(({ user, application }) => JSON.stringify([user, application])).sort();
  return digestOfJson({
    formatVersion: FORMAT_VERSION,
    instance: instance.arn,
    steps: changes,
    access: {
      gained: holds(access.gained),
      lost: holds(access.lost),
      lastAccess: access.lastAccess.toSorted(),
      newAdministrators: byId(access.newAdministrators, ({ account }) => account),
      edited: byId(access.edited, ({ permissionSet }) => permissionSet),
      given: access.given,
      applications: { gained: uses(access.applications.gained), lost: uses(access.applications.lost) },
    },
    // What makes a set powerful is words, which follow from what is in it.
    risks: byId(
      risks.map(({ code, permissionSet, reach }) => ({ code, permissionSet, reach })),
      ({ code, permissionSet }) => JSON.stringify([code, permissionSet]),
    ),
    // A plan that is forbidden is another one than the same without it.
    forbidden: [...new Set(violations.map(({ code }) => code))].sort(),
  });
}

/**
 * The seal of a saved plan: a hash of everything else in it. It finds damage and careless edits; it is no signature, since
 * who edits a plan can seal it again.
 */
export const sealOf = (plan: object): string => digestOfJson({ ...plan, seal: undefined });

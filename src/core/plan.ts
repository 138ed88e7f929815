import type { AccessImpact, AccessRisk, HeldImpact } from './access.ts';
import type { Address, Subjects } from './address.ts';
import type { Place } from './errors.ts';
import { digestOfJson } from './digest.ts';
import type { Adopted, BegunFile, EntryEnd, Gone, GuardsInForce, LimitChange, Note, PlanBase } from './findings.ts';
import { groupBy } from './group-by.ts';
import { sortedByContent } from './stable-json.ts';
import { blocksOf, mergeBlocks, type Block, type Reach } from './reach.ts';

/** Of the plan's JSON and its digest; rises with every change that a reader of the old one would get wrong. */
export const FORMAT_VERSION = 2;

export type Action = 'create' | 'update' | 'delete';

/** One difference inside a thing, ready to be shown: ids are already names. */
export type FieldChange =
  | { field: string; type: 'value'; before: string | null; after: string | null }
  | { field: string; type: 'set'; added: string[]; removed: string[] }
  | { field: string; type: 'document'; before: string | null; after: string | null };

/** The names of the fields that differ, each once. */
export const fieldNames = (changes: readonly FieldChange[]): string[] => [
  ...new Set(changes.map(({ field }) => field)),
];

/**
 * Why something is removed that is about an ignored name, and that the file does not ask for. `base`: the file before asked
 * for it. `begun`: a later file did, whose apply did not finish. `pair`: an entry that takes accounts by what they are grants the same to the same principal elsewhere, so that it
 * may be left of an account that is no longer taken.
 */
export type Reclaim = 'base' | 'begun' | 'pair';

/** One thing to create, update or delete. */
export interface Step {
  /** The address of the thing; a plan has at most one step for each. */
  id: Address;
  action: Action;
  kind: string;
  key: string;
  label: string;
  /** What it is about, by kind: names, and of an account its id. */
  subjects: Subjects;
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
  places?: AskedPlace[];
  /** When what it grants ends, where all entries that ask for it say so: the last of their ends. */
  until?: string;
  /** Of a removal of what `ignore` hides by a name: why it is not left alone. See {@link Reclaim}. */
  reclaimed?: Reclaim;
  /** Of a removal: the entries of the file that asked for it until they expired. */
  expired?: Expired[];
  /** The other half, where `previously` makes a thing anew under another name: such a removal takes nothing away. */
  replaces?: Address;
  replacedBy?: Address;
}

/** A line of the file that asks for something, and why by its own words: `On-call (OPS-12)`. */
export interface AskedPlace extends Place {
  reason?: string;
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
  /** It may hurt people, so it is told before the other warnings. */
  isRisk?: true;
  /** Of a risk that is told before all else: `you administer production only under a condition on aws:SourceIp`. */
  lead?: string;
  /** Of a risk that is no more than a detail where people gain or lose access: what a heading ends with. */
  aside?: string;
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
  /** Of the idc that made it; the digest says nothing of it. Absent where an apply refuses the plan. */
  toolVersion?: string;
  instance: Instance;
  /** The file that it was made from, as the texts on GitHub name it; absent where that is identity.yaml. */
  file?: string;
  /** What it was made from, where that was not what is live; the digest says nothing of it. ISO 8601, in UTC. */
  snapshot?: { takenAt: string };
  /** The file before; absent where none was given. */
  base?: PlanBase;
  /** `sha256:` and 64 hex digits: of what is done to things and to people. See {@link digestOf}. */
  digest: string;
  summary: Record<Action, number>;
  steps: Step[];
  access: AccessImpact;
  risks: AccessRisk[];
  /** What the file says otherwise about itself than the file before; empty where that was not given. */
  limits: LimitChange[];
  /** What the file newly asks for and is live already; empty without the file before. */
  adopted: Adopted[];
  /** Names in the file that lead nowhere any more. */
  gone: Gone[];
  notes: Note[];
  /** Entries that end within 30 days, or whose end is another than in the file before. */
  ends: EntryEnd[];
  guards: GuardsInForce;
  /** The names of the accounts that the plan speaks of, by 12-digit id. */
  accounts: Record<string, string>;
  /** What Organizations calls those of them that the file names otherwise; absent where it names none so. */
  organizationsNames?: Record<string, string>;
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

/** Whether an apply would do something, or the file newly asks for what is live or lets more through: then it needs a review. */
export const isPending = ({ steps, limits, adopted }: Pick<Plan, 'steps' | 'limits' | 'adopted'>): boolean =>
  steps.length > 0 || adopted.length > 0 || limits.some(({ loosens }) => loosens);

/** A file that was applied in part, and of which it can't be told what it asks for: whatever the plan is, its merge is asked for. */
export const unknownApply = ({ base }: Pick<Plan, 'base'>): BegunFile | undefined =>
  base?.begun?.find((one) => 'missing' in one);

export function summarize(steps: readonly Step[]): Record<Action, number> {
  const summary = { create: 0, update: 0, delete: 0 };
  for (const step of steps) summary[step.action] += 1;
  return summary;
}

/** Whether counts of actions or risks come from the data about policies, of which a reader is then told the day. */
export const restsOnData = ({
  access: { edited },
  risks = [],
}: {
  access: Pick<HeldImpact, 'edited'>;
  risks?: readonly AccessRisk[];
}): boolean => risks.length > 0 || edited.some(({ policies }) => policies.moves.length > 0);

/** The 12-digit ids of the accounts that a plan speaks of. */
export function accountIdsIn({
  access,
  risks,
  steps,
  notes,
  adopted,
}: Pick<Plan, 'risks' | 'steps' | 'notes' | 'adopted'> & {
  access: HeldImpact & Partial<Pick<AccessImpact, 'changedHands'>>;
}): Set<string> {
  const { gained, lost, newAdministrators, lostAdministrators, edited, attributes, changedHands = [] } = access;
  const reaches = [
    gained,
    lost,
    newAdministrators,
    lostAdministrators,
    [...edited, ...attributes].flatMap(({ holders }) => holders),
    changedHands.flatMap(({ holds }) => holds),
    risks,
    adopted.flatMap(({ holds }) => holds),
  ].flat();
  const ids = new Set(reaches.flatMap(({ accounts }) => accounts));
  for (const { grants } of notes) for (const { accounts } of grants) for (const account of accounts) ids.add(account);
  for (const { before, after } of steps) {
    // Whatever is about an account carries its id under this name, as the subject does.
    const thing = (after ?? before) as { account?: unknown } | null | undefined;
    if (typeof thing?.account === 'string' && /^\d{12}$/.test(thing.account)) ids.add(thing.account);
  }
  return ids;
}

/**
 * Says what was reviewed: the instance, what is done to things and for how long, what that does to people, what the file
 * says otherwise about itself, and what it forbids. The same steps can do more to people than they did when they were
 * reviewed, since the group that somebody joins may have been granted more. Nothing of lines, warnings, names of accounts,
 * caller, time or cost is in it.
 */
export function digestOf(plan: Omit<Plan, 'digest'>): string {
  const { instance, steps, access, risks, limits, adopted, gone, guards, violations } = plan;
  const { people } = access;
  /** The same people and accounts give the same, by whatever way they come to it. */
  const reach = (list: readonly Reach[]): Block[] => mergeBlocks(blocksOf(people, list));
  const bySet = (list: readonly (Reach & { permissionSet: string })[]): unknown[] =>
    sortedByContent([...groupBy(list, (one) => one.permissionSet)].map(([set, changes]) => [set, reach(changes)]));
  const uses = (list: AccessImpact['applications']['gained']): unknown[] =>
    sortedByContent(list.map(({ people: index, application }) => [application, people[index] ?? []]));
  return digestOfJson({
    formatVersion: FORMAT_VERSION,
    instance: instance.arn,
    steps: steps
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, action, normalised, until }) => ({ id, action, ...normalised, until })),
    access: {
      gained: bySet(access.gained),
      lost: bySet(access.lost),
      lastAccess: access.lastAccess.toSorted(),
      newAdministrators: reach(access.newAdministrators),
      lostAdministrators: reach(access.lostAdministrators),
      edited: access.edited.map(({ permissionSet, holders }) => [permissionSet, reach(holders)]),
      attributes: access.attributes.map(({ permissionSet, keys, holders }) => [permissionSet, keys, reach(holders)]),
      given: access.given,
      changedHands: access.changedHands,
      applications: { gained: uses(access.applications.gained), lost: uses(access.applications.lost) },
    },
    // What makes a set powerful is words, which follow from what is in it.
    risks: sortedByContent(risks.map((risk) => [risk.code, risk.permissionSet, risk.accounts, reach(risk.reach)])),
    limits: sortedByContent(limits.map(({ key, before, after, loosens }) => ({ key, before, after, loosens }))),
    adopted: sortedByContent(
      adopted.map(({ id, changes, holds, until }) => ({ id, changes, holds: bySet(holds), until })),
    ),
    gone: sortedByContent(gone.map(({ subject, name, effect }) => ({ subject, name, effect }))),
    guards,
    // A plan that is forbidden is another one than the same without it.
    forbidden: [...new Set(violations.map(({ code }) => code))].sort(),
  });
}

/**
 * The seal of a saved plan: a hash of everything else in it. It finds damage and careless edits; it is no signature, since
 * who edits a plan can seal it again.
 */
export const sealOf = (plan: object): string => digestOfJson({ ...plan, seal: undefined });

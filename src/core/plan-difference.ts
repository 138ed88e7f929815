import type {
  AccessChange,
  AccessImpact,
  AccessRisk,
  ApplicationChange,
  AttributeChange,
  ChangedHands,
  EditedSet,
  GivenSet,
} from './access.ts';
import type { Adopted, Gone, LimitChange } from './findings.ts';
import { groupBy } from './group-by.ts';
import type { Plan, Step, Violation } from './plan.ts';
import { blocksOf, createPeopleLists, subtractBlocks, type Block, type Reach } from './reach.ts';
import { stableJson } from './stable-json.ts';
import { listOf } from './words.ts';

/** What a plan does to people. */
export interface PeopleDifference {
  access: AccessImpact;
  /** What permission sets become able to do in whose hands. */
  risks: AccessRisk[];
}

/** How a plan differs from the one that was reviewed. */
export interface PlanDifference extends PeopleDifference {
  /** What is live, is newly declared, and was not reviewed as such, or gives more people something. */
  adopted: Adopted[];
  /** Would be done now, and was not reviewed. */
  added: Step[];
  /** Was reviewed, and there is no need of it any more. */
  dropped: Step[];
  /** The same thing, but something else is done to it. */
  changed: { was: Step; is: Step }[];
  /** What forbade the reviewed plan and does not forbid this one: nobody approves a plan that can't be applied. */
  forbidden: Violation[];
  /** Names that nothing has any more, where the review did not show that. */
  gone: Gone[];
  /** Limits of the file that are looser now than the review showed. */
  limits: LimitChange[];
  /** True where the review compared the file with the one before, and this plan does not. */
  lacksBase: boolean;
  /** The names of the accounts on both sides, by 12-digit id. */
  accounts: Record<string, string>;
}

/**
 * Compares one way: undefined where the plan does to things what was reviewed, and to people nothing that the review did not
 * show, or where it was found to be the reviewed plan but for what has expired. What it does to people can be more with the
 * same steps (who joins a group gets what the group has been given since), and it can be less, which {@link lessThan} says.
 */
export function comparePlans(reviewed: Plan, now: Plan): PlanDifference | undefined {
  const forbidden = forbiddenBefore(reviewed, now);
  if (now.passed?.digest === reviewed.digest && forbidden.length === 0) return undefined;
  const before = new Map(reviewed.steps.map((step) => [step.id, step]));
  const after = new Map(now.steps.map((step) => [step.id, step]));
  const difference: PlanDifference = {
    ...peopleDifference(reviewed, now),
    added: now.steps.filter(({ id }) => !before.has(id)),
    dropped: reviewed.steps.filter(({ id }) => !after.has(id)),
    changed: now.steps.flatMap((is) => {
      const was = before.get(is.id);
      return was !== undefined && contentOf(was) !== contentOf(is) ? [{ was, is }] : [];
    }),
    forbidden,
    adopted: newlyAdopted(reviewed, now),
    gone: newlyGone(reviewed, now),
    limits: newLimits(reviewed, now),
    lacksBase: hasBase(reviewed) && !hasBase(now),
    accounts: { ...reviewed.accounts, ...now.accounts },
  };
  const { added, dropped, changed, adopted, gone, limits, lacksBase } = difference;
  const isSame =
    reviewed.instance.arn === now.instance.arn &&
    !lacksBase &&
    [added, dropped, changed, forbidden, adopted, gone, limits].every((list) => list.length === 0);
  return isSame && isEmpty(difference) ? undefined : difference;
}

/** True where the plan could compare the file with the one before. */
export const hasBase = ({ base }: Pick<Plan, 'base'>): boolean => base !== undefined && !('missing' in base);

function newLimits(reviewed: Plan, now: Plan): LimitChange[] {
  const textOf = ({ key, before, after }: LimitChange): string => stableJson([key, before, after]);
  const known = new Set(reviewed.limits.map(textOf));
  return now.limits.filter((limit) => limit.loosens && !known.has(textOf(limit)));
}

/** Names that the review did not show as gone, or not with this effect. */
function newlyGone(reviewed: Plan, now: Plan): Gone[] {
  const textOf = ({ subject, name, effect }: Gone): string => stableJson([subject, name, effect]);
  const known = new Set(reviewed.gone.map(textOf));
  return now.gone.filter((one) => !known.has(textOf(one)));
}

/** Adopted grants, as far as the review did not show them or those who hold something by them. */
function newlyAdopted(reviewed: Plan, now: Plan): Adopted[] {
  const known = new Map(reviewed.adopted.map((one) => [one.id, one]));
  return now.adopted.filter(({ id, changes, holds, until }) => {
    const told = known.get(id);
    if (told === undefined || told.until !== until) return true;
    if (stableJson(told.changes ?? null) !== stableJson(changes ?? null)) return true;
    const before = groupBy(told.holds, ({ permissionSet }) => permissionSet);
    return holds.some(
      (hold) =>
        subtractBlocks(
          blocksOf(now.access.people, [hold]),
          blocksOf(reviewed.access.people, before.get(hold.permissionSet) ?? []),
        ).length > 0,
    );
  });
}

/** What forbade one plan and does not forbid the other: nobody approves a plan that can't be applied. */
export const forbiddenBefore = (reviewed: Pick<Plan, 'violations'>, now: Pick<Plan, 'violations'>): Violation[] =>
  reviewed.violations.filter(({ code }) => !now.violations.some((one) => one.code === code));

/** Why a plan is not the reviewed one, in words that start a sentence in the middle. */
export function differenceReason(
  { added, dropped, changed, forbidden, adopted, gone, limits, lacksBase }: PlanDifference,
  reviewed: Plan,
  now: Plan,
): string {
  const codes = [...new Set(forbidden.map(({ code }) => code))];
  if (codes.length > 0) return `the reviewed plan was refused (${codes.join(', ')}), but this one is not`;
  if (limits.length > 0) {
    const keys = listOf([...new Set(limits.map(({ key }) => key))], 5);
    return `the file loosens limits that the review did not show (${keys})`;
  }
  if (lacksBase) return 'the reviewed plan was compared with the file before, but this one is not';
  if (adopted.length > 0) return 'the file now asks for grants that are live already and that the review did not show';
  if (gone.length > 0) {
    const names = listOf(
      gone.map(({ name }) => name),
      5,
    );
    return `the file has names that can no longer be found, which the review did not show (${names})`;
  }
  return added.length + dropped.length + changed.length > 0 || reviewed.instance.arn !== now.instance.arn
    ? `the reviewed plan is ${reviewed.digest}, but this one is ${now.digest}`
    : 'the steps match the reviewed plan, but they now change access that the review did not show';
}

/** What the reviewed plan does to people and this one does not; undefined where there is nothing of it. */
export function lessThan(reviewed: Plan, now: Plan): PeopleDifference | undefined {
  const less = peopleDifference(now, reviewed);
  return isEmpty(less) ? undefined : less;
}

/** What one plan does to people that the other does not. */
function peopleDifference(known: Plan, plan: Plan): PeopleDifference {
  const people = createPeopleLists();
  const [was, is] = [known.access, plan.access];
  const more = (blocks: readonly Block[], others: readonly Block[]): Reach[] =>
    people.reachOf(subtractBlocks(blocks, others));
  const before = (reach: readonly Reach[]): Block[] => blocksOf(was.people, reach);
  const now = (reach: readonly Reach[]): Block[] => blocksOf(is.people, reach);

  const newChanges = (side: 'gained' | 'lost'): AccessChange[] => {
    const told = groupBy(was[side], ({ permissionSet }) => permissionSet);
    return is[side].flatMap((change) =>
      more(now([change]), before(told.get(change.permissionSet) ?? [])).map((reach) => ({ ...change, ...reach })),
    );
  };
  const newUses = (side: 'gained' | 'lost'): ApplicationChange[] => {
    const uses = ({ access }: Plan, list: readonly ApplicationChange[]): Block[] =>
      list.map(({ people: index, application }) => ({ users: access.people[index] ?? [], accounts: [application] }));
    const told = uses(known, was.applications[side]);
    return is.applications[side].flatMap((use) =>
      more(uses(plan, [use]), told).map((reach) => ({ ...use, people: reach.people })),
    );
  };
  const edited = is.edited.flatMap((edit): EditedSet[] => {
    const told = was.edited.filter(({ permissionSet }) => permissionSet === edit.permissionSet);
    const reach = more(now(edit.holders), before(told.flatMap(({ holders }) => holders)));
    return reach.length > 0 ? [{ ...edit, holders: reach }] : [];
  });
  const attributes = is.attributes.flatMap((change): AttributeChange[] => {
    const told = was.attributes.filter(
      ({ permissionSet, keys }) =>
        permissionSet === change.permissionSet && change.keys.every((key) => keys.includes(key)),
    );
    const reach = more(now(change.holders), before(told.flatMap(({ holders }) => holders)));
    return reach.length > 0 ? [{ ...change, holders: reach }] : [];
  });
  // What makes a set powerful is words, and is not compared: what is in a set that is given or edited is.
  const risks = plan.risks.flatMap((risk): AccessRisk[] => {
    const told = known.risks.find(
      ({ code, permissionSet }) => code === risk.code && permissionSet === risk.permissionSet,
    );
    const reach = more(now(risk.reach), before(told?.reach ?? []));
    const accounts = risk.accounts.filter(
      (account) => !told?.accounts.includes(account) || reach.some((one) => one.accounts.includes(account)),
    );
    return accounts.length > 0 ? [{ ...risk, accounts, reach }] : [];
  });
  const access = {
    gained: newChanges('gained'),
    lost: newChanges('lost'),
    lastAccess: is.lastAccess.filter((user) => !was.lastAccess.includes(user)),
    newAdministrators: is.newAdministrators.flatMap((one) =>
      more(now([one]), before(was.newAdministrators)).map((reach) => ({ ...reach, by: one.by })),
    ),
    lostAdministrators: more(now(is.lostAdministrators), before(was.lostAdministrators)),
    edited,
    attributes,
    ...(is.policyData && { policyData: is.policyData }),
    given: newContents(was.given, is.given),
    changedHands: newHands(was.changedHands, is.changedHands),
    applications: { gained: newUses('gained'), lost: newUses('lost') },
  };
  return { access: { people: people.lists, ...access }, risks };
}

/** What the steps of a digest are made of. */
const contentOf = ({ action, normalised, until }: Step): string => stableJson({ action, ...normalised, until });

/** Sets that are given in both plans, and are not what they were: who approved that one is given has not seen this one. */
function newContents(was: readonly GivenSet[], is: readonly GivenSet[]): GivenSet[] {
  const known = new Map(was.map(({ permissionSet, content }) => [permissionSet, content]));
  return is.filter(({ permissionSet, content }) => (known.get(permissionSet) ?? content) !== content);
}

/** Users who may be other people, as far as the other plan does not say so, or not of all that they hold. */
function newHands(was: readonly ChangedHands[], is: readonly ChangedHands[]): ChangedHands[] {
  const keyOf = ({ user, changes }: ChangedHands): string => stableJson([user, changes]);
  const known = new Map(was.map((one) => [keyOf(one), one]));
  return is.flatMap((one) => {
    const told = known.get(keyOf(one));
    const knows = (set: string, account: string): boolean =>
      told?.holds.some(({ permissionSet, accounts }) => permissionSet === set && accounts.includes(account)) === true;
    const holds = one.holds
      .map((hold) => ({ ...hold, accounts: hold.accounts.filter((account) => !knows(hold.permissionSet, account)) }))
      .filter(({ accounts }) => accounts.length > 0);
    const applications = one.applications.filter((name) => told?.applications.includes(name) !== true);
    return holds.length + applications.length > 0 ? [{ ...one, holds, applications }] : [];
  });
}

function isEmpty({ access, risks }: PeopleDifference): boolean {
  const { applications, people: _lists, policyData: _data, ...others } = access;
  const lists = [...Object.values(others), applications.gained, applications.lost];
  return [risks, ...lists].every((list) => list.length === 0);
}

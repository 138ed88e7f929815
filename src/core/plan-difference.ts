import type { AccessChange, AccessImpact, AccessRisk, ApplicationChange, EditedSet, GivenSet } from './access.ts';
import type { Plan, Step, Violation } from './plan.ts';
import { stableJson } from './stable-json.ts';

/** What a plan does to people. */
export interface PeopleDifference {
  access: AccessImpact;
  /** What permission sets become able to do in whose hands. */
  risks: AccessRisk[];
}

/** How a plan differs from the one that was reviewed. */
export interface PlanDifference extends PeopleDifference {
  /** Would be done now, and was not reviewed. */
  added: Step[];
  /** Was reviewed, and there is no need of it any more. */
  dropped: Step[];
  /** The same thing, but something else is done to it. */
  changed: { was: Step; is: Step }[];
  /** What forbade the reviewed plan and does not forbid this one: nobody approves a plan that can't be applied. */
  forbidden: Violation[];
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
    accounts: { ...reviewed.accounts, ...now.accounts },
  };
  const { added, dropped, changed } = difference;
  const isSame =
    reviewed.instance.arn === now.instance.arn &&
    added.length + dropped.length + changed.length + forbidden.length === 0;
  return isSame && isEmpty(difference) ? undefined : difference;
}

/** What forbade one plan and does not forbid the other: nobody approves a plan that can't be applied. */
export const forbiddenBefore = (reviewed: Pick<Plan, 'violations'>, now: Pick<Plan, 'violations'>): Violation[] =>
  reviewed.violations.filter(({ code }) => !now.violations.some((one) => one.code === code));

/** Why a plan is not the reviewed one, in words that start a sentence in the middle. */
export function differenceReason(
  { added, dropped, changed, forbidden }: PlanDifference,
  reviewed: Plan,
  now: Plan,
): string {
  const codes = [...new Set(forbidden.map(({ code }) => code))];
  if (codes.length > 0) return `the reviewed plan was forbidden (${codes.join(', ')}), and this one is not`;
  return added.length + dropped.length + changed.length > 0 || reviewed.instance.arn !== now.instance.arn
    ? `the reviewed plan is ${reviewed.digest}, and this one ${now.digest}`
    : 'the steps match the reviewed plan, but they now do more to people than the review showed';
}

/** What the reviewed plan does to people and this one does not; undefined where there is nothing of it. */
export function lessThan(reviewed: Plan, now: Plan): PeopleDifference | undefined {
  const less = peopleDifference(now, reviewed);
  return isEmpty(less) ? undefined : less;
}

/** What one plan does to people that the other does not. */
function peopleDifference(known: Plan, plan: Plan): PeopleDifference {
  return {
    access: newImpact(known.access, plan.access),
    risks: newRisks(known.risks, plan.risks),
  };
}

/** What the steps of a digest are made of. */
const contentOf = ({ action, normalised }: Step): string => stableJson({ action, ...normalised });

function newImpact(was: AccessImpact, is: AccessImpact): AccessImpact {
  return {
    gained: newChanges(was.gained, is.gained),
    lost: newChanges(was.lost, is.lost),
    lastAccess: is.lastAccess.filter((user) => !was.lastAccess.includes(user)),
    newAdministrators: newUsers(was.newAdministrators, is.newAdministrators),
    edited: newHolders(was.edited, is.edited),
    given: newContents(was.given, is.given),
    applications: {
      gained: newUses(was.applications.gained, is.applications.gained),
      lost: newUses(was.applications.lost, is.applications.lost),
    },
  };
}

/** Who holds an edited set and was not told of, in whichever account. */
function newHolders(was: readonly EditedSet[], is: readonly EditedSet[]): EditedSet[] {
  const known = new Map(was.map(({ permissionSet, holders }) => [permissionSet, usersByAccount(holders)]));
  return is.flatMap(({ permissionSet, holders }) => {
    const before = known.get(permissionSet);
    const more = holders.flatMap(({ users, accounts }) =>
      accounts.flatMap((account) => {
        const added = users.filter((user) => !before?.get(account)?.has(user));
        return added.length > 0 ? [{ users: added, accounts: [account] }] : [];
      }),
    );
    return more.length > 0 ? [{ permissionSet, holders: more }] : [];
  });
}

function usersByAccount(holders: EditedSet['holders']): Map<string, Set<string>> {
  return new Map(
    holders.flatMap(({ users, accounts }) => {
      const people = new Set(users);
      return accounts.map((account) => [account, people] as const);
    }),
  );
}

/** Sets that are given in both plans, and are not what they were: who approved that one is given has not seen this one. */
function newContents(was: readonly GivenSet[], is: readonly GivenSet[]): GivenSet[] {
  const known = new Map(was.map(({ permissionSet, content }) => [permissionSet, content]));
  return is.filter(({ permissionSet, content }) => (known.get(permissionSet) ?? content) !== content);
}

function notIn<Item>(was: readonly Item[], is: readonly Item[], keyOf: (item: Item) => string[]): Item[] {
  const known = new Set(was.map((item) => JSON.stringify(keyOf(item))));
  return is.filter((item) => !known.has(JSON.stringify(keyOf(item))));
}

const newChanges = (was: readonly AccessChange[], is: readonly AccessChange[]): AccessChange[] =>
  notIn(was, is, ({ user, account, permissionSet }) => [user, account, permissionSet]);

const newUses = (was: readonly ApplicationChange[], is: readonly ApplicationChange[]): ApplicationChange[] =>
  notIn(was, is, ({ user, application }) => [user, application]);

interface UsersInAccount {
  account: string;
  users: string[];
}

/** Accounts that are new, and in known ones the people who are. */
function newUsers(was: readonly UsersInAccount[], is: readonly UsersInAccount[]): UsersInAccount[] {
  const usersIn = new Map(was.map(({ account, users }) => [account, new Set(users)]));
  return is.flatMap((one) => {
    const known = usersIn.get(one.account);
    const users = one.users.filter((user) => !known?.has(user));
    return known === undefined || users.length > 0 ? [{ account: one.account, users }] : [];
  });
}

/** What makes a set escalating is words, and is not compared: what is in a set that is given or edited is. */
function newRisks(was: readonly AccessRisk[], is: readonly AccessRisk[]): AccessRisk[] {
  return is.flatMap((risk) => {
    const known = was.find(({ code, permissionSet }) => code === risk.code && permissionSet === risk.permissionSet);
    if (known === undefined) return [risk];
    const reach = newUsers(known.reach, risk.reach);
    return reach.length > 0 ? [{ ...risk, reach }] : [];
  });
}

function isEmpty({ access: { applications, ...lists }, risks }: PeopleDifference): boolean {
  const all: (readonly unknown[])[] = [risks, applications.gained, applications.lost, ...Object.values(lists)];
  return all.every((list) => list.length === 0);
}

import type { AccessChange, AccessImpact, AccessRisk } from './access.ts';
import type { Plan, Step } from './plan.ts';
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
  gone: Step[];
  /** The same thing, but something else is done to it. */
  changed: { was: Step; is: Step }[];
  /** The names of the accounts on both sides, by 12-digit id. */
  accounts: Record<string, string>;
}

/**
 * Compares one way: undefined where the plan does to things what was reviewed, and to people nothing that the review did not
 * show, or where it was found to be the reviewed plan but for what has expired. What it does to people can be more with the
 * same steps (who joins a group gets what the group has been given since), and it can be less, which {@link lessThan} says.
 */
export function comparePlans(reviewed: Plan, now: Plan): PlanDifference | undefined {
  if (now.passed?.digest === reviewed.digest) return undefined;
  const before = new Map(reviewed.steps.map((step) => [step.id, step]));
  const after = new Map(now.steps.map((step) => [step.id, step]));
  const difference: PlanDifference = {
    ...peopleDifference(reviewed, now),
    added: now.steps.filter(({ id }) => !before.has(id)),
    gone: reviewed.steps.filter(({ id }) => !after.has(id)),
    changed: now.steps.flatMap((is) => {
      const was = before.get(is.id);
      return was !== undefined && contentOf(was) !== contentOf(is) ? [{ was, is }] : [];
    }),
    accounts: { ...reviewed.accounts, ...now.accounts },
  };
  const { added, gone, changed } = difference;
  const isSame = reviewed.instance.arn === now.instance.arn && added.length + gone.length + changed.length === 0;
  return isSame && isEmpty(difference) ? undefined : difference;
}

/** What the reviewed plan does to people and this one does not; undefined where there is nothing of it. */
export function lessThan(reviewed: Plan, now: Plan): PeopleDifference | undefined {
  const less = peopleDifference(now, reviewed);
  return isEmpty(less) ? undefined : less;
}

/** What one plan does to people that the other does not. */
function peopleDifference(known: Plan, plan: Plan): PeopleDifference {
  return { access: newImpact(known.access, plan.access), risks: newRisks(known.risks, plan.risks) };
}

/** What the steps of a digest are made of. */
const contentOf = ({ action, normalised }: Step): string => stableJson({ action, ...normalised });

function newImpact(was: AccessImpact, is: AccessImpact): AccessImpact {
  return {
    gained: newChanges(was.gained, is.gained),
    lost: newChanges(was.lost, is.lost),
    lastAccess: is.lastAccess.filter((user) => !was.lastAccess.includes(user)),
    newAdministrators: newUsers(was.newAdministrators, is.newAdministrators),
  };
}

function newChanges(was: readonly AccessChange[], is: readonly AccessChange[]): AccessChange[] {
  const keyOf = ({ user, account, permissionSet }: AccessChange): string =>
    JSON.stringify([user, account, permissionSet]);
  const known = new Set(was.map(keyOf));
  return is.filter((change) => !known.has(keyOf(change)));
}

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

/** A risk with a power that was not shown is new as a whole. */
function newRisks(was: readonly AccessRisk[], is: readonly AccessRisk[]): AccessRisk[] {
  return is.flatMap((risk) => {
    const known = was.find(({ code, permissionSet }) => code === risk.code && permissionSet === risk.permissionSet);
    if (known === undefined || risk.powers.some((power) => !known.powers.includes(power))) return [risk];
    const reach = newUsers(known.reach, risk.reach);
    return reach.length > 0 ? [{ ...risk, reach }] : [];
  });
}

const isEmpty = ({ access, risks }: PeopleDifference): boolean =>
  risks.length === 0 && Object.values(access).every((list: unknown[]) => list.length === 0);

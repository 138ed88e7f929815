import type { AccessChange, AccessImpact } from './access.ts';
import type { Plan, Step, Warning } from './plan.ts';
import { stableJson } from './stable-json.ts';

/** How a plan differs from the one that was reviewed. */
export interface PlanDifference {
  /** Would be done now, and was not reviewed. */
  added: Step[];
  /** Was reviewed, and there is no need of it any more. */
  gone: Step[];
  /** The same thing, but something else is done to it. */
  changed: { was: Step; is: Step }[];
  /**
   * What the plan does to people now and did not when it was reviewed. The same steps can carry more: who joins a group gets
   * what the group has been given since.
   */
  access: AccessImpact;
  /** The same of what its permission sets have become able to do. */
  powers: Warning[];
  /** The names of the accounts on both sides, by 12-digit id. */
  accounts: Record<string, string>;
}

/** Undefined where the plan does what was reviewed, to things and to people, or was found to but for what has expired since. */
export function comparePlans(reviewed: Plan, now: Plan): PlanDifference | undefined {
  if (now.passed?.digest === reviewed.digest) return undefined;
  const before = new Map(reviewed.steps.map((step) => [step.id, step]));
  const known = new Set(powersOf(reviewed).map(({ message }) => message));
  const after = new Map(now.steps.map((step) => [step.id, step]));
  const difference: PlanDifference = {
    added: now.steps.filter(({ id }) => !before.has(id)),
    gone: reviewed.steps.filter(({ id }) => !after.has(id)),
    changed: now.steps.flatMap((is) => {
      const was = before.get(is.id);
      return was !== undefined && contentOf(was) !== contentOf(is) ? [{ was, is }] : [];
    }),
    access: newImpact(reviewed.access, now.access),
    powers: powersOf(now).filter(({ message }) => !known.has(message)),
    accounts: { ...reviewed.accounts, ...now.accounts },
  };
  const isSame = reviewed.digest === now.digest && difference.powers.length === 0 && isEmpty(difference.access);
  return isSame ? undefined : difference;
}

/** What the digest is made of. */
const contentOf = ({ action, normalised }: Step): string => stableJson({ action, ...normalised });

const powersOf = ({ warnings }: Plan): Warning[] => warnings.filter(({ code }) => code.startsWith('powerful-'));

function newImpact(was: AccessImpact, is: AccessImpact): AccessImpact {
  return {
    gained: newChanges(was.gained, is.gained),
    lost: newChanges(was.lost, is.lost),
    lastAccess: is.lastAccess.filter((user) => !was.lastAccess.includes(user)),
    newAdministrators: is.newAdministrators.flatMap(({ account, users }) => {
      const known = was.newAdministrators.find((one) => one.account === account)?.users ?? [];
      const others = users.filter((user) => !known.includes(user));
      return others.length > 0 ? [{ account, users: others }] : [];
    }),
  };
}

function newChanges(was: readonly AccessChange[], is: readonly AccessChange[]): AccessChange[] {
  const keyOf = ({ user, account, permissionSet }: AccessChange): string =>
    JSON.stringify([user, account, permissionSet]);
  const known = new Set(was.map(keyOf));
  return is.filter((change) => !known.has(keyOf(change)));
}

const isEmpty = (impact: AccessImpact): boolean => Object.values(impact).every((list: unknown[]) => list.length === 0);

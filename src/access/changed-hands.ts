import type { ChangedHands, ChangedHold, JudgedFacts } from '../core/access.ts';
import { subjectKey } from '../core/address.ts';
import { groupBy } from '../core/group-by.ts';
import { stepsOf } from '../core/of-kind.ts';
import type { Step } from '../core/plan.ts';
import { changesOfHands } from '../kinds/user/changed-hands.ts';
import { user } from '../kinds/user/kind.ts';
import { holdings, type Holding } from './holdings.ts';

type Facts = Pick<JudgedFacts, 'elements' | 'possibleAdministratorSets'>;

/**
 * Users who hold something after the plan and may be other people then.
 * @param applications the names of those that each of these users may use then
 */
export function findChangedHands(
  facts: Facts,
  steps: readonly Step[],
  applications: (users: ReadonlySet<string>) => ReadonlyMap<string, string[]>,
): ChangedHands[] {
  const changed = stepsOf(user, steps).flatMap((step) => {
    const changes = changesOfHands(step);
    return changes.length === 0 || !step.after ? [] : [{ key: subjectKey('user', step.after.userName), changes }];
  });
  if (changed.length === 0) return [];
  const users = new Set(changed.map(({ key }) => key));
  const held = groupBy(holdings(facts, 'after', { users }), (one) => one.user);
  const used = applications(users);
  return changed
    .map(({ key, changes }) => ({
      user: key,
      changes,
      holds: holdsOf(held.get(key) ?? [], facts),
      applications: used.get(key) ?? [],
    }))
    .filter(({ holds, applications: some }) => holds.length + some.length > 0);
}

function holdsOf(held: readonly Holding[], { possibleAdministratorSets: { after } }: Facts): ChangedHold[] {
  return [...groupBy(held, ({ permissionSet }) => permissionSet)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([permissionSet, list]) => ({
      permissionSet,
      accounts: [...new Set(list.map(({ account }) => account))].sort(),
      ...(list.some(({ contents }) => [...contents].some((set) => after.has(set))) && { isAdministrator: true }),
    }));
}

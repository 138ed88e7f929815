import { assignedSet, type AccessFacts, type AccessImpact } from '../core/access.ts';
import { grantsOn, membersByGroup, type Side } from './holdings.ts';

/** By account: the enabled people who hold a set that gives everything there. */
export function administrators(
  facts: AccessFacts,
  side: Side,
  accounts: ReadonlySet<string>,
): Map<string, Set<string>> {
  const grants = grantsOn(
    facts,
    side,
    (grant) => facts.administratorSets[side].has(assignedSet(grant)) && accounts.has(grant.account),
  );
  const members = membersByGroup(facts, side, grants);
  const found = new Map<string, Set<string>>();
  for (const { grant, user, group } of grants) {
    const people = found.get(grant.account) ?? new Set();
    found.set(grant.account, people);
    const holders = user === undefined ? (members.get(group ?? '') ?? []).map((member) => member.user) : [user];
    for (const holder of holders) if (!facts.disabledUsers.has(holder)) people.add(holder);
  }
  return found;
}

/** Who becomes an administrator of which account: by a new path, or because a set that they hold gives everything now. */
export function newAdministrators(facts: AccessFacts): AccessImpact['newAdministrators'] {
  const accounts = accountsInQuestion(facts);
  if (accounts.size === 0) return [];
  const known = administrators(facts, 'before', accounts);
  return [...administrators(facts, 'after', accounts)]
    .map(([account, people]) => ({
      account,
      users: [...people].filter((user) => !known.get(account)?.has(user)).sort(),
    }))
    .filter(({ users }) => users.length > 0)
    .sort((a, b) => (a.account < b.account ? -1 : 1));
}

/** Where a grant of everything is new, gives everything only now, or is held by a group that somebody joins. */
function accountsInQuestion(facts: AccessFacts): Set<string> {
  const { before, after } = facts.administratorSets;
  const joined = new Set<string>();
  for (const { grant, status, group } of facts.elements) {
    if (!grant && status === 'created' && group !== undefined) joined.add(group);
  }
  const grants = grantsOn(facts, 'after', (grant) => after.has(assignedSet(grant))).filter(
    ({ grant, status, group }) =>
      status === 'created' || !before.has(assignedSet(grant)) || (group !== undefined && joined.has(group)),
  );
  return new Set(grants.map(({ grant }) => grant.account));
}

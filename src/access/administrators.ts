import { assignedSet, type AccessFacts } from '../core/access.ts';
import { peopleIn, subtractBlocks, type Block } from '../core/reach.ts';
import { grantsOn, membersByGroup, type Side } from './holdings.ts';

/** The enabled people who hold a set that gives everything in an account. */
export const administratorsOf = (facts: AccessFacts, side: Side, account: string): ReadonlySet<string> =>
  peopleIn(administrators(facts, side, new Set([account])));

/** The same in accounts; of a group each member once. Those without people are left out. */
function administrators(facts: AccessFacts, side: Side, accounts: ReadonlySet<string>): Block[] {
  const grants = grantsOn(
    facts,
    side,
    (grant) => facts.administratorSets[side].has(assignedSet(grant)) && accounts.has(grant.account),
  );
  const members = membersByGroup(facts, side, grants, (user) => !facts.disabledUsers.has(user));
  const accountsOf = { user: new Map<string, Set<string>>(), group: new Map<string, Set<string>>() };
  for (const { grant, user, group = '' } of grants) {
    const [ofType, principal] = user === undefined ? [accountsOf.group, group] : [accountsOf.user, user];
    ofType.set(principal, (ofType.get(principal) ?? new Set()).add(grant.account));
  }
  const block = (users: string[], ids: ReadonlySet<string>): Block => ({ users, accounts: [...ids] });
  return [
    ...[...accountsOf.user].map(([user, ids]) => block(facts.disabledUsers.has(user) ? [] : [user], ids)),
    ...[...accountsOf.group].map(([group, ids]) =>
      block(
        (members.get(group) ?? []).map(({ user }) => user),
        ids,
      ),
    ),
  ].filter(({ users }) => users.length > 0);
}

/** Who becomes an administrator of which account: by a new path, or because a set that they hold gives everything now. */
export function newAdministrators(facts: AccessFacts): Block[] {
  const accounts = accountsInQuestion(facts);
  if (accounts.size === 0) return [];
  return subtractBlocks(administrators(facts, 'after', accounts), administrators(facts, 'before', accounts));
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

import { assignedSet, type Administering, type JudgedFacts } from '../core/access.ts';
import { peopleIn, subtractBlocks, type Block } from '../core/reach.ts';
import { grantsOn, membersByGroup, type Side } from './holdings.ts';

/** The people by whom a guard is satisfied. */
export interface GuardedAdministrators {
  before: ReadonlySet<string>;
  after: ReadonlySet<string>;
}

/**
 * The administrators of an account on whom a guard rests: those who are certain to be. Where there is none before, those who
 * may be, under a condition or by a policy of unknown content: what they satisfied before, they satisfy after.
 */
export function guardedAdministrators(facts: JudgedFacts, account: string): GuardedAdministrators {
  const before = administratorsOf(facts, 'before', account, isCertain);
  return before.size > 0
    ? { before, after: administratorsOf(facts, 'after', account, isCertain) }
    : possibleAdministrators(facts, account);
}

/** Those who may be administrators of an account, and are as far as the policies are known; who comes to be one counts all the same. */
export const possibleAdministrators = (facts: JudgedFacts, account: string): GuardedAdministrators => ({
  before: administratorsOf(facts, 'before', account, ({ known }) => known !== 'no'),
  after: administratorsOf(facts, 'after', account, ({ value }) => value !== 'no'),
});

export const isCertain = ({ value }: Administering): boolean => value === 'yes';

/** The people who administer an account by a set that is wanted, and can sign in. */
export function administratorsOf(
  facts: JudgedFacts,
  side: Side,
  account: string,
  isWanted: (administering: Administering) => boolean,
): Set<string> {
  const wanted = (set: string): boolean => isWanted(facts.administering(side, set));
  const people = [...peopleIn(holdersOf(facts, side, new Set([account]), wanted))];
  return new Set(people.filter((user) => side === 'before' || !facts.newWithoutEmail.has(user)));
}

/** The enabled people who hold one of the sets in accounts; of a group each member once. Those without people are left out. */
export function holdersOf(
  facts: JudgedFacts,
  side: Side,
  accounts: ReadonlySet<string>,
  isWanted: (set: string) => boolean,
): Block[] {
  const grants = grantsOn(facts, side, (grant) => accounts.has(grant.account) && isWanted(assignedSet(grant)));
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
export function newAdministrators(facts: JudgedFacts): Block[] {
  const accounts = accountsInQuestion(facts);
  if (accounts.size === 0) return [];
  const on = (side: Side): Block[] => holdersOf(facts, side, accounts, (set) => facts.administratorSets[side].has(set));
  return subtractBlocks(on('after'), on('before'));
}

/** Where a grant of everything is new, gives everything only now, or is held by a group that somebody joins. */
function accountsInQuestion(facts: JudgedFacts): Set<string> {
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

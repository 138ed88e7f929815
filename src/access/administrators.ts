import { assignedSet, type Administering, type JudgedFacts } from '../core/access.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { groupBy } from '../core/group-by.ts';
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

/**
 * Who becomes an administrator of which account, by a new path or because a set that they hold makes them one now; and by
 * which actions: `*` for everything, `!` before what it excepts.
 */
export function newAdministrators(facts: JudgedFacts): (Block & { by: string[] })[] {
  const accounts = accountsInQuestion(facts, 'after');
  if (accounts.size === 0) return [];
  const { before, after } = facts.administratorSets;
  const known = holdersOf(facts, 'before', accounts, (set) => before.has(set));
  const byActions = groupBy(after, (set) => JSON.stringify(facts.powersOf('after', set, 'member')));
  // Who may do everything is told so, whatever else makes them one.
  return [...byActions]
    .sort(([a], [b]) => Number(b === everything) - Number(a === everything) || compareTexts(a, b))
    .flatMap(([actions, sets]) => {
      const blocks = subtractBlocks(
        holdersOf(facts, 'after', accounts, (set) => sets.includes(set)),
        known,
      );
      known.push(...blocks);
      return blocks.map((block) => ({ ...block, by: JSON.parse(actions) as string[] }));
    });
}

const everything = JSON.stringify(['*']);

/** Of some people, those who administer no account on one side. */
export function administersNone(facts: JudgedFacts, side: Side, users: Iterable<string>): string[] {
  const some = [...users];
  if (some.length === 0) return [];
  const sets = facts.administratorSets[side];
  const grants = grantsOn(facts, side, (grant) => sets.has(assignedSet(grant)));
  const accounts = new Set(grants.map(({ grant }) => grant.account));
  const known = peopleIn(holdersOf(facts, side, accounts, (set) => sets.has(set)));
  return some.filter((user) => !known.has(user)).sort(compareTexts);
}

/** Who is no longer an administrator of which account. */
export function lostAdministrators(facts: JudgedFacts): Block[] {
  const accounts = accountsInQuestion(facts, 'before');
  if (accounts.size === 0) return [];
  const on = (side: Side): Block[] => holdersOf(facts, side, accounts, (set) => facts.administratorSets[side].has(set));
  return subtractBlocks(on('before'), on('after'));
}

/** Where a grant that makes administrators is on one side alone, makes them on it alone, or is a group's whose members differ. */
function accountsInQuestion(facts: JudgedFacts, side: Side): Set<string> {
  const [own, other] = side === 'after' ? (['created', 'before'] as const) : (['deleted', 'after'] as const);
  const sets = facts.administratorSets;
  const moved = new Set<string>();
  for (const { grant, status, group } of facts.elements) {
    if (!grant && status === own && group !== undefined) moved.add(group);
  }
  const grants = grantsOn(facts, side, (grant) => sets[side].has(assignedSet(grant))).filter(
    ({ grant, status, group }) =>
      status === own || !sets[other].has(assignedSet(grant)) || (group !== undefined && moved.has(group)),
  );
  return new Set(grants.map(({ grant }) => grant.account));
}

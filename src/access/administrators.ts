import { assignedSet, type AccessFacts, type JudgedFacts, type SetsOfSides } from '../core/access.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { groupBy } from '../core/group-by.ts';
import { peopleIn, subtractBlocks, type Block } from '../core/reach.ts';
import { grantsOn, membersByGroup, type Side } from './holdings.ts';

/** Enabled people, before and after a plan. */
export interface PeopleOfSides {
  before: ReadonlySet<string>;
  after: ReadonlySet<string>;
}

/** The administrators of an account that a guard counts, and those after the plan who may be one without counting. */
export interface GuardedAdministrators extends PeopleOfSides {
  uncertain: ReadonlySet<string>;
}

/**
 * The administrators of an account on whom a guard rests: those who are sure to be. Where there is none before, those who
 * may be, under a condition or by a policy of unknown content: what they satisfied before, they satisfy after.
 * @param user of whom alone it is asked.
 */
export function guardedAdministrators(facts: JudgedFacts, account: string, user?: string): GuardedAdministrators {
  const of = (sets: SetsOfSides): PeopleOfSides => {
    const on = (side: Side): ReadonlySet<string> =>
      peopleIn(administrators(facts, side, new Set([account]), sets[side]));
    return { before: on('before'), after: on('after') };
  };
  const [certain, possible] = [of(facts.certainAdministratorSets), of(facts.possibleAdministratorSets)];
  const isCertain = user === undefined ? certain.before.size > 0 : certain.before.has(user);
  return { ...(isCertain ? certain : possible), uncertain: possible.after };
}

/** The enabled people who hold one of the sets in accounts; of a group each member once. Those without people are left out. */
function administrators(
  facts: AccessFacts,
  side: Side,
  accounts: ReadonlySet<string>,
  sets: ReadonlySet<string>,
): Block[] {
  const grants = grantsOn(facts, side, (grant) => sets.has(assignedSet(grant)) && accounts.has(grant.account));
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
 * which actions: `*` for everything.
 */
export function newAdministrators(facts: JudgedFacts): (Block & { by: string[] })[] {
  const accounts = accountsInQuestion(facts, 'after');
  if (accounts.size === 0) return [];
  const { before, after } = facts.administratorSets;
  const known = administrators(facts, 'before', accounts, before);
  const byActions = groupBy(after, (set) => JSON.stringify(facts.powersOf('after', set, 'member')));
  // Who may do everything is told so, whatever else makes them one.
  return [...byActions]
    .sort(([a], [b]) => Number(b === everything) - Number(a === everything) || compareTexts(a, b))
    .flatMap(([actions, sets]) => {
      const blocks = subtractBlocks(administrators(facts, 'after', accounts, new Set(sets)), known);
      known.push(...blocks);
      return blocks.map((block) => ({ ...block, by: JSON.parse(actions) as string[] }));
    });
}

const everything = JSON.stringify(['*']);

/** Who is no longer an administrator of which account. */
export function lostAdministrators(facts: JudgedFacts): Block[] {
  const accounts = accountsInQuestion(facts, 'before');
  if (accounts.size === 0) return [];
  const on = (side: Side): Block[] => administrators(facts, side, accounts, facts.administratorSets[side]);
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

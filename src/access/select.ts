import type { AccessChange, AccessFacts, HeldImpact, EditedSet } from '../core/access.ts';
import type { AccessQuestion } from '../core/access-answer.ts';
import { holdings, type Holding, type Side } from './holdings.ts';

/** What people hold, by account, permission set and person. With `groups`: what they hold through one of them, and every other way to it. */
export function selectHoldings(facts: AccessFacts, question: AccessQuestion): Holding[] {
  const { users, permissionSets, accounts, groups } = setsOf(question);
  return holdings(facts, 'before', { ...(users && { users }), ...(permissionSets && { sets: permissionSets }) })
    .filter(
      (holding) =>
        accounts?.has(holding.account) !== false &&
        (!groups || holding.paths.some(({ via }) => via !== undefined && groups.has(via))) &&
        (!question.administrators || isAdministratorSet(facts, 'before', holding)),
    )
    .sort((a, b) => order(a.account, b.account) || order(a.permissionSet, b.permissionSet) || order(a.user, b.user));
}

/** True where one of the sets that are assigned in fact gives everything. */
export const isAdministratorSet = ({ administratorSets }: AccessFacts, side: Side, { contents }: Holding): boolean =>
  [...contents].some((content) => administratorSets[side].has(content));

/** The part of what changes that is asked about. */
export function selectImpact(facts: AccessFacts, impact: HeldImpact, question: AccessQuestion): HeldImpact {
  const { users, permissionSets, accounts, groups } = setsOf(question);
  const isWanted =
    (side: Side) =>
    ({ user, account, permissionSet, before, after }: AccessChange): boolean =>
      users?.has(user) !== false &&
      accounts?.has(account) !== false &&
      permissionSets?.has(permissionSet) !== false &&
      (!groups || [...before, ...after].some(({ via }) => via !== undefined && groups.has(via))) &&
      (!question.administrators || facts.administratorSets[side].has(permissionSet));
  const lost = impact.lost.filter(isWanted('before'));
  const losers = new Set(lost.map(({ user }) => user));
  return {
    gained: impact.gained.filter(isWanted('after')),
    lost,
    lastAccess: impact.lastAccess.filter((user) => losers.has(user)),
    // They are told without the way, so that a question about one way is not about them.
    newAdministrators:
      groups || permissionSets
        ? []
        : impact.newAdministrators
            .filter(({ account }) => accounts?.has(account) !== false)
            .map(({ account, users: people }) => ({
              account,
              users: people.filter((user) => users?.has(user) !== false),
            }))
            .filter(({ users: people }) => people.length > 0),
    edited: groups ? [] : selectEdited(impact.edited, setsOf(question)),
  };
}

type Filters = Partial<Record<'users' | 'groups' | 'permissionSets' | 'accounts', ReadonlySet<string>>>;

const setsOf = ({ administrators: _only, ...lists }: AccessQuestion): Filters =>
  Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, new Set(list)]));

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function selectEdited(edited: readonly EditedSet[], { users, permissionSets, accounts }: Filters): EditedSet[] {
  const some = (list: readonly string[], wanted: ReadonlySet<string> | undefined): string[] =>
    list.filter((one) => wanted?.has(one) !== false);
  return edited.flatMap(({ permissionSet, holders }) => {
    if (permissionSets?.has(permissionSet) === false) return [];
    const left = holders
      .map((one) => ({ users: some(one.users, users), accounts: some(one.accounts, accounts) }))
      .filter((one) => one.users.length > 0 && one.accounts.length > 0);
    return left.length > 0 ? [{ permissionSet, holders: left }] : [];
  });
}

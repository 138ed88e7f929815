import type { AccessChange, AccessImpact, ChangedHands, HeldImpact, JudgedFacts } from '../core/access.ts';
import type { AccessQuestion } from '../core/access-answer.ts';
import { blocksOf, createPeopleLists, mergeBlocks, peopleIn, type Reach } from '../core/reach.ts';
import { namesOn } from './names-on.ts';
import type { Side } from './holdings.ts';

/**
 * Whether a permission set, by name, allows what is asked about on one side, or leads to it in one of some accounts; without
 * accounts, in any.
 */
export type AllowsOn = (side: Side, permissionSet: string, accounts?: readonly string[]) => boolean;

/** The part of what changes that is asked about. */
type ComparedImpact = HeldImpact & Pick<AccessImpact, 'changedHands'>;

export function selectImpact(
  facts: JudgedFacts,
  impact: ComparedImpact,
  question: AccessQuestion,
  allowsOn: AllowsOn = () => true,
): ComparedImpact {
  const { users, permissionSets, accounts, groups } = setsOf(question);
  const isNamed = (set: string): boolean =>
    permissionSets === undefined || [set, ...namesOn(facts, 'before', set)].some((name) => permissionSets.has(name));
  const isOn = (side: Side, set: string, where: readonly string[]): boolean =>
    namesOn(facts, side, set).some(
      (name) => (!question.administrators || facts.administratorSets[side].has(name)) && allowsOn(side, name, where),
    );
  const people = createPeopleLists();
  const some = (reach: readonly Reach[]): Reach[] =>
    people.reachOf(
      mergeBlocks(
        blocksOf(impact.people, reach).map((block) => ({
          users: block.users.filter((user) => users?.has(user) !== false),
          accounts: block.accounts.filter((account) => accounts?.has(account) !== false),
        })),
      ),
    );
  const select = (changes: readonly AccessChange[], side: Side): AccessChange[] =>
    changes
      .filter(
        ({ permissionSet, ways, accounts: where }) =>
          isNamed(permissionSet) &&
          (!groups || ways.some(({ via }) => via !== undefined && groups.has(via))) &&
          isOn(side, permissionSet, where),
      )
      .flatMap((change) => some([change]).map((reach) => ({ ...change, ...reach })));
  const isEditAsked = (permissionSet: string, where: readonly string[]): boolean =>
    isNamed(permissionSet) && (['before', 'after'] as const).some((side) => isOn(side, permissionSet, where));
  // Who holds the set, whichever way.
  const ofSets = <Told extends { permissionSet: string; holders: Reach[] }>(list: readonly Told[]): Told[] =>
    groups
      ? []
      : list
          .filter(({ permissionSet, holders }) =>
            isEditAsked(
              permissionSet,
              holders.flatMap((holder) => holder.accounts),
            ),
          )
          .map((one) => ({ ...one, holders: some(one.holders) }))
          .filter(({ holders }) => holders.length > 0);
  // Who someone is has to do with all that they hold, by whichever way.
  const handsAsked = ({ user, holds, ...change }: ChangedHands): ChangedHands[] => {
    const some = holds
      .filter(({ permissionSet, isAdministrator, accounts: where }) => {
        const isWanted = !question.administrators || isAdministrator === true;
        return isWanted && isNamed(permissionSet) && allowsOn('after', permissionSet, where);
      })
      .map((hold) => ({ ...hold, accounts: hold.accounts.filter((account) => accounts?.has(account) !== false) }))
      .filter((hold) => hold.accounts.length > 0);
    const isAsked = !groups && users?.has(user) !== false && some.length > 0;
    return isAsked ? [{ user, ...change, holds: some }] : [];
  };
  const isAboutSets = groups !== undefined || permissionSets !== undefined || question.actions !== undefined;
  const lost = select(impact.lost, 'before');
  const losers = peopleIn(blocksOf(people.lists, lost));
  return {
    people: people.lists,
    gained: select(impact.gained, 'after'),
    lost,
    lastAccess: impact.lastAccess.filter((user) => losers.has(user)),
    // They are told without the way, so that a question about one way is not about them.
    newAdministrators: isAboutSets
      ? []
      : impact.newAdministrators.flatMap((one) => some([one]).map((reach) => ({ ...reach, by: one.by }))),
    lostAdministrators: isAboutSets ? [] : some(impact.lostAdministrators),
    edited: ofSets(impact.edited),
    attributes: ofSets(impact.attributes),
    changedHands: impact.changedHands.flatMap(handsAsked),
    ...(impact.policyData && { policyData: impact.policyData }),
  };
}

type Lists = 'users' | 'groups' | 'permissionSets' | 'accounts';

/** What is asked about, by list; of one that is absent, everything. */
export const setsOf = ({
  users,
  groups,
  permissionSets,
  accounts,
}: AccessQuestion): Partial<Record<Lists, ReadonlySet<string>>> =>
  Object.fromEntries(
    Object.entries({ users, groups, permissionSets, accounts }).flatMap(([name, list]) =>
      list ? [[name, new Set(list)]] : [],
    ),
  );

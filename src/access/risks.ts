import { assignedSet, type AccessImpact, type AccessRisk, type JudgedFacts, type Place } from '../core/access.ts';
import type { Adopted } from '../core/findings.ts';
import { groupBy } from '../core/group-by.ts';
import { KeyedMap } from '../core/keyed-map.ts';
import { mergeBlocks, type Block, type PeopleLists } from '../core/reach.ts';
import { grantKey, renewedGrants, type Side } from './holdings.ts';
import { holdsOf, waysOn, type Hold } from './ways.ts';

export interface RiskInput {
  facts: JudgedFacts;
  access: Pick<AccessImpact, 'gained'>;
  /** What is live already, and newly in the file. */
  adopted: readonly Pick<Adopted, 'holds'>[];
  /** Where the lists of people are kept to which `access` refers, and the risks will. */
  people: PeopleLists;
  managementAccount: string;
}

/** Where a permission set gives people power over an account that they did not have: one risk a set. */
export function accessRisks(input: RiskInput): AccessRisk[] {
  return [...powerfulGrants(input), ...powerfulEdits(input), ...powerfulAdoptions(input)];
}

/** Who is reached, and all accounts, those too where the set is granted to a group that no one is in yet. */
interface Found {
  blocks: Block[];
  accounts: Set<string>;
  /** The groups that it is newly granted to. */
  groups: Set<string>;
}

/** New grants of a powerful set, also to groups that nobody is in yet. */
function powerfulGrants(input: RiskInput): AccessRisk[] {
  const { facts, access, people } = input;
  const isPowerful = powerfulAfter(facts);
  const bySet = new Map<string, Found>();
  for (const { people: index, accounts, permissionSet, ways } of access.gained) {
    for (const set of new Set(ways.map(({ assigned = permissionSet }) => assigned))) {
      const users = people.lists[index] ?? [];
      add(bySet, set, { users, accounts: accounts.filter((account) => isPowerful(set, account)) });
    }
  }
  // What a set made anew carries over is not new.
  const ended = new KeyedMap(
    renewedGrants(facts).flatMap((one) => (one.status === 'deleted' ? [[grantKey(one), one]] : [])),
  );
  for (const { user, group, grant, status } of facts.elements) {
    if (!grant || status !== 'created' || !isPowerful(assignedSet(grant), grant.account)) continue;
    if (ended.has(grantKey({ user, group, grant }))) continue;
    const { groups } = add(bySet, assignedSet(grant), { users: [], accounts: [grant.account] });
    if (group !== undefined) groups.add(group);
  }
  return risksOf({ code: 'powerful-grant' }, bySet, powersAfter(facts), input);
}

/** Sets that become powerful, or more so, in the hands of people who hold them already. */
function powerfulEdits(input: RiskInput): AccessRisk[] {
  const { facts } = input;
  const edited = [...facts.editedSets, ...facts.renewedSets.values()];
  // Nowhere has a set more power than in the management account.
  const sets = new Set(edited.filter((set) => facts.powersOf('after', set, 'management').length > 0));
  if (sets.size === 0) return [];
  const bySet = new Map<string, Found>();
  const added = new Map<string, Set<string>>();
  for (const hold of holdsOf(facts, ({ permissionSet }) => sets.has(permissionSet))) {
    const { permissionSet, holders: users } = hold;
    for (const [place, accounts] of byPlace(facts, hold.accounts)) {
      const more = newPowers(facts, hold, place);
      if (more.length === 0) continue;
      add(bySet, permissionSet, { users, accounts });
      added.set(permissionSet, new Set([...(added.get(permissionSet) ?? []), ...more]));
    }
  }
  return risksOf({ code: 'powerful-edit' }, bySet, (set) => [...(added.get(set) ?? [])], input);
}

/** What a hold that was there before has of power that it lacked; an administrator can't become more. */
function newPowers(facts: JudgedFacts, hold: Hold, place: Place): string[] {
  const assignedOn = (side: Side): string[] => [
    ...new Set(waysOn(side, hold).map((way) => way.assigned ?? hold.permissionSet)),
  ];
  const before = assignedOn('before');
  if (before.length === 0 || before.some((set) => facts.administratorSets.before.has(set))) return [];
  const known = new Set(before.flatMap((set) => facts.powersOf('before', set, place)));
  return assignedOn('after')
    .flatMap((set) => facts.powersOf('after', set, place))
    .filter((power) => !known.has(power));
}

/** Powerful sets that are held already by what the file newly asks for, also by groups that nobody is in yet. */
function powerfulAdoptions(input: RiskInput): AccessRisk[] {
  const { adopted, facts, people } = input;
  const isPowerful = powerfulAfter(facts);
  const bySet = new Map<string, Found>();
  for (const { permissionSet, people: index, accounts } of adopted.flatMap(({ holds }) => holds)) {
    const users = people.lists[index] ?? [];
    add(bySet, permissionSet, { users, accounts: accounts.filter((account) => isPowerful(permissionSet, account)) });
  }
  return risksOf({ code: 'powerful-adoption' }, bySet, powersAfter(facts), input);
}

const byPlace = ({ placeOf }: JudgedFacts, accounts: Iterable<string>): Map<Place, string[]> =>
  groupBy(accounts, placeOf) as Map<Place, string[]>;

/** Asked for every grant, of which there can be a million: found once for each set and place. */
function powerfulAfter(facts: JudgedFacts): (set: string, account: string) => boolean {
  const known: Record<Place, Map<string, boolean>> = { management: new Map(), delegated: new Map(), member: new Map() };
  return (set, account) => {
    const place = facts.placeOf(account);
    const found = known[place].get(set) ?? facts.powersOf('after', set, place).length > 0;
    known[place].set(set, found);
    return found;
  };
}

const powersAfter =
  (facts: JudgedFacts) =>
  (set: string, { accounts }: Found): string[] => [
    ...new Set([...byPlace(facts, accounts).keys()].flatMap((place) => facts.powersOf('after', set, place))),
  ];

function add(bySet: Map<string, Found>, set: string, block: Block): Found {
  const found: Found = bySet.get(set) ?? { blocks: [], accounts: new Set(), groups: new Set() };
  if (block.accounts.length === 0) return found;
  bySet.set(set, found);
  if (block.users.length > 0) found.blocks.push(block);
  for (const account of block.accounts) found.accounts.add(account);
  return found;
}

/** What reaches the management account first. */
function risksOf(
  { code }: Pick<AccessRisk, 'code'>,
  bySet: ReadonlyMap<string, Found>,
  powersOf: (set: string, found: Found) => string[],
  { managementAccount, people }: RiskInput,
): AccessRisk[] {
  const rank = ({ accounts }: Found): number => (accounts.has(managementAccount) ? 0 : 1);
  return [...bySet]
    .sort(([a, foundA], [b, foundB]) => rank(foundA) - rank(foundB) || (a < b ? -1 : 1))
    .map(([permissionSet, found]) => ({ permissionSet, ...found, powers: powersOf(permissionSet, found) }))
    .map(({ permissionSet, powers, blocks, accounts, groups }) => ({
      code,
      permissionSet,
      powers,
      accounts: [...accounts].sort(),
      ...(groups.size > 0 && { groups: [...groups].sort() }),
      reach: people.reachOf(mergeBlocks(blocks)),
    }));
}

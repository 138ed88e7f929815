import { assignedSet, type AccessFacts, type AccessImpact, type AccessRisk } from '../core/access.ts';
import type { Adopted } from '../core/findings.ts';
import { KeyedMap } from '../core/keyed-map.ts';
import { mergeBlocks, type Block, type PeopleLists } from '../core/reach.ts';
import { grantKey, renewedGrants, type Side } from './holdings.ts';
import { holdsOf, waysOn, type Hold } from './ways.ts';

export interface RiskInput {
  facts: AccessFacts;
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
}

/** New grants of a powerful set, also to groups that nobody is in yet. */
function powerfulGrants(input: RiskInput): AccessRisk[] {
  const { facts, access, people } = input;
  const isPowerful = (set: string): boolean => (facts.powers.after.get(set) ?? []).length > 0;
  const bySet = new Map<string, Found>();
  for (const { people: index, accounts, permissionSet, ways } of access.gained) {
    const sets = new Set(ways.map(({ assigned = permissionSet }) => assigned).filter(isPowerful));
    for (const set of sets) add(bySet, set, { users: people.lists[index] ?? [], accounts });
  }
  // What a set made anew carries over is not new.
  const ended = new KeyedMap(
    renewedGrants(facts).flatMap((one) => (one.status === 'deleted' ? [[grantKey(one), one]] : [])),
  );
  for (const { user, group, grant, status } of facts.elements) {
    if (!grant || status !== 'created' || !isPowerful(assignedSet(grant))) continue;
    if (ended.has(grantKey({ user, group, grant }))) continue;
    add(bySet, assignedSet(grant), { users: [], accounts: [grant.account] });
  }
  return risksOf({ code: 'powerful-grant' }, bySet, (set) => facts.powers.after.get(set) ?? [], input);
}

/** Sets that become powerful, or more so, in the hands of people who hold them already. */
function powerfulEdits(input: RiskInput): AccessRisk[] {
  const { facts } = input;
  const sets = setsWithMore(facts);
  if (sets.size === 0) return [];
  const powersOn = (side: Side, hold: Hold): string[] => {
    const assigned = new Set(waysOn(side, hold).map((way) => way.assigned ?? hold.permissionSet));
    return [...assigned].flatMap((set) => facts.powers[side].get(set) ?? []);
  };
  const bySet = new Map<string, Found>();
  const added = new Map<string, Set<string>>();
  for (const hold of holdsOf(facts, ({ permissionSet }) => sets.has(permissionSet))) {
    if (waysOn('before', hold).length === 0) continue;
    const known = new Set(powersOn('before', hold));
    const more = powersOn('after', hold).filter((power) => !known.has(power));
    if (more.length === 0) continue;
    const { permissionSet, holders: users, accounts } = hold;
    add(bySet, permissionSet, { users, accounts });
    added.set(permissionSet, new Set([...(added.get(permissionSet) ?? []), ...more]));
  }
  return risksOf({ code: 'powerful-edit' }, bySet, (set) => [...(added.get(set) ?? [])], input);
}

/** Powerful sets that are held already by what the file newly asks for, also by groups that nobody is in yet. */
function powerfulAdoptions(input: RiskInput): AccessRisk[] {
  const { adopted, facts, people } = input;
  const powersOf = (set: string): string[] => facts.powers.after.get(set) ?? [];
  const bySet = new Map<string, Found>();
  for (const { permissionSet, people: index, accounts } of adopted.flatMap(({ holds }) => holds)) {
    if (powersOf(permissionSet).length > 0) {
      add(bySet, permissionSet, { users: people.lists[index] ?? [], accounts });
    }
  }
  return risksOf({ code: 'powerful-adoption' }, bySet, powersOf, input);
}

/** Sets with a power that they lack before, or that the set lacks whose place they take. */
function setsWithMore({ powers, renewedSets }: AccessFacts): Set<string> {
  const more = new Set<string>();
  const compare = (old: string, set: string): void => {
    const known = powers.before.get(old);
    if (known && powers.after.get(set)?.some((power) => !known.includes(power))) more.add(set);
  };
  for (const set of powers.after.keys()) compare(set, set);
  for (const [old, set] of renewedSets) compare(old, set);
  return more;
}

function add(bySet: Map<string, Found>, set: string, block: Block): void {
  const found: Found = bySet.get(set) ?? { blocks: [], accounts: new Set() };
  bySet.set(set, found);
  if (block.users.length > 0) found.blocks.push(block);
  for (const account of block.accounts) found.accounts.add(account);
}

/** What reaches the management account first. */
function risksOf(
  { code }: Pick<AccessRisk, 'code'>,
  bySet: ReadonlyMap<string, Found>,
  powersOf: (set: string) => readonly string[],
  { managementAccount, people }: RiskInput,
): AccessRisk[] {
  const rank = ({ accounts }: Found): number => (accounts.has(managementAccount) ? 0 : 1);
  return [...bySet]
    .sort(([a, foundA], [b, foundB]) => rank(foundA) - rank(foundB) || (a < b ? -1 : 1))
    .map(([permissionSet, { blocks, accounts }]) => ({
      code,
      permissionSet,
      powers: powersOf(permissionSet).toSorted(),
      accounts: [...accounts].sort(),
      reach: people.reachOf(mergeBlocks(blocks)),
    }));
}

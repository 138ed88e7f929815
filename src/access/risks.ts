import { assignedSet, type AccessChange, type AccessFacts } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import { KeyedMap } from '../core/keyed-map.ts';
import type { Names } from '../core/kind.ts';
import type { Warning } from '../core/plan.ts';
import { listOf, peopleCount } from '../core/words.ts';
import { grantKey, holdingKey, holdings, renewedGrants, type Holding, type Side } from './holdings.ts';

export interface RiskInput {
  facts: AccessFacts;
  gained: readonly AccessChange[];
  managementAccount: string;
  names: Names;
}

/** Where a permission set gets power over an account to people who had it not: one warning a set. */
export function accessRisks(input: RiskInput): Warning[] {
  return [...powerfulGrants(input), ...powerfulEdits(input)];
}

interface Reach {
  accounts: Set<string>;
  people: Set<string>;
}

/** New grants of a powerful set, also to groups that nobody is in yet. */
function powerfulGrants(input: RiskInput): Warning[] {
  const { facts, gained } = input;
  const gaining = new Set(gained.flatMap(({ after }) => after.flatMap(({ elements }) => elements)));
  const isPowerful = (set: string): boolean => (facts.powers.after.get(set) ?? []).length > 0;
  const contentOf = new Map<Address, string>();
  for (const element of facts.elements) {
    if (!element.grant || !isPowerful(assignedSet(element.grant)) || !gaining.has(element.address)) continue;
    contentOf.set(element.address, assignedSet(element.grant));
  }
  const bySet = new Map<string, Reach>();
  for (const { user, account, after } of gained) {
    const sets = new Set(after.flatMap(({ elements }) => elements.flatMap((address) => contentOf.get(address) ?? [])));
    for (const set of sets) reachOf(bySet, set, account).people.add(user);
  }
  // What a set made anew carries over is not new.
  const ended = new KeyedMap(
    renewedGrants(facts).flatMap((one) => (one.status === 'deleted' ? [[grantKey(one), one]] : [])),
  );
  for (const { user, group, grant, status } of facts.elements) {
    if (!grant || status !== 'created' || !isPowerful(assignedSet(grant))) continue;
    if (ended.has(grantKey({ user, group, grant }))) continue;
    reachOf(bySet, assignedSet(grant), grant.account);
  }
  return sorted(bySet, input).map(([set, { accounts, people }]) => {
    const who =
      people.size === 0
        ? 'nobody gains it by that now, but whoever joins the group will'
        : `${peopleCount(people.size)} ${people.size === 1 ? 'gains' : 'gain'} it`;
    return {
      code: 'powerful-grant',
      message: `${set} is granted anew in ${listAccounts(accounts, input)}: ${who}. Who holds it reaches everything or can raise their own rights (it has ${listOf(facts.powers.after.get(set) ?? [])}).`,
    };
  });
}

/** Sets that become powerful, or more so, in the hands of people who hold them already. */
function powerfulEdits(input: RiskInput): Warning[] {
  const { facts } = input;
  const sets = setsWithMore(facts);
  if (sets.size === 0) return [];
  const powersOn = (side: Side, { contents }: Holding): string[] =>
    [...contents].flatMap((set) => facts.powers[side].get(set) ?? []);
  const before = new KeyedMap(
    holdings(facts, 'before', { sets }).map((held) => [
      holdingKey(held.user, held.account, held.permissionSet),
      new Set(powersOn('before', held)),
    ]),
  );
  const bySet = new Map<string, Reach>();
  const added = new Map<string, Set<string>>();
  for (const held of holdings(facts, 'after', { sets })) {
    const { user, account, permissionSet } = held;
    const known = before.get(holdingKey(user, account, permissionSet));
    const more = known ? powersOn('after', held).filter((power) => !known.has(power)) : [];
    if (more.length === 0) continue;
    reachOf(bySet, permissionSet, account).people.add(user);
    added.set(permissionSet, new Set([...(added.get(permissionSet) ?? []), ...more]));
  }
  return sorted(bySet, input).map(([set, { accounts, people }]) => ({
    code: 'powerful-edit',
    message: `${set} gets ${listOf([...(added.get(set) ?? [])])}, so who holds it reaches everything or can raise their own rights. ${peopleCount(people.size)} ${people.size === 1 ? 'holds' : 'hold'} it already, in ${listAccounts(accounts, input)}.`,
  }));
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

function reachOf(bySet: Map<string, Reach>, set: string, account: string): Reach {
  const known = bySet.get(set) ?? { accounts: new Set(), people: new Set() };
  bySet.set(set, known);
  known.accounts.add(account);
  return known;
}

/** What reaches the management account first. */
const sorted = (bySet: Map<string, Reach>, { managementAccount }: RiskInput): [string, Reach][] => {
  const rank = ({ accounts }: Reach): number => (accounts.has(managementAccount) ? 0 : 1);
  return [...bySet].sort(([a, reachA], [b, reachB]) => rank(reachA) - rank(reachB) || (a < b ? -1 : 1));
};

/** The accounts that one warning spells out; the management account always is one of them. */
const accountsInLine = 5;

function listAccounts(accounts: ReadonlySet<string>, { managementAccount, names }: RiskInput): string {
  const others = [...accounts].filter((id) => id !== managementAccount).map((id) => names.account(id));
  const first = accounts.has(managementAccount) ? [mainAccount(names.account(managementAccount))] : [];
  return listOf([...first, ...others.sort()], accountsInLine, 'more accounts');
}

const mainAccount = (name: string): string =>
  name === 'management' ? 'the management account' : `the management account ${name}`;

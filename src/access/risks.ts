import type { AccessChange, AccessFacts } from '../core/access.ts';
import type { Names } from '../core/kind.ts';
import type { Warning } from '../core/plan.ts';
import { listOf, peopleCount } from '../core/words.ts';
import { grantKey, holdingKey, holdings } from './holdings.ts';

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
  const isPowerful = (set: string): boolean => (facts.powers.after.get(set) ?? []).length > 0;
  const bySet = new Map<string, Reach>();
  for (const { user, account, permissionSet } of gained) {
    if (isPowerful(permissionSet)) reachOf(bySet, permissionSet, account).people.add(user);
  }
  // What a set made anew carries over is not new.
  const ended = new Set(facts.elements.filter(({ status }) => status === 'deleted').map(grantKey));
  for (const element of facts.elements) {
    const { grant, status } = element;
    if (!grant || status !== 'created' || !isPowerful(grant.permissionSet) || ended.has(grantKey(element))) continue;
    reachOf(bySet, grant.permissionSet, grant.account);
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
  const { facts, gained } = input;
  const { before, after } = facts.powers;
  const added = new Map(
    [...after].map(([set, powers]) => [set, powers.filter((power) => !(before.get(set) ?? []).includes(power))]),
  );
  const sets = new Set([...added].flatMap(([set, powers]) => (before.has(set) && powers.length > 0 ? [set] : [])));
  if (sets.size === 0) return [];
  const isNew = new Set(gained.map(({ user, account, permissionSet }) => holdingKey(user, account, permissionSet)));
  const bySet = new Map<string, Reach>();
  for (const { user, account, permissionSet } of holdings(facts, 'after', { sets })) {
    if (isNew.has(holdingKey(user, account, permissionSet))) continue;
    reachOf(bySet, permissionSet, account).people.add(user);
  }
  return sorted(bySet, input).map(([set, { accounts, people }]) => ({
    code: 'powerful-edit',
    message: `${set} gets ${listOf(added.get(set) ?? [])}, so who holds it reaches everything or can raise their own rights. ${peopleCount(people.size)} ${people.size === 1 ? 'holds' : 'hold'} it already, in ${listAccounts(accounts, input)}.`,
  }));
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

import { compareTexts } from '../../core/compare-texts.ts';
import { managementAccountOf, type Plan } from '../../core/plan.ts';
import { sanitize, sanitizeName } from '../../core/sanitize.ts';

/** How the accounts of a text are told. Every name in it is sanitized. */
export interface AccountNames {
  /** `production (111122223333)`, each, in order. */
  all: string[];
  nameOf(id: string): string;
  /** The names of these accounts: those that come first, then the others by name. */
  inOrder(ids: readonly string[]): string[];
  /** The management account and those of `safety.protected`: what happens there is told first and is never left out. */
  comesFirst(id: string): boolean;
}

type Named = Pick<Plan, 'accounts' | 'organizationsNames'> & Partial<Pick<Plan, 'instance' | 'guards'>>;

/** Accounts by name; where two share one, by name and id. */
export function nameAccounts({ accounts, organizationsNames = {}, instance, guards }: Named): AccountNames {
  const management = instance && managementAccountOf(instance);
  const protectedAccounts = protectedIn(guards?.safety);
  const rank = (id: string, name: string): number =>
    id === management ? 0 : protectedAccounts.has(id) || protectedAccounts.has(name) ? 1 : 2;
  const known = Object.entries(accounts)
    .map(([id, name]) => ({ id, name: sanitizeName(name), rank: rank(id, name) }))
    .sort((a, b) => a.rank - b.rank || compareTexts(a.name, b.name));
  const full = ({ id, name }: { id: string; name: string }): string =>
    name === id ? name : `${name} (${sanitize(id)})`;
  const withOther = (account: { id: string; name: string }): string => {
    const other = Object.hasOwn(organizationsNames, account.id) ? organizationsNames[account.id] : undefined;
    return other === undefined
      ? full(account)
      : `${account.name} (${sanitize(account.id)}, in Organizations ${sanitizeName(other)})`;
  };
  const bearers = new Map<string, number>();
  for (const { name } of known) bearers.set(name, (bearers.get(name) ?? 0) + 1);
  const shown = new Map(
    known.map((account) => [account.id, (bearers.get(account.name) ?? 0) > 1 ? full(account) : account.name]),
  );
  const ranks = new Map(known.map((account) => [account.id, account.rank]));
  const rankOf = (id: string): number => ranks.get(id) ?? rank(id, id);
  const nameOf = (id: string): string => shown.get(id) ?? sanitize(id);
  return {
    all: known.map(withOther),
    nameOf,
    inOrder: (ids) =>
      [...new Set(ids)]
        .map((id) => ({ name: nameOf(id), rank: rankOf(id) }))
        .sort((a, b) => a.rank - b.rank || compareTexts(a.name, b.name))
        .map(({ name }) => name),
    comesFirst: (id) => rankOf(id) < 2,
  };
}

/** As the file names them: by name or by id. */
function protectedIn(safety: unknown): Set<string> {
  const { protected: list = [] } = (safety ?? {}) as { protected?: { account: string }[] };
  return new Set(list.map(({ account }) => account));
}

/** Orders lines so that those about accounts that come first are before the others. */
export const firstOnTop = (a: { first: number }, b: { first: number }): number =>
  Number(b.first > 0) - Number(a.first > 0);

import type { LiveAccount, Organization } from '../aws/organization/accounts.ts';
import { isPattern } from '../core/account-target.ts';
import { fold } from '../core/address.ts';

/** An account by the name that the file gives it. */
export interface NamedAccount {
  id: string;
  name: string;
  state: string;
}

export interface AccountNames {
  /** The management account first, then by name. */
  named: NamedAccount[];
  /** Accounts that have no name of their own in the file: another one is called the same, or the file takes no such name. */
  unnamed: LiveAccount[];
  /** Undefined where Organizations can't be read. */
  unreadable?: string;
  /** The name in the file; where it has none, the id. */
  nameOf(id: string): string;
  /** Names and ids in the order of the section `accounts`. */
  sort(names: readonly string[]): string[];
  /** False for an account that is not in the organization any more: the file can't speak of it. */
  isKnown(id: string): boolean;
}

export function nameAccounts({ accounts, managementAccountId, unreadable = 'no answer' }: Organization): AccountNames {
  const all = [...(accounts?.values() ?? [])];
  const counts = new Map<string, number>();
  for (const { name } of all) counts.set(fold(name), (counts.get(fold(name)) ?? 0) + 1);
  const hasName = ({ name }: LiveAccount): boolean =>
    counts.get(fold(name)) === 1 && name !== '' && name !== '__proto__' && !isPattern(name) && !/^\d{12}$/.test(name);
  const named = all.filter(hasName).sort((a, b) => {
    if (a.id === managementAccountId || b.id === managementAccountId) return a.id === managementAccountId ? -1 : 1;
    return a.name < b.name ? -1 : 1;
  });
  const ranks = new Map(named.map(({ name }, rank) => [name, rank]));
  const rankOf = (name: string): number => ranks.get(name) ?? ranks.size;
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return {
    named,
    unnamed: all.filter((account) => !hasName(account)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    ...(accounts === undefined && { unreadable }),
    sort: (list) => list.toSorted((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1)),
    nameOf: (id) => names.get(id) ?? id,
    isKnown: (id) => accounts === undefined || accounts.has(id),
  };
}

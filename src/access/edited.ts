import type { AccessChange, AccessFacts, EditedSet } from '../core/access.ts';
import { KeyedMap } from '../core/keyed-map.ts';
import { holdingKey, holdings } from './holdings.ts';

/**
 * Who holds what the plan edits both before it and after it: their access changes though they gain and lose no permission
 * set.
 * @param gained those who hold it only after the plan, of whom that is told already
 */
export function editedHoldings(facts: AccessFacts, gained: readonly AccessChange[]): EditedSet[] {
  const sets = facts.editedSets;
  if (sets.size === 0) return [];
  const isNew = new KeyedMap(
    gained.map(({ user, account, permissionSet }) => [holdingKey(user, account, permissionSet), true]),
  );
  const bySet = new Map<string, Map<string, string[]>>();
  for (const { user, account, permissionSet } of holdings(facts, 'after', { sets })) {
    if (isNew.get(holdingKey(user, account, permissionSet))) continue;
    const byAccount = bySet.get(permissionSet) ?? new Map<string, string[]>();
    bySet.set(permissionSet, byAccount);
    const users = byAccount.get(account) ?? [];
    byAccount.set(account, users);
    users.push(user);
  }
  return [...bySet]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([permissionSet, byAccount]) => ({ permissionSet, holders: byPeople(byAccount) }));
}

/** The same people hold a set in many accounts, mostly: those are one entry. */
function byPeople(byAccount: ReadonlyMap<string, string[]>): EditedSet['holders'] {
  const found = new Map<string, { users: string[]; accounts: string[] }>();
  for (const [account, people] of [...byAccount].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const users = people.toSorted();
    const key = JSON.stringify(users);
    const entry = found.get(key) ?? { users, accounts: [] };
    found.set(key, entry);
    entry.accounts.push(account);
  }
  return [...found.values()];
}

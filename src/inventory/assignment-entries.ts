import type { AssignmentSpec } from '../kinds/account-assignment/kind.ts';
import type { AssignmentByAccounts } from '../kinds/account-assignment/schema.ts';
import { groupGrants, type Product } from './group-grants.ts';

/**
 * The entries that say these assignments, each in one of them. Groups and people are put together on their own, so that
 * what somebody has besides tears nothing apart that a group has; what coincides then is one entry. Everything that one
 * group has stands together, and so does what one person has. Pure.
 */
export function assignmentEntries(
  assignments: readonly AssignmentSpec[],
  accountName: (id: string) => string,
): AssignmentByAccounts[] {
  const productsOf = (type: AssignmentSpec['principalType']): Product[] =>
    groupGrants(
      assignments
        .filter(({ principalType }) => principalType === type)
        .map(({ principal, permissionSet, account }) => ({ principal, permissionSet, account: accountName(account) })),
    );
  const entries = new Map<string, AssignmentByAccounts>();
  const add = (section: 'groups' | 'users', { principals, permissionSets, accounts }: Product): void => {
    const what = { permissionSets, accounts };
    const key = JSON.stringify(what);
    entries.set(key, { ...entries.get(key), [section]: principals, ...what });
  };
  for (const product of productsOf('GROUP')) add('groups', product);
  for (const product of productsOf('USER')) add('users', product);
  return [...entries.values()]
    .map((entry) => ({ entry, place: placeOf(entry) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ entry }) => entry);
}

const placeOf = ({ groups, users, permissionSets, accounts }: AssignmentByAccounts): string =>
  JSON.stringify([groups ? 0 : 1, groups ?? [], users ?? [], permissionSets, accounts]);

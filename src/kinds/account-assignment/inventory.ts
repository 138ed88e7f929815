import type { Inventory, InventoryContext } from '../../core/inventory.ts';
import { principalEntries, type PrincipalEntry } from '../shared/principal-entries.ts';
import type { AssignmentSpec } from './kind.ts';

/** Everything that one group has stands together, and so does what one person has. */
export function inventoryAssignments(
  assignments: readonly AssignmentSpec[],
  { names, sortAccounts, proposeTargets }: InventoryContext,
): Inventory<AssignmentSpec> {
  const entries = principalEntries(assignments.map((spec) => ({ ...spec, account: names.account(spec.account) })));
  return {
    entries: entries
      .map((entry) => ({ entry, place: placeOf(entry) }))
      .sort((a, b) => (a.place < b.place ? -1 : 1))
      .map(({ entry }) => ({
        piece: [{ ...entry, accounts: sortAccounts(entry.accounts) }],
        notes: proposeTargets(entry.accounts),
      })),
  };
}

const placeOf = ({ groups, users, permissionSets, accounts }: PrincipalEntry): string =>
  JSON.stringify([groups ? 0 : 1, groups ?? [], users ?? [], permissionSets, accounts]);

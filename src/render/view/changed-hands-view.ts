import type { ChangedHands } from '../../core/access.ts';
import { sanitizeName } from '../../core/sanitize.ts';
import { firstOnTop, type AccountNames } from './account-names.ts';

/** One person, what of them is another, and what they hold. */
export interface ChangedHandsLine {
  users: [string];
  changes: { field: string; before?: string; after?: string }[];
  holds: { permissionSet: string; accounts: string[] }[];
  applications: string[];
  /** As of an {@link AccessLine}. */
  first: number;
}

export function viewChangedHands(
  changedHands: readonly ChangedHands[],
  { inOrder, comesFirst }: AccountNames,
): ChangedHandsLine[] {
  return changedHands
    .map(({ user, changes, holds, applications }): ChangedHandsLine => ({
      users: [sanitizeName(user)],
      changes: changes.flatMap((change) => {
        if (change.type !== 'value') return [];
        const { field, before, after } = change;
        return [
          {
            field,
            ...(before !== null && { before: sanitizeName(before) }),
            ...(after !== null && { after: sanitizeName(after) }),
          },
        ];
      }),
      holds: holds.map(({ permissionSet, accounts }) => ({
        permissionSet: sanitizeName(permissionSet),
        accounts: inOrder(accounts),
      })),
      applications: applications.map(sanitizeName),
      first: new Set(holds.flatMap(({ accounts }) => accounts.filter(comesFirst))).size,
    }))
    .sort(firstOnTop);
}

import { groupBy } from '../../core/group-by.ts';
import type { Inventory } from '../../core/inventory.ts';
import type { MembershipSpec } from './kind.ts';

/** The members of each group, for its entry. */
export function inventoryMemberships(memberships: readonly MembershipSpec[]): Inventory<MembershipSpec> {
  return {
    entries: [...groupBy(memberships, ({ group }) => group)].map(([group, members]) => ({
      piece: { [group]: { members: members.map(({ user }) => user).sort() } },
    })),
    orphanNoun: 'members',
  };
}

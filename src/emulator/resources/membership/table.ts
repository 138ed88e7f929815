import type { Context, Engine } from '../../core/context.ts';
import type { Table } from '../../core/table.ts';
import type { TableDefinitions } from '../../core/world.ts';
import { type Audited, notFoundHere, requireStore } from '../../services/identity-store/store.ts';

export interface Membership extends Audited {
  readonly MembershipId: string;
  readonly GroupId: string;
  readonly UserId: string;
}

declare module '../../core/world.ts' {
  interface Tables {
    /** By id; `pair` is by `memberKey`. */
    readonly memberships: Table<Membership, 'group' | 'user' | 'pair'>;
  }
}

export const memberships: TableDefinitions['memberships'] = {
  key: (row) => row.MembershipId,
  indexes: {
    group: (row) => row.GroupId,
    user: (row) => row.UserId,
    pair: (row) => memberKey(row.GroupId, row.UserId),
  },
};

export function memberKey(groupId: string, userId: string): string {
  return `${groupId} ${userId}`;
}

export function requireMembership(
  context: Context,
  input: { IdentityStoreId: string; MembershipId: string },
): Membership {
  requireStore(context, input.IdentityStoreId);
  const found = context.world.memberships.get(input.MembershipId);
  if (!found) throw notFoundHere('GROUP_MEMBERSHIP', input.MembershipId);
  return found;
}

export function removeMembership({ world, report }: Engine, { MembershipId, GroupId, UserId }: Membership): void {
  world.memberships.delete(MembershipId);
  report({ type: 'membership-deleted', membershipId: MembershipId, groupId: GroupId, userId: UserId });
}

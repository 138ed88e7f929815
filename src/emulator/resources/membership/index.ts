import type { Engine } from '../../core/context.ts';
import { defineResource } from '../../core/resource.ts';
import { identityStore } from '../../services/identity-store/service.ts';
import { membershipOperations } from './operations.ts';
import { type Membership, memberships, removeMembership } from './table.ts';

declare module '../../core/behaviour.ts' {
  interface Behaviour {
    /** Memberships of a deleted user or group; what becomes of them is not documented. */
    membershipsOfDeletedPrincipal: 'vanish' | 'stay';
  }
}

declare module '../../core/changes.ts' {
  interface Changes {
    'membership-created': { membershipId: string; groupId: string; userId: string };
    'membership-deleted': { membershipId: string; groupId: string; userId: string };
  }
}

export const membership = defineResource({
  service: identityStore,
  tables: { memberships },
  operations: membershipOperations,
  defaults: { membershipsOfDeletedPrincipal: 'vanish' },
  reactions: {
    'user-deleted': (engine, { userId }) => removeAll(engine, engine.world.memberships.by('user', userId)),
    'group-deleted': (engine, { groupId }) => removeAll(engine, engine.world.memberships.by('group', groupId)),
  },
  nameOf({ memberships }, id, nameOf) {
    const found = memberships.get(id);
    return found && `${nameOf(found.UserId)} in ${nameOf(found.GroupId)}`;
  },
});

function removeAll(engine: Engine, rows: readonly Membership[]): void {
  if (engine.behaviour.membershipsOfDeletedPrincipal === 'stay') return;
  for (const row of rows) removeMembership(engine, row);
}

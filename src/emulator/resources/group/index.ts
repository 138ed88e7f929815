import type { Engine } from '../../core/context.ts';
import { defineResource } from '../../core/resource.ts';
import { nextRevision } from '../../services/identity-store/revisions.ts';
import { identityStore } from '../../services/identity-store/service.ts';
import { notFoundHere } from '../../services/identity-store/store.ts';
import { groupOperations } from './operations.ts';
import { groups } from './table.ts';

declare module '../../core/behaviour.ts' {
  interface Quotas {
    groups: number;
  }
}

declare module '../../core/changes.ts' {
  interface Changes {
    'group-created': { groupId: string };
    'group-updated': { groupId: string };
    'group-deleted': { groupId: string };
  }
}

export const group = defineResource({
  service: identityStore,
  tables: { groups },
  operations: groupOperations,
  defaults: { quotas: { groups: 100_000 } },
  reactions: {
    'membership-created': (engine, { groupId }) => moveRevision(engine, groupId),
    'membership-deleted': (engine, { groupId }) => moveRevision(engine, groupId),
  },
  nameOf: ({ groups }, id) => groups.get(id)?.DisplayName,
  refuseUnknown({ groups }, { GroupId }) {
    return typeof GroupId === 'string' && !groups.has(GroupId) ? notFoundHere('GROUP', GroupId) : undefined;
  },
});

function moveRevision({ world, behaviour }: Engine, groupId: string): void {
  const group = world.groups.get(groupId);
  if (group && behaviour.groupRevision === 'moved-by-members') world.groups.put({ ...group, ...nextRevision(group) });
}

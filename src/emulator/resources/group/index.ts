import { defineResource } from '../../core/resource.ts';
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
  nameOf: ({ groups }, id) => groups.get(id)?.DisplayName,
  refuseUnknown({ groups }, { GroupId }) {
    return typeof GroupId === 'string' && !groups.has(GroupId) ? notFoundHere('GROUP', GroupId) : undefined;
  },
});

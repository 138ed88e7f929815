import type { Context } from '../../core/context.ts';
import type { Table } from '../../core/table.ts';
import type { TableDefinitions } from '../../core/world.ts';
import type { Revised } from '../../services/identity-store/revisions.ts';
import {
  type Audited,
  type ExternalId,
  externalIdKey,
  notFoundHere,
  requireStore,
} from '../../services/identity-store/store.ts';

export interface Group extends Audited, Revised {
  readonly GroupId: string;
  readonly DisplayName: string;
  readonly Description?: string;
  readonly ExternalIds?: readonly ExternalId[];
}

declare module '../../core/world.ts' {
  interface Tables {
    readonly groups: Table<Group, 'name' | 'externalId'>;
  }
}

export const groups: TableDefinitions['groups'] = {
  key: (row) => row.GroupId,
  indexes: { name: (row) => row.DisplayName, externalId: (row) => row.ExternalIds?.map(externalIdKey) },
};

export function requireGroup(context: Context, input: { IdentityStoreId: string; GroupId: string }): Group {
  requireStore(context, input.IdentityStoreId);
  const found = context.world.groups.get(input.GroupId);
  if (!found) throw notFoundHere('GROUP', input.GroupId);
  return found;
}

import { ServiceError } from '../../core/errors.ts';
import type { Context } from '../../core/context.ts';
import { hexId } from '../../core/ids.ts';
import type { Table } from '../../core/table.ts';
import type { TableDefinitions, Tag, World } from '../../core/world.ts';

export interface OrganizationalUnit {
  readonly Id: string;
  readonly Name: string;
  readonly ParentId: string;
  readonly Tags: readonly Tag[];
}

declare module '../../core/world.ts' {
  interface Tables {
    readonly organizationalUnits: Table<OrganizationalUnit, 'parent'>;
  }
}

export const organizationalUnits: TableDefinitions['organizationalUnits'] = {
  key: (row) => row.Id,
  indexes: { parent: (row) => row.ParentId },
};

export function organizationalUnitId(root: string, seed: string): string {
  return `ou-${root.slice(2)}-${hexId(`ou ${seed}`, 8)}`;
}

/** The root or a unit: what accounts and units can be in. */
export function requireParent({ world }: Context, id: string, error = 'ParentNotFoundException'): void {
  if (id === world.organization.RootId || world.organizationalUnits.has(id)) return;
  throw new ServiceError(error, "You specified parent that doesn't exist.");
}

/** `o-.../r-.../ou-.../`: the way down from the organization to a root or OU. */
export function pathOf({ organization, organizationalUnits }: World, id: string): string {
  const names: string[] = [];
  let unit = organizationalUnits.get(id);
  while (unit) {
    names.unshift(unit.Id);
    unit = organizationalUnits.get(unit.ParentId);
  }
  return [organization.Id, organization.RootId, ...names, ''].join('/');
}

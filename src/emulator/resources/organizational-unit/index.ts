import { defineResource, taggedRow } from '../../core/resource.ts';
import { organizations } from '../../services/organizations/service.ts';
import { organizationalUnitOperations } from './operations.ts';
import { organizationalUnits } from './table.ts';

declare module '../../core/changes.ts' {
  interface Changes {
    'organizational-unit-created': { organizationalUnitId: string };
    'organizational-unit-updated': { organizationalUnitId: string };
    'organizational-unit-deleted': { organizationalUnitId: string };
  }
}

export const organizationalUnit = defineResource({
  service: organizations,
  tables: { organizationalUnits },
  operations: organizationalUnitOperations,
  tagged: ({ world, report }, id) =>
    taggedRow(world.organizationalUnits, id, () => {
      report({ type: 'organizational-unit-updated', organizationalUnitId: id });
    }),
});

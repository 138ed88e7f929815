import type { Address } from '../../core/address.ts';
import type { Step } from '../../core/plan.ts';
import type { PermissionSetSpec } from './kind.ts';

const roleFields = new Set<string>([
  'sessionDuration',
  'managedPolicies',
  'customerManagedPolicies',
  'permissionsBoundary',
  'inlinePolicy',
  'provisioned',
] satisfies (keyof PermissionSetSpec)[]);

/** Steps that change what a permission set's roles allow, by the set's name. */
export function editedSets(steps: readonly Step[]): Map<string, Address> {
  return new Map(
    steps.flatMap(({ id, kind, action, changes, after }) =>
      kind === 'permission-set' && action === 'update' && changes.some(({ field }) => roleFields.has(field))
        ? [[(after as PermissionSetSpec).name, id]]
        : [],
    ),
  );
}

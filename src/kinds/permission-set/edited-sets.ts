import type { Address } from '../../core/address.ts';
import { isThingOf, type StepOf } from '../../core/of-kind.ts';
import type { Thing } from '../../core/state.ts';
import { roleContent } from './content.ts';
import { permissionSet, type PermissionSetSpec } from './kind.ts';

const roleFields: readonly (keyof PermissionSetSpec)[] = [
  'sessionDuration',
  'managedPolicies',
  'customerManagedPolicies',
  'permissionsBoundary',
  'inlinePolicy',
  'provisioned',
];

/** Steps that change what a permission set's roles allow, by the set's name. */
export function editedSets(steps: readonly StepOf<PermissionSetSpec>[]): Map<string, Address> {
  return new Map(
    steps.flatMap(({ id, action, changes, after }) =>
      action === 'update' && changes.some(({ field }) => roleFields.some((one) => one === field))
        ? [[after.name, id]]
        : [],
    ),
  );
}

/**
 * The new names of permission sets that are made anew and whose roles then allow something else. Where an earlier run has
 * made the new one already, nothing here says that they don't.
 */
export function renewedWithEdits(
  steps: readonly StepOf<PermissionSetSpec>[],
  newNames: ReadonlyMap<string, string>,
): string[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  return steps.flatMap(({ before, replacedBy }) => {
    if (before === undefined || replacedBy === undefined) return [];
    const name = newNames.get(before.name);
    const made = byId.get(replacedBy)?.after;
    return name !== undefined && (!made || roleContent(before) !== roleContent(made)) ? [name] : [];
  });
}

/** The name of a permission set whose roles allow something else than they did before. */
export function setWithOtherRoles(before: Thing, now: Thing): string | undefined {
  if (!isThingOf(permissionSet, before) || !isThingOf(permissionSet, now)) return undefined;
  return roleContent(before.spec) === roleContent(now.spec) ? undefined : now.spec.name;
}

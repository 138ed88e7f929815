import type { Address } from '../../core/address.ts';
import { digestOfJson } from '../../core/digest.ts';
import type { Step } from '../../core/plan.ts';
import { stableJson } from '../../core/stable-json.ts';
import { comparablePolicy } from '../shared/policy/document.ts';
import { policyReference } from './boundary.ts';
import type { PermissionSetSpec } from './kind.ts';

const contentFields = [
  'sessionDuration',
  'managedPolicies',
  'customerManagedPolicies',
  'permissionsBoundary',
  'inlinePolicy',
] as const satisfies (keyof PermissionSetSpec)[];

const roleFields: readonly (keyof PermissionSetSpec)[] = [...contentFields, 'provisioned'];

/** Steps that change what a permission set's roles allow, by the set's name. */
export function editedSets(steps: readonly Step[]): Map<string, Address> {
  return new Map(
    steps.flatMap(({ id, kind, action, changes, after }) =>
      kind === 'permission-set' &&
      action === 'update' &&
      changes.some(({ field }) => roleFields.some((one) => one === field))
        ? [[(after as PermissionSetSpec).name, id]]
        : [],
    ),
  );
}

/**
 * The new names of permission sets that are made anew and whose roles then allow something else. Where an earlier run has
 * made the new one already, nothing here says that they don't.
 */
export function renewedWithEdits(steps: readonly Step[], newNames: ReadonlyMap<string, string>): string[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  return steps.flatMap(({ kind, before, replacedBy, normalised }) => {
    if (kind !== 'permission-set' || replacedBy === undefined) return [];
    const name = newNames.get((before as PermissionSetSpec).name);
    const made = byId.get(replacedBy)?.normalised.after;
    return name !== undefined && (made === undefined || differInRole(normalised.before, made)) ? [name] : [];
  });
}

function differInRole(old: unknown, made: unknown): boolean {
  const contentOf = (form: unknown): string =>
    stableJson(contentFields.map((field) => (form as Partial<PermissionSetSpec>)[field] ?? null));
  return contentOf(old) !== contentOf(made);
}

/** A hash of what the roles of a permission set allow, however its policies are written. */
export function roleContent(spec: PermissionSetSpec): string {
  const { managedPolicies, customerManagedPolicies, inlinePolicy } = spec;
  return digestOfJson([
    spec.sessionDuration,
    managedPolicies.toSorted(),
    customerManagedPolicies.map(policyReference).sort(),
    spec.permissionsBoundary ?? null,
    inlinePolicy === undefined ? null : comparablePolicy(inlinePolicy),
  ]);
}

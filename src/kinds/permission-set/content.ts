import { digestOfJson } from '../../core/digest.ts';
import { specIn, type StepOf } from '../../core/of-kind.ts';
import type { Content } from '../../policies/content.ts';
import { comparablePolicy } from '../shared/policy/document.ts';
import { policyReference } from './boundary.ts';
import type { PermissionSetSpec } from './kind.ts';

/** What a permission set has of policies. */
export function contentOf(set: PermissionSetSpec): Content {
  const { managedPolicies, customerManagedPolicies, inlinePolicy, permissionsBoundary } = set;
  const { managedPolicy, customerManagedPolicy } = permissionsBoundary ?? {};
  return {
    managedPolicies,
    customerManagedPolicies: customerManagedPolicies.map(policyReference),
    ...(inlinePolicy !== undefined && { inlinePolicy }),
    ...(managedPolicy !== undefined && { permissionsBoundary: { managedPolicy } }),
    ...(customerManagedPolicy && {
      permissionsBoundary: { customerManagedPolicy: policyReference(customerManagedPolicy) },
    }),
  };
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

/** The content of sets that come or go, by step; of sets without any policy it says nothing. */
export const roleContents = (steps: readonly StepOf<PermissionSetSpec>[]): Map<string, string> =>
  new Map(
    steps.flatMap((step) => {
      const set = specIn(step);
      return allowsNothing(set) ? [] : [[step.id, roleContent(set)]];
    }),
  );

/** True of a set without any policy. */
function allowsNothing({ managedPolicies, customerManagedPolicies, inlinePolicy }: PermissionSetSpec): boolean {
  return managedPolicies.length === 0 && customerManagedPolicies.length === 0 && inlinePolicy === undefined;
}

import type { Content } from '../../policies/content.ts';
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

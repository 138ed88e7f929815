import type { PermissionSetSpec } from './kind.ts';

export type Boundary = NonNullable<PermissionSetSpec['permissionsBoundary']>;

/** The path and name of a customer managed policy. */
export const policyReference = ({ name, path }: { name: string; path: string }): string => `${path}${name}`;

/** A permissions boundary as people read it. */
export const boundaryText = ({ managedPolicy, customerManagedPolicy }: Boundary): string =>
  managedPolicy ?? (customerManagedPolicy ? policyReference(customerManagedPolicy) : 'none');

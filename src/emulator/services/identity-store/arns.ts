import type { World } from '../../core/world.ts';

// ARNs that policies speak of, as the service authorization reference has them.

export function storeArn({ organization, instance }: World): string {
  return `arn:${organization.Partition}:identitystore::${instance.OwnerAccountId}:identitystore/${instance.IdentityStoreId}`;
}

/** `*` for all of them. The ARNs name no identity store. */
export function identityArn({ organization }: World, type: 'user' | 'group' | 'membership', id: string): string {
  return `arn:${organization.Partition}:identitystore:::${type}/${id}`;
}

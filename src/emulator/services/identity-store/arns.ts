import { isObject } from '../../core/validate.ts';
import type { World } from '../../core/world.ts';

// ARNs that policies speak of, as the service authorization reference has them; requests take them too, as ids.

export function storeArn({ organization, instance }: World): string {
  return `arn:${organization.Partition}:identitystore::${instance.OwnerAccountId}:identitystore/${instance.IdentityStoreId}`;
}

/** `*` for all of them. The ARNs name no identity store. */
export function identityArn({ organization }: World, type: 'user' | 'group' | 'membership', id: string): string {
  return `arn:${organization.Partition}:identitystore:::${type}/${id}`;
}

const types = { UserId: 'user', GroupId: 'group', GroupIds: 'group', MembershipId: 'membership' } as const;

/** Requests may name the store, users, groups and memberships by their ARNs. One of something else stays, and is not found. */
export function withIds(world: World, raw: unknown): unknown {
  if (!isObject(raw)) return raw;
  const bare = (prefix: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((item: unknown) => bare(prefix, item));
    return typeof value === 'string' && value.startsWith(prefix) ? value.slice(prefix.length) : value;
  };
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => {
      if (name === 'MemberId') return [name, withIds(world, value)];
      if (name === 'IdentityStoreId') {
        return [name, value === storeArn(world) ? world.instance.IdentityStoreId : value];
      }
      const type = Object.hasOwn(types, name) ? types[name as keyof typeof types] : undefined;
      return [name, type === undefined ? value : bare(identityArn(world, type, ''), value)];
    }),
  );
}

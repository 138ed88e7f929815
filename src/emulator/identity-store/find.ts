import type { Context } from '../context.ts';
import { ServiceError } from '../errors.ts';
import type { ExternalId, Group, Membership, User } from '../rows.ts';

/** How GetUserId and GetGroupId name what they look for; one of the two is set. */
export interface AlternateIdentifier {
  readonly ExternalId?: ExternalId;
  readonly UniqueAttribute?: { readonly AttributePath: string; readonly AttributeValue?: unknown };
}

type ResourceType = 'GROUP' | 'USER' | 'IDENTITY_STORE' | 'GROUP_MEMBERSHIP';

export function notFoundHere(ResourceType: ResourceType, ResourceId?: string): ServiceError {
  const members = ResourceId === undefined ? { ResourceType } : { ResourceType, ResourceId };
  return new ServiceError('ResourceNotFoundException', `${ResourceType} not found.`, members);
}

export function duplicate(what: string): ServiceError {
  return new ServiceError('ConflictException', `Duplicate ${what}`, { Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' });
}

/** The store exists in the instance's home Region only. */
export function requireStore({ world, atHome }: Context, id: string): void {
  if (!atHome || id !== world.instance.IdentityStoreId) throw notFoundHere('IDENTITY_STORE', id);
}

export function requireUser(context: Context, input: { IdentityStoreId: string; UserId: string }): User {
  requireStore(context, input.IdentityStoreId);
  const found = context.world.users.get(input.UserId);
  if (!found) throw notFoundHere('USER', input.UserId);
  return found;
}

export function requireGroup(context: Context, input: { IdentityStoreId: string; GroupId: string }): Group {
  requireStore(context, input.IdentityStoreId);
  const found = context.world.groups.get(input.GroupId);
  if (!found) throw notFoundHere('GROUP', input.GroupId);
  return found;
}

export function requireMembership(
  context: Context,
  input: { IdentityStoreId: string; MembershipId: string },
): Membership {
  requireStore(context, input.IdentityStoreId);
  const found = context.world.memberships.get(input.MembershipId);
  if (!found) throw notFoundHere('GROUP_MEMBERSHIP', input.MembershipId);
  return found;
}

/** API reference: names that can't be used for users or groups. */
export function isReserved(name: string): boolean {
  return name === 'Administrator' || name === 'AWSAdministrators';
}

/** Deletes are idempotent in the API model, yet declare ResourceNotFoundException. */
export function acceptAbsent<Row>({ behaviour }: Context, find: () => Row): Row | undefined {
  try {
    return find();
  } catch (error) {
    const absent = error instanceof ServiceError && error.members['ResourceType'] !== 'IDENTITY_STORE';
    if (absent && behaviour.deleteAbsentIdentity === 'success') return undefined;
    throw error;
  }
}

export function createdNow({ behaviour, caller }: Context) {
  const now = behaviour.now() / 1000;
  return { CreatedAt: now, CreatedBy: caller.arn, UpdatedAt: now, UpdatedBy: caller.arn };
}

export function updatedNow({ behaviour, caller }: Context) {
  return { UpdatedAt: behaviour.now() / 1000, UpdatedBy: caller.arn };
}

/** A document value where only a text makes sense; anything else finds nothing. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

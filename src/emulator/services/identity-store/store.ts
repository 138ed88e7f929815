import type { Context } from '../../core/context.ts';
import { ServiceError, validationError } from '../../core/errors.ts';

/** When a row was made and last changed, and by whom. */
export interface Audited {
  readonly CreatedAt: number;
  readonly CreatedBy: string;
  readonly UpdatedAt: number;
  readonly UpdatedBy: string;
}

/** Of a user or a group that an identity provider made. */
export interface ExternalId {
  readonly Issuer: string;
  readonly Id: string;
}

export function externalIdKey({ Issuer, Id }: ExternalId): string {
  return JSON.stringify([Issuer, Id]);
}

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

/** The store exists in the Regions of the instance only. */
export function requireStore({ world, regionRole }: Context, id: string): void {
  if (regionRole === 'other' || id !== world.instance.IdentityStoreId) throw notFoundHere('IDENTITY_STORE', id);
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

export function createdNow({ behaviour, caller }: Context): Audited {
  const now = behaviour.now() / 1000;
  return { CreatedAt: now, CreatedBy: caller.arn, UpdatedAt: now, UpdatedBy: caller.arn };
}

export function updatedNow({ behaviour, caller }: Context) {
  return { UpdatedAt: behaviour.now() / 1000, UpdatedBy: caller.arn };
}

/** The text that GetUserId and GetGroupId look for. Throws the service's error where there is none (observed by moto's authors). */
export function wantedText({ UniqueAttribute }: AlternateIdentifier): string {
  const value = UniqueAttribute?.AttributeValue;
  if (typeof value === 'string' && value !== '') return value;
  throw validationError('attribute value cannot be empty or null for attribute path');
}

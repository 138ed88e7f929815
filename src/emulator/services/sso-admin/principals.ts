import type { Context } from '../../core/context.ts';
import { notFound, type ServiceError } from '../../core/errors.ts';
import type { RequestInput } from '../../core/resource.ts';
import type { World } from '../../core/world.ts';

export type PrincipalType = 'USER' | 'GROUP';

/** Who has access. */
export interface Principal {
  readonly PrincipalType: PrincipalType;
  readonly PrincipalId: string;
}

export function principalKey({ PrincipalType, PrincipalId }: Principal): string {
  return `${PrincipalType} ${PrincipalId}`;
}

export function requirePrincipal({ world }: Context, { PrincipalType, PrincipalId }: Principal): void {
  const refusal = refuseUnknownPrincipal(world, { PrincipalType, PrincipalId });
  if (refusal) throw refusal;
}

/** What is answered to a request that names a principal which this world doesn't have. */
export function refuseUnknownPrincipal(
  { users, groups }: World,
  { PrincipalType, PrincipalId }: RequestInput,
): ServiceError | undefined {
  const table = PrincipalType === 'USER' ? users : groups;
  if (typeof PrincipalId !== 'string' || table.has(PrincipalId)) return undefined;
  return notFound(`Could not find ${String(PrincipalType)} with id ${PrincipalId}`);
}

/** What a principal has: a user also what its groups have, in rows that name the group. */
export function withGroups({ world }: Context, principal: Principal): Principal[] {
  if (principal.PrincipalType === 'GROUP') return [principal];
  const memberships = world.memberships.by('user', principal.PrincipalId);
  return [principal, ...memberships.map(({ GroupId }) => ({ PrincipalType: 'GROUP' as const, PrincipalId: GroupId }))];
}

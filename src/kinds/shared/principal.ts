import * as z from '../../core/zod.ts';
import { subjectKey } from '../../core/address.ts';
import type { Ids } from '../../core/kind.ts';

/** To whom an assignment gives something, in an account or of an application. */
export const principalShape = {
  principalType: z.enum(['USER', 'GROUP']),
  /** A user or group name; the id itself where the principal is gone. */
  principal: z.string(),
};

/** Live only: set where the principal is gone. */
export const orphanId = z.optional(z.string());

export interface Principal {
  principalType: 'USER' | 'GROUP';
  principal: string;
  orphanId?: string | undefined;
}

/** The lists of an entry that name principals. */
export const principalSections = [
  ['users', 'USER'],
  ['groups', 'GROUP'],
] as const;

/** Its name as keys have it. */
export const principalKey = ({ principalType, principal }: Principal): string =>
  principalType === 'USER' ? subjectKey('user', principal) : principal;

/** `hanako`, `group platform`, `a deleted user (…)`. */
export function principalText({ principalType, principal, orphanId }: Principal): string {
  const type = principalType === 'USER' ? '' : 'group ';
  return orphanId === undefined ? `${type}${principal}` : `a deleted ${type || 'user '}(${orphanId})`;
}

/** The kind of what it names. */
export const principalKind = ({ principalType }: Pick<Principal, 'principalType'>): 'user' | 'group' =>
  principalType === 'USER' ? 'user' : 'group';

/** As requests name it. */
export function principalRequest(of: Principal, ids: Ids): { PrincipalType: 'USER' | 'GROUP'; PrincipalId: string } {
  return {
    PrincipalType: of.principalType,
    PrincipalId: of.orphanId ?? ids.of(principalKind(of), of.principal),
  };
}

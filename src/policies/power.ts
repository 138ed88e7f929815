import type { Judgement } from './judgement.ts';

/** What an account is to its organization: a delegated administrator is one of Identity Center or of Organizations. */
export type Place = 'management' | 'delegated' | 'member';

export type Power = 'administrator' | 'raise' | 'unknown' | 'write' | 'read';

/**
 * The power of a set in an account. What raises rights through the organization does so only where that is administered, and
 * what works by the account's own roles is taken to do so in the management account, where OrganizationAccountAccessRole of
 * each member account trusts them. Under a condition an administrator is one who can raise their rights.
 */
export function powerOf({ administrator, raising, writes, unknown }: Judgement, place: Place): Power {
  if (administrator.known === 'yes') return 'administrator';
  const raises =
    administrator.by.length > 0 ||
    raising.anywhere.length > 0 ||
    raising.namedRoles.length > 0 ||
    (place !== 'member' && raising.organization.length > 0) ||
    (place === 'management' && (raising.assumesAnyRole || raising.passesAnyRole.length > 0));
  if (raises) return 'raise';
  if (unknown.length > 0) return 'unknown';
  return writes ? 'write' : 'read';
}

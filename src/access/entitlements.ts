import type { AccessAnswer, AccessQuestion } from '../core/access-answer.ts';
import { subjectKey } from '../core/address.ts';
import type { NamedEntitlement } from '../core/account-access.ts';
import { specsOf } from '../core/of-kind.ts';
import { membership } from '../kinds/membership/kind.ts';
import type { AccessSide } from './side.ts';

/**
 * What account access manager gives of what is asked about: to a person also what their groups have. Undefined where the
 * question is about permission sets, of which these roles are none. Pure.
 */
export function selectEntitlements(
  { accountAccess, state }: Pick<AccessSide, 'accountAccess' | 'state'>,
  { users, groups, accounts, permissionSets, administrators, actions, endsBefore }: AccessQuestion,
): AccessAnswer['accountAccess'] {
  if (!accountAccess || permissionSets || administrators || actions || endsBefore !== undefined) return undefined;
  if ('unknown' in accountAccess) return accountAccess;
  const ofUsers = new Set(
    specsOf(membership, state)
      .filter(({ user }) => users?.includes(subjectKey('user', user)))
      .map(({ group }) => subjectKey('group', group)),
  );
  const isAsked = ({ user, group, account }: NamedEntitlement): boolean =>
    (!accounts || accounts.includes(account)) &&
    (!groups || (group !== undefined && groups.includes(subjectKey('group', group)))) &&
    (!users ||
      (user === undefined ? ofUsers.has(subjectKey('group', group ?? '')) : users.includes(subjectKey('user', user))));
  return { entitlements: accountAccess.entitlements.filter(isAsked) };
}

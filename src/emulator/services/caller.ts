import type { Caller, Context } from '../core/context.ts';
import type { World } from '../core/world.ts';

/** What an account may do in the organization is what a caller of it may. */
export function callerIn(
  world: World,
  { accountId, arn }: { readonly accountId: string; readonly arn: string },
): Caller {
  if (accountId === world.organization.ManagementAccountId) return { accountId, arn, role: 'management' };
  return { accountId, arn, role: world.delegatedAdministrators.has(accountId) ? 'delegated-administrator' : 'member' };
}

/** Whether the caller's account may administer the instance at all. */
export function administers({ world, caller }: Context): boolean {
  const { Kind, OwnerAccountId } = world.instance;
  return Kind === 'account' ? caller.accountId === OwnerAccountId : caller.role !== 'member';
}

import type { Context } from '../core/context.ts';

/** Whether the caller's account may administer the instance at all. */
export function administers({ world, caller }: Context): boolean {
  const { Kind, OwnerAccountId } = world.instance;
  return Kind === 'account' ? caller.accountId === OwnerAccountId : caller.role !== 'member';
}

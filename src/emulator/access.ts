import { identityStoreArn } from './arns.ts';
import type { Context } from './context.ts';
import { accessDenied, ServiceError } from './errors.ts';
import { type Authorize, isRead } from './service.ts';
import { pairKey } from './world.ts';

/** Whether the caller's account may administer the instance at all. */
function administers({ world, caller }: Context): boolean {
  const { Kind, OwnerAccountId } = world.instance;
  return Kind === 'account' ? caller.accountId === OwnerAccountId : caller.role !== 'member';
}

export const authorizeSsoAdmin: Authorize = (context, input) => {
  const { world, caller, operation, behaviour } = context;
  const arnAt = (name: string): string | undefined => {
    const value = input[name];
    return typeof value === 'string' ? value : undefined;
  };
  const touched = arnAt('PermissionSetArn') ?? arnAt('ResourceArn') ?? arnAt('ApplicationArn');
  const denied = (): ServiceError =>
    accessDenied(caller.arn, `sso:${operation}`, touched ?? arnAt('InstanceArn') ?? '*');
  // A member account sees the organization's instance, and can do nothing with it.
  if (operation !== 'ListInstances' && !administers(context)) throw denied();
  if (caller.role !== 'delegated-administrator') return;

  // API model: this one "must be called from the management account".
  if (
    operation === 'ListAccountAssignmentsForPrincipal' &&
    behaviour.forPrincipalFromDelegatedAdministrator === 'denied'
  ) {
    throw denied();
  }
  // User guide, "Delegated administration": permission sets that are provisioned in the management account, and
  // access to that account, can be managed from there alone.
  const management = world.organization.ManagementAccountId;
  if (isRead(operation) || touched === undefined) return;
  if (input['TargetId'] === management || world.provisioned.has(pairKey(management, touched))) throw denied();
};

export const authorizeIdentityStore: Authorize = (context) => {
  // API model: member accounts may read the identity store.
  if (isRead(context.operation) || administers(context)) return;
  const { world, caller, operation } = context;
  throw accessDenied(caller.arn, `identitystore:${operation}`, identityStoreArn(world));
};

export const authorizeOrganizations: Authorize = ({ caller, operation }) => {
  // API reference: reads from the management account or a delegated administrator, writes from the former alone;
  // DescribeOrganization from any account of the organization.
  if (caller.role === 'management' || operation === 'DescribeOrganization') return;
  if (caller.role === 'delegated-administrator' && isRead(operation)) return;
  throw new ServiceError('AccessDeniedException', "You don't have permissions to access this resource.");
};

import type { Context } from '../../core/context.ts';
import { accessDenied } from '../../core/errors.ts';
import type { RequestInput } from '../../core/resource.ts';
import { isRead } from '../../core/service.ts';
import { refuseInAdditionalRegion } from '../additional-region.ts';
import { administers } from '../caller.ts';

/** Who may call the operation at all, whatever IAM says. */
export function authorize(context: Context, input: RequestInput, iamResources: readonly string[]): void {
  const { world, caller, operation, behaviour } = context;
  // What is still to be made has no ARN of its own yet.
  const touched = iamResources.find((arn) => !arn.endsWith('/*'));
  const instance = typeof input['InstanceArn'] === 'string' ? input['InstanceArn'] : '*';
  const denied = (): Error => accessDenied(caller.arn, `sso:${operation}`, touched ?? instance);
  // A member account sees the organization's instance, and can do nothing with it.
  if (operation !== 'ListInstances' && !administers(context)) throw denied();
  if (!isForAnyRegion(operation, touched)) refuseInAdditionalRegion(context, 'sso', touched ?? instance);
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
  if (isRead(operation)) return;
  const isProvisionedThere = world.provisioned
    .by('account', management)
    .some(({ PermissionSetArn }) => PermissionSetArn === touched);
  if (input['TargetId'] === management || isProvisionedThere) throw denied();
}

/** Reads of the instance and whatever is about applications: user guide, "service APIs supported in additional AWS Regions". */
function isForAnyRegion(operation: string, touched: string | undefined): boolean {
  return (
    /^(List|Describe)(Instance|Region)/.test(operation) ||
    operation.includes('Application') ||
    touched?.includes(':application/') === true
  );
}

import type { Aws } from '../../aws/connect.ts';
import { instanceArn } from '../../aws/iam/arns.ts';
import { managementAccountOf } from '../../core/plan.ts';
import type { Rights } from '../../core/rights.ts';
import { permissionSetArn } from '../permission-set/rights.ts';
import { ofPrincipal } from '../shared/principal-probe.ts';

const on = [instanceArn, permissionSetArn, 'arn:{partition}:sso:::account/*'];

const forPrincipal = 'sso:ListAccountAssignmentsForPrincipal';

export const rights: Rights<Aws> = {
  read: [
    {
      // One way or another, whichever takes fewer calls: by permission set, by account or by principal.
      sid: 'Assignments',
      on,
      actions: ['sso:ListAccountAssignments', 'sso:ListPermissionSetsProvisionedToAccount', forPrincipal],
    },
  ],
  write: [
    {
      sid: 'Assignments',
      on,
      actions: ['sso:CreateAccountAssignment', 'sso:DeleteAccountAssignment', 'sso:ProvisionPermissionSet'],
    },
  ],
  optional: { 'sso:ListPermissionSetsProvisionedToAccount': 'replaceable', [forPrincipal]: 'replaceable' },
  probes: {
    'sso:ListAccountAssignments'(aws, idOf) {
      const PermissionSetArn = idOf('permission-set');
      const AccountId = managementAccountOf(aws.instance);
      return PermissionSetArn === undefined
        ? undefined
        : aws.ssoAdmin.listAccountAssignments({
            InstanceArn: aws.instance.arn,
            PermissionSetArn,
            AccountId,
            MaxResults: 1,
          });
    },
    'sso:ListPermissionSetsProvisionedToAccount': (aws) =>
      aws.ssoAdmin.listPermissionSetsProvisionedToAccount({
        InstanceArn: aws.instance.arn,
        AccountId: managementAccountOf(aws.instance),
        MaxResults: 1,
      }),
    [forPrincipal]: ofPrincipal((aws, principal) => aws.ssoAdmin.listAccountAssignmentsForPrincipal(principal)),
  },
  // It is documented for the management account alone.
  tells: (action, { caller, instance }) =>
    action !== forPrincipal || caller?.accountId === managementAccountOf(instance),
};

import type { Aws } from '../../aws/connect.ts';
import { instanceArn } from '../../aws/iam/arns.ts';
import type { Probe, Rights } from '../../core/rights.ts';
import type { SetOf } from './read.ts';

export const permissionSetArn = 'arn:{partition}:sso:::permissionSet/{instance}/*';

const on = [instanceArn, permissionSetArn];

/** A call about any permission set. */
const ofAny =
  (call: (aws: Aws, set: SetOf) => Promise<unknown>): Probe<Aws> =>
  (aws, idOf) => {
    const PermissionSetArn = idOf('permission-set');
    return PermissionSetArn === undefined ? undefined : call(aws, { InstanceArn: aws.instance.arn, PermissionSetArn });
  };

export const rights: Rights<Aws> = {
  read: [
    {
      sid: 'PermissionSets',
      on,
      actions: [
        'sso:ListPermissionSets',
        'sso:DescribePermissionSet',
        'sso:ListManagedPoliciesInPermissionSet',
        'sso:ListCustomerManagedPolicyReferencesInPermissionSet',
        'sso:GetInlinePolicyForPermissionSet',
        'sso:GetPermissionsBoundaryForPermissionSet',
        'sso:ListTagsForResource',
        'sso:ListAccountsForProvisionedPermissionSet',
      ],
    },
  ],
  write: [
    {
      sid: 'PermissionSets',
      on,
      actions: [
        'sso:CreatePermissionSet',
        'sso:UpdatePermissionSet',
        'sso:DeletePermissionSet',
        'sso:AttachManagedPolicyToPermissionSet',
        'sso:DetachManagedPolicyFromPermissionSet',
        'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
        'sso:DetachCustomerManagedPolicyReferenceFromPermissionSet',
        'sso:PutInlinePolicyToPermissionSet',
        'sso:DeleteInlinePolicyFromPermissionSet',
        'sso:PutPermissionsBoundaryToPermissionSet',
        'sso:DeletePermissionsBoundaryFromPermissionSet',
        'sso:TagResource',
        'sso:UntagResource',
      ],
    },
  ],
  probes: {
    'sso:ListPermissionSets': (aws) =>
      aws.ssoAdmin.listPermissionSets({ InstanceArn: aws.instance.arn, MaxResults: 1 }),
    'sso:DescribePermissionSet': ofAny((aws, set) => aws.ssoAdmin.describePermissionSet(set)),
    'sso:ListManagedPoliciesInPermissionSet': ofAny((aws, set) => aws.ssoAdmin.listManagedPoliciesInPermissionSet(set)),
    'sso:ListCustomerManagedPolicyReferencesInPermissionSet': ofAny((aws, set) =>
      aws.ssoAdmin.listCustomerManagedPolicyReferencesInPermissionSet(set),
    ),
    'sso:GetInlinePolicyForPermissionSet': ofAny((aws, set) => aws.ssoAdmin.getInlinePolicyForPermissionSet(set)),
    'sso:GetPermissionsBoundaryForPermissionSet': ofAny((aws, set) =>
      aws.ssoAdmin.getPermissionsBoundaryForPermissionSet(set),
    ),
    'sso:ListTagsForResource': ofAny((aws, { InstanceArn, PermissionSetArn }) =>
      aws.ssoAdmin.listTagsForResource({ InstanceArn, ResourceArn: PermissionSetArn }),
    ),
    'sso:ListAccountsForProvisionedPermissionSet': ofAny((aws, set) =>
      aws.ssoAdmin.listAccountsForProvisionedPermissionSet({ ...set, MaxResults: 1 }),
    ),
  },
};

/** The ARN of one permission set. */
export async function findOne(aws: Aws): Promise<string | undefined> {
  const { PermissionSets } = await aws.ssoAdmin.listPermissionSets({ InstanceArn: aws.instance.arn, MaxResults: 1 });
  return PermissionSets?.[0];
}

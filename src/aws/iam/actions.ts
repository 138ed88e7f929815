import type { Right, Rights } from '../../core/rights.ts';
import type { Aws } from '../connect.ts';
import { anything, instanceArn } from './arns.ts';

// What is called for no kind's sake: to find the instance and the accounts, and for asynchronous requests.

// These ARNs name the organization, whose id nothing else here needs.
const memberAccount = 'arn:{partition}:organizations::{account}:account/o-*/*';
const organizationalUnit = 'arn:{partition}:organizations::{account}:ou/o-*/ou-*';
const root = 'arn:{partition}:organizations::{account}:root/o-*/r-*';

const duringAnApply = { plans: 'those that are made while an apply may be under way' };

export const connectionRights: Rights<Aws> = {
  read: [
    {
      sid: 'InstanceAndAccounts',
      on: [anything],
      actions: [
        'sso:ListInstances',
        'organizations:DescribeOrganization',
        'organizations:ListAccounts',
        'organizations:ListRoots',
      ],
    },
    {
      // For targets by organizational unit or by an account's tags; ListParents where ListAccounts tells no paths.
      sid: 'OrganizationForTargets',
      on: [memberAccount, organizationalUnit, root],
      actions: [
        'organizations:ListOrganizationalUnitsForParent',
        'organizations:ListParents',
        'organizations:ListTagsForResource',
      ],
    },
    {
      // Since a plan that is made while somebody applies says so.
      sid: 'Requests',
      on: [instanceArn],
      actions: ['sso:ListAccountAssignmentCreationStatus', 'sso:ListAccountAssignmentDeletionStatus'],
    },
  ],
  write: [
    {
      // Lists watch everything that is under way; what has left them is asked for its end.
      sid: 'Requests',
      on: [instanceArn],
      actions: [
        'sso:DescribeAccountAssignmentCreationStatus',
        'sso:DescribeAccountAssignmentDeletionStatus',
        'sso:ListPermissionSetProvisioningStatus',
        'sso:DescribePermissionSetProvisioningStatus',
      ],
    },
  ],
  optional: {
    'sso:ListAccountAssignmentCreationStatus': duringAnApply,
    'sso:ListAccountAssignmentDeletionStatus': duringAnApply,
  },
  probes: {
    'sso:ListAccountAssignmentCreationStatus': (aws) =>
      aws.ssoAdmin.listAccountAssignmentCreationStatus({ InstanceArn: aws.instance.arn, MaxResults: 1 }),
    'sso:ListAccountAssignmentDeletionStatus': (aws) =>
      aws.ssoAdmin.listAccountAssignmentDeletionStatus({ InstanceArn: aws.instance.arn, MaxResults: 1 }),
  },
};

const reservedRole = 'arn:{partition}:iam::{account}:role/aws-reserved/sso.amazonaws.com/*';
const unbornRole = 'arn:{partition}:iam::{account}:role/AWSReservedSSO_*';
const samlProvider = 'arn:{partition}:iam::{account}:saml-provider/AWSSSO_*';

/**
 * What Identity Center does with the caller's own rights, and only in the organization's management account: its
 * service-linked role leaves that account out (AWS managed policy AWSSSOServiceRolePolicy), so a caller without these
 * sees assignments there end as FAILED. The user guide lists most of them ("Using identity-based policies", example 2);
 * CreateSAMLProvider is reported at awslabs/landing-zone-accelerator-on-aws#496, the tags of the provider at
 * avlcloudtechnologies/terraform-aws-sso#15, and the boundary and the trust policy are what the service-linked role
 * needs for the same work elsewhere.
 */
export const managementAccountRights: readonly Right[] = [
  {
    sid: 'WriteRolesInManagementAccount',
    on: [reservedRole],
    actions: [
      'iam:CreateRole',
      'iam:UpdateRole',
      'iam:UpdateRoleDescription',
      'iam:UpdateAssumeRolePolicy',
      'iam:DeleteRole',
      'iam:AttachRolePolicy',
      'iam:DetachRolePolicy',
      'iam:PutRolePolicy',
      'iam:DeleteRolePolicy',
      'iam:PutRolePermissionsBoundary',
      'iam:DeleteRolePermissionsBoundary',
    ],
  },
  {
    // IAM judges a look at a role that isn't there by its name alone (fivexl/terraform-aws-sso-elevator#21).
    sid: 'ReadRolesInManagementAccount',
    on: [reservedRole, unbornRole],
    actions: ['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
  },
  {
    sid: 'TrustIdentityCenterInManagementAccount',
    on: [samlProvider],
    actions: [
      'iam:GetSAMLProvider',
      'iam:CreateSAMLProvider',
      'iam:UpdateSAMLProvider',
      'iam:ListSAMLProviderTags',
      'iam:TagSAMLProvider',
      'iam:UntagSAMLProvider',
    ],
  },
  {
    sid: 'ListInManagementAccount',
    on: [anything],
    actions: ['iam:ListPolicies', 'iam:ListRoles', 'iam:ListSAMLProviders'],
  },
];

/** What no plan needs, and other commands read where they may: each says once what it can't tell without them. */
export const optionalRights: readonly Right[] = [
  {
    // `idc roles`, for the ARNs of roles in the account of the role itself.
    sid: 'RolesOfPermissionSets',
    on: [anything],
    actions: ['iam:ListRoles'],
  },
  {
    // `idc access`, snapshot, import and doctor, for roles that account access manager gives beside permission sets.
    sid: 'AccountAccess',
    on: [anything],
    actions: ['account-access:ListApplications'],
  },
  {
    sid: 'AccountAccessEntitlements',
    on: ['arn:{partition}:account-access:*:*:application/*'],
    actions: ['account-access:GetApplication', 'account-access:ListEntitlements'],
  },
  {
    // For the home region of an instance that is in several, and for permission sets that are switched off.
    sid: 'Instance',
    on: [instanceArn],
    actions: ['sso:ListRegions', 'sso:DescribeInstance'],
  },
  {
    // `idc doctor`, for who is denied by where they call from.
    sid: 'IdentityStore',
    on: ['arn:{partition}:identitystore::{account}:identitystore/{store}'],
    actions: ['identitystore:DescribeIdentityStore'],
  },
];

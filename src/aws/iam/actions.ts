// The one list of the IAM actions that the commands need. Resource types are those of the service authorization
// reference (AWS IAM Identity Center, AWS Identity Store, AWS Organizations); an action is judged on every type that the
// reference marks as required for it, so a statement names them all.

/** `any` stands for actions that know no resources. */
export type ResourceType =
  | 'any'
  | 'account'
  | 'member-account'
  | 'organizational-unit'
  | 'root'
  | 'instance'
  | 'permission-set'
  | 'application'
  | 'identity-store'
  | 'user'
  | 'group'
  | 'membership'
  | 'reserved-role'
  | 'unborn-role'
  | 'saml-provider';

/**
 * Actions on the same types of resources. Few and large, since a managed policy has 6,144 characters (IAM quotas), and each
 * statement repeats the ARNs.
 */
export interface Right {
  /** Names the statement: letters and digits. */
  sid: string;
  on: readonly ResourceType[];
  actions: readonly string[];
}

const directory: readonly ResourceType[] = ['identity-store', 'user', 'group', 'membership'];

/** What a plan reads. */
export const readRights: readonly Right[] = [
  {
    sid: 'FindInstanceAccountsAndApplications',
    on: ['any'],
    actions: [
      'sso:ListInstances',
      'sso:ListApplications',
      'organizations:DescribeOrganization',
      'organizations:ListAccounts',
      'organizations:ListRoots',
    ],
  },
  {
    // For targets by organizational unit or by an account's tags; ListParents where ListAccounts tells no paths.
    sid: 'ReadOrganizationForTargets',
    on: ['member-account', 'organizational-unit', 'root'],
    actions: [
      'organizations:ListOrganizationalUnitsForParent',
      'organizations:ListParents',
      'organizations:ListTagsForResource',
    ],
  },
  {
    // The first where the file speaks of applications, the second where a user or a group is removed.
    sid: 'ReadApplicationAssignments',
    on: ['instance', 'application'],
    actions: ['sso:ListApplicationAssignments', 'sso:ListApplicationAssignmentsForPrincipal'],
  },
  {
    sid: 'ReadPermissionSets',
    on: ['instance', 'permission-set'],
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
  {
    // One way or another, whichever takes fewer calls: by permission set, by account or by principal.
    sid: 'ReadAssignments',
    on: ['instance', 'permission-set', 'account'],
    actions: [
      'sso:ListAccountAssignments',
      'sso:ListPermissionSetsProvisionedToAccount',
      'sso:ListAccountAssignmentsForPrincipal',
    ],
  },
  {
    // The lists since a plan that is made while somebody applies says so.
    sid: 'ReadAttributesAndWhatIsUnderWay',
    on: ['instance'],
    actions: [
      'sso:DescribeInstanceAccessControlAttributeConfiguration',
      'sso:ListAccountAssignmentCreationStatus',
      'sso:ListAccountAssignmentDeletionStatus',
    ],
  },
  {
    sid: 'ReadDirectory',
    on: directory,
    actions: [
      'identitystore:ListUsers',
      'identitystore:ListGroups',
      'identitystore:ListGroupMemberships',
      'identitystore:ListGroupMembershipsForMember',
    ],
  },
];

/** What an apply does beside that. */
export const writeRights: readonly Right[] = [
  {
    sid: 'WritePermissionSets',
    on: ['instance', 'permission-set'],
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
  {
    sid: 'WriteAssignmentsAndRoles',
    on: ['instance', 'permission-set', 'account'],
    actions: ['sso:CreateAccountAssignment', 'sso:DeleteAccountAssignment', 'sso:ProvisionPermissionSet'],
  },
  {
    // Lists watch everything that is under way; what has left them is asked for its end.
    sid: 'WaitForTheirEndAndWriteAttributes',
    on: ['instance'],
    actions: [
      'sso:DescribeAccountAssignmentCreationStatus',
      'sso:DescribeAccountAssignmentDeletionStatus',
      'sso:ListPermissionSetProvisioningStatus',
      'sso:DescribePermissionSetProvisioningStatus',
      'sso:CreateInstanceAccessControlAttributeConfiguration',
      'sso:UpdateInstanceAccessControlAttributeConfiguration',
      'sso:DeleteInstanceAccessControlAttributeConfiguration',
    ],
  },
  {
    // What is there already is looked at.
    sid: 'WriteApplicationAssignments',
    on: ['application'],
    actions: [
      'sso:CreateApplicationAssignment',
      'sso:DeleteApplicationAssignment',
      'sso:DescribeApplicationAssignment',
    ],
  },
  {
    // What somebody else made in the meantime is found by its name, and made what the file says. A user's e-mail,
    // phone number and address are replaced whole, so they are read before they are written.
    sid: 'WriteDirectoryAndAdoptWhatIsThere',
    on: directory,
    actions: [
      'identitystore:CreateUser',
      'identitystore:UpdateUser',
      'identitystore:DeleteUser',
      'identitystore:CreateGroup',
      'identitystore:UpdateGroup',
      'identitystore:DeleteGroup',
      'identitystore:CreateGroupMembership',
      'identitystore:DeleteGroupMembership',
      'identitystore:DescribeUser',
      'identitystore:GetUserId',
      'identitystore:DescribeGroup',
      'identitystore:GetGroupId',
      'identitystore:GetGroupMembershipId',
    ],
  },
];

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
    on: ['reserved-role'],
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
    on: ['reserved-role', 'unborn-role'],
    actions: ['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
  },
  {
    sid: 'TrustIdentityCenterInManagementAccount',
    on: ['saml-provider'],
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
    on: ['any'],
    actions: ['iam:ListPolicies', 'iam:ListRoles', 'iam:ListSAMLProviders'],
  },
];

/**
 * Actions by which a holder raises their own rights in any account, each alone, where it is allowed at every resource: by a
 * policy, a role, a sign-in or a boundary that they change ("AWS IAM Privilege Escalation", Rhino Security Labs). Not among
 * them: keys and certificates of IAM users (iam:UploadSSHPublicKey and its like), which reach one service.
 */
export const raisingAnywhere: readonly string[] = [
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:AttachGroupPolicy',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:PutGroupPolicy',
  'iam:UpdateAssumeRolePolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:UpdateLoginProfile',
  'iam:AddUserToGroup',
  'iam:DeleteRolePermissionsBoundary',
  'iam:PutRolePermissionsBoundary',
  'iam:DeleteUserPermissionsBoundary',
  'iam:PutUserPermissionsBoundary',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:DeleteUserPolicy',
  'iam:DetachUserPolicy',
  'iam:UpdateSAMLProvider',
  'iam:CreateSAMLProvider',
  'iam:CreateOpenIDConnectProvider',
  'iam:AddClientIDToOpenIDConnectProvider',
  'iam:DeactivateMFADevice',
];

/**
 * Actions that write what an assignment, a group, a sign-in or a service control policy is made of (Service Authorization
 * Reference; AWS: "Centrally manage root access for member accounts"). They raise rights where Identity Center and the
 * organization are administered: in the management account and those of delegated administrators.
 */
export const raisingInOrganization: readonly string[] = [
  'sts:AssumeRoot',
  'sso:CreateAccountAssignment',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:AttachManagedPolicyToPermissionSet',
  'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
  'sso:DeletePermissionsBoundaryFromPermissionSet',
  'sso:PutPermissionsBoundaryToPermissionSet',
  'sso:UpdateInstanceAccessControlAttributeConfiguration',
  'sso:CreateInstanceAccessControlAttributeConfiguration',
  'sso:CreateTrustedTokenIssuer',
  'sso:UpdateTrustedTokenIssuer',
  'sso:DeleteInlinePolicyFromPermissionSet',
  'sso-directory:AddMemberToGroup',
  'sso-directory:UpdatePassword',
  'sso-directory:CreateBearerToken',
  'sso-directory:CreateProvisioningTenant',
  'sso-directory:UpdateExternalIdPConfigurationForDirectory',
  'sso-directory:CreateExternalIdPConfigurationForDirectory',
  'sso-directory:UpdateUser',
  'sso-directory:DeleteMfaDeviceForUser',
  'identitystore:CreateGroupMembership',
  'identitystore:UpdateUser',
  'organizations:AttachPolicy',
  'organizations:DetachPolicy',
  'organizations:UpdatePolicy',
  'organizations:DisablePolicyType',
  'organizations:MoveAccount',
  'organizations:PutResourcePolicy',
  'organizations:RegisterDelegatedAdministrator',
  'organizations:DeletePolicy',
  'account:StartPrimaryEmailUpdate',
  'account:AcceptPrimaryEmailUpdate',
  'account-access:CreateEntitlement',
];

/** Either of these makes a role that its maker may assume. */
export const makingRoles: readonly string[] = ['iam:CreateRole', 'iam:UpdateAssumeRolePolicy'];

/** Either of these gives a role every right. */
export const givingRights: readonly string[] = ['iam:AttachRolePolicy', 'iam:PutRolePolicy'];

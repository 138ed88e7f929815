import { listOf } from '../../core/words.ts';
import { isEveryAction, matchesAction } from '../shared/policy/actions.ts';
import type { PermissionSetSpec } from './kind.ts';
import { comparablePolicy, textsOf, type PolicyDocument } from '../shared/policy/document.ts';

/**
 * AWS managed policies whose holder reaches everything, or can raise their own rights: they allow `*`, or all but a few
 * services, or full control of what rights are made of (IAM, Identity Center, the organization, the accounts' root
 * e-mail addresses). Taken from the documents in the AWS Managed Policy Reference Guide. Not in it: policies that pass
 * roles to one service, since what those can raise depends on the account's own roles.
 */
const escalatingPolicies = new Set([
  'AdministratorAccess',
  'AdministratorAccess-Amplify',
  'AWSAccountManagementFullAccess',
  'AWSOrganizationsFullAccess',
  'AWSSSODirectoryAdministrator',
  'AWSSSOMasterAccountAdministrator',
  'AWSSSOMemberAccountAdministrator',
  'IAMFullAccess',
  'PowerUserAccess',
]);

/**
 * Actions by which a holder raises their own rights, each alone. Those of IAM and STS are the known ways of privilege
 * escalation ("AWS IAM Privilege Escalation", Rhino Security Labs; AWS: "Centrally manage root access"); the others write
 * what an assignment, a group, a sign-in or a service control policy is made of (Service Authorization Reference). Not
 * among them: iam:PassRole and sts:AssumeRole, since what those give depends on the account's own roles.
 */
const raisingActions = [
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
  'sts:AssumeRoot',
  'sso:CreateAccountAssignment',
  'sso:PutInlinePolicyToPermissionSet',
  'sso:AttachManagedPolicyToPermissionSet',
  'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
  'sso-directory:AddMemberToGroup',
  'sso-directory:UpdatePassword',
  'identitystore:CreateGroupMembership',
  'organizations:AttachPolicy',
  'organizations:DetachPolicy',
  'organizations:UpdatePolicy',
  'organizations:DisablePolicyType',
  'organizations:MoveAccount',
  'organizations:PutResourcePolicy',
  'organizations:RegisterDelegatedAdministrator',
];

/** What lets a holder of the permission set escalate privileges, in words: `the policy IAMFullAccess`; nothing where nothing does. */
export function powersOf({ managedPolicies, inlinePolicy }: PermissionSetSpec): string[] {
  const policies = managedPolicies
    .map((arn) => arn.replace(/^arn:[^:]+:iam::aws:policy\//, ''))
    .filter((name) => escalatingPolicies.has(name));
  return [...policies.map((name) => `the policy ${name}`), ...inlinePowers(inlinePolicy)];
}

/** Resources and conditions are not judged, nor what is denied: whether they hold anything back takes a person. */
function inlinePowers(document: PolicyDocument | undefined): string[] {
  const { Statement = [] } = comparablePolicy(document ?? {}) as { Statement?: Record<string, unknown>[] };
  const allowing = (Array.isArray(Statement) ? Statement : []).filter(({ Effect }) => Effect === 'Allow');
  const patterns = new Set(allowing.flatMap(({ Action }) => textsOf(Action)));
  const powers = [
    ...[...patterns].sort().flatMap(powerOfPattern),
    ...allowing.flatMap(({ NotAction }) => (NotAction === undefined ? [] : powerOfRest(textsOf(NotAction)))),
  ];
  return [...new Set(powers)];
}

function powerOfPattern(pattern: string): string[] {
  const allowed = raisingActions.filter((action) => matchesAction(pattern, action));
  if (allowed.length === 0) return [];
  if (!/[*?]/.test(pattern)) return [`an inline policy that allows ${listOf(allowed)}`];
  return [`an inline policy with Action: "${pattern}", which allows ${shortListOf(allowed)}`];
}

/** All but a few actions is nearly everything, whatever the few are. */
function powerOfRest(excepted: readonly string[]): string[] {
  if (excepted.some(isEveryAction)) return [];
  const allowed = raisingActions.filter((action) => !excepted.some((pattern) => matchesAction(pattern, action)));
  const also = allowed.length === 0 ? '' : `, so also ${shortListOf(allowed)}`;
  return [`an inline policy that allows all but the actions it names${also}`];
}

const shortListOf = (actions: readonly string[]): string => listOf(actions, 2, 'more like them');

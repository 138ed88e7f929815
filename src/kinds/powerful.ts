import type { PermissionSetSpec } from './permission-set.ts';
import { comparablePolicy, type PolicyDocument } from './policy.ts';

/**
 * AWS managed policies whose holder reaches everything, or can raise their own rights: they allow `*`, or all but a few
 * services, or full control of what rights are made of (IAM, Identity Center, the organization, the accounts' root
 * e-mail addresses). Taken from the documents in the AWS Managed Policy Reference Guide. Not in it: policies that pass
 * roles to one service, since what those can raise depends on the account's own roles.
 */
const powerfulPolicies = new Set([
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

/** The same of an inline policy: every action, or every action of what rights are made of. */
const powerfulActions = new Set([
  '*',
  '*:*',
  'iam:*',
  'sso:*',
  'sso-directory:*',
  'identitystore:*',
  'organizations:*',
]);

/** What makes a permission set powerful, in words: `the policy IAMFullAccess`; nothing where it is not. */
export function powersOf({ managedPolicies, inlinePolicy }: PermissionSetSpec): string[] {
  const policies = managedPolicies
    .map((arn) => arn.replace(/^arn:[^:]+:iam::aws:policy\//, ''))
    .filter((name) => powerfulPolicies.has(name));
  return [...policies.map((name) => `the policy ${name}`), ...inlinePowers(inlinePolicy)];
}

/** Resources and conditions are not judged: whether they hold anything back takes a person. */
function inlinePowers(document: PolicyDocument | undefined): string[] {
  const { Statement = [] } = comparablePolicy(document ?? {}) as { Statement?: Record<string, unknown>[] };
  const allowing = (Array.isArray(Statement) ? Statement : []).filter(({ Effect }) => Effect === 'Allow');
  const actions = allowing.flatMap(({ Action }) => [Action ?? []].flat().map(String)).filter(isPowerful);
  return [
    ...[...new Set(actions)].sort().map((action) => `an inline policy with Action: "${action}"`),
    ...(allowing.some(({ NotAction }) => NotAction !== undefined)
      ? ['an inline policy that allows all but the actions it names']
      : []),
  ];
}

const isPowerful = (action: string): boolean => powerfulActions.has(action);

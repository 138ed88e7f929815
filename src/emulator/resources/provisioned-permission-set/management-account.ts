import type { Engine } from '../../core/context.ts';
import type { PermissionSet } from '../permission-set/table.ts';
import { reservedRoleArns, samlProviderArn } from './role.ts';

/** An IAM action and what it is done to. */
type Need = readonly [action: string, resource: string];

/**
 * In the management account Identity Center works with the rights of its caller, not with its service-linked role
 * (that role's policy leaves the account out). Answers the FailureReason of a request whose caller lacks one of those
 * that it takes to turn a role from `before` into `after`. Which calls it makes, and in which order, is not documented:
 * these are the ones that reports name and that the work can't do without.
 */
export function refusedInManagementAccount(
  engine: Engine,
  accountId: string,
  before: PermissionSet | undefined,
  after: PermissionSet | undefined,
): string | undefined {
  if (after) return refusal(engine, accountId, toWrite(engine, accountId, before, after));
  return before && refusal(engine, accountId, toRemove(engine, accountId, before));
}

/** The same for an assignment that finds its role there: it needs the account's SAML provider, and no more. */
export function refusedSamlProvider(engine: Engine, accountId: string): string | undefined {
  return refusal(engine, accountId, toTrust(engine, accountId));
}

/** In AWS's words as reports quote them, without the part in brackets at the end. */
function refusal(
  { world, refusedResource, caller }: Engine,
  accountId: string,
  needs: readonly Need[],
): string | undefined {
  if (accountId !== world.organization.ManagementAccountId) return undefined;
  const missing = needs.find(([action, resource]) => refusedResource(action, [resource]) !== undefined);
  if (!missing) return undefined;
  const [action, resource] = missing;
  return `Received a 403 status error: Access denied by IAM. Please check your policy, or wait for role propagation to complete. IAM Error: User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
}

function toTrust({ world, behaviour }: Engine, accountId: string): Need[] {
  const provider = samlProviderArn(world, accountId);
  const isFirst = world.provisioned.count('account', accountId) === 0;
  return [
    ['iam:GetSAMLProvider', provider],
    ...when(isFirst, 'iam:CreateSAMLProvider', provider),
    ...when(!isFirst && behaviour.samlCertificate === 'rolled-over', 'iam:UpdateSAMLProvider', provider),
  ];
}

function toWrite(engine: Engine, accountId: string, before: PermissionSet | undefined, after: PermissionSet): Need[] {
  const { role, unborn } = reservedRoleArns(engine.world, accountId, after);
  const kept = policiesOf(after);
  const lost = before ? [...policiesOf(before)].some((policy) => !kept.has(policy)) : false;
  return [
    ...toTrust(engine, accountId),
    ['iam:GetRole', before ? role : unborn],
    [before ? 'iam:UpdateRole' : 'iam:CreateRole', role],
    ['iam:ListAttachedRolePolicies', role],
    ['iam:ListRolePolicies', role],
    ...when(after.PermissionsBoundary, 'iam:PutRolePermissionsBoundary', role),
    ...when(lost, 'iam:DetachRolePolicy', role),
    ...when(kept.size > 0, 'iam:AttachRolePolicy', role),
    ...when(after.InlinePolicy, 'iam:PutRolePolicy', role),
    ...when(before?.InlinePolicy && !after.InlinePolicy, 'iam:DeleteRolePolicy', role),
    ...when(before?.PermissionsBoundary && !after.PermissionsBoundary, 'iam:DeleteRolePermissionsBoundary', role),
  ];
}

function toRemove({ world }: Engine, accountId: string, before: PermissionSet): Need[] {
  const { role } = reservedRoleArns(world, accountId, before);
  return [
    ['iam:ListAttachedRolePolicies', role],
    ['iam:ListRolePolicies', role],
    ...when(policiesOf(before).size > 0, 'iam:DetachRolePolicy', role),
    ...when(before.InlinePolicy, 'iam:DeleteRolePolicy', role),
    ['iam:DeleteRole', role],
  ];
}

function policiesOf({ ManagedPolicyArns, CustomerManagedPolicyReferences }: PermissionSet): Set<string> {
  return new Set([...ManagedPolicyArns, ...CustomerManagedPolicyReferences.map(({ Path, Name }) => `${Path}${Name}`)]);
}

function when(isNeeded: unknown, action: string, resource: string): Need[] {
  return isNeeded ? [[action, resource]] : [];
}

import type { Engine } from '../../core/context.ts';
import type { Effect } from '../../core/requests.ts';
import type { World } from '../../core/world.ts';
import type { PermissionSet } from '../permission-set/table.ts';
import { refusedInManagementAccount } from './management-account.ts';
import { pairKey } from './table.ts';

export const assignmentNotFound = 'Received a 404 status error: Assignment not found.';

export const provisionPermissionSet: Effect<'provisioning'> = (engine, request, { AccountId, Content }) => {
  if (AccountId === undefined || Content === undefined) return request;
  // A request for all provisioned accounts can find that the last assignment, and so the role, has gone meanwhile.
  const raced =
    request.AccountId === undefined && !engine.world.provisioned.has(pairKey(AccountId, request.PermissionSetArn));
  const failure = raced
    ? assignmentNotFound
    : (unreachableReason(engine.world, AccountId) ?? provision(engine, AccountId, Content));
  return failure === undefined ? request : { ...request, FailureReason: request.FailureReason ?? failure };
};

/** Identity Center can't work in an account that is suspended or closing; this is what it says then. */
export function unreachableReason(world: World, id: string): string | undefined {
  if (world.accounts.get(id)?.State === 'ACTIVE') return undefined;
  return `AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '${id}' takes longer than usual. Please try again in a few minutes. If this problem continues, contact AWS Support.`;
}

/** Writes the role; what IAM refuses in the account becomes the request's FailureReason. */
export function provision(engine: Engine, accountId: string, content: PermissionSet): string | undefined {
  const { world, report } = engine;
  const { PermissionSetArn } = content;
  const before = world.provisioned.get(pairKey(accountId, PermissionSetArn))?.Content;
  const failure =
    refusedInManagementAccount(engine, accountId, before, content) ?? refusedByIam(engine, accountId, content);
  if (failure !== undefined) return failure;
  world.provisioned.put({ AccountId: accountId, PermissionSetArn, Content: content });
  report({ type: 'permission-set-provisioned', accountId, permissionSetArn: PermissionSetArn });
  return undefined;
}

function refusedByIam({ world, behaviour }: Engine, accountId: string, content: PermissionSet): string | undefined {
  const { ManagedPolicyArns, CustomerManagedPolicyReferences, PermissionsBoundary } = content;
  const existing = world.accounts.get(accountId)?.CustomerManagedPolicies;
  const boundary = PermissionsBoundary?.CustomerManagedPolicyReference;
  const wanted = boundary ? [...CustomerManagedPolicyReferences, boundary] : CustomerManagedPolicyReferences;
  const missing = wanted.find(({ Path, Name }) => existing && !existing.includes(`${Path}${Name}`));
  if (missing) {
    const arn = `arn:${world.organization.Partition}:iam::${accountId}:policy${missing.Path}${missing.Name}`;
    return `Received a 404 status error: Not supported policy ${arn}.`;
  }
  const limit = behaviour.quotas.managedPoliciesPerRole;
  if (ManagedPolicyArns.length + CustomerManagedPolicyReferences.length > limit) {
    return `Received a 409 status error: Cannot exceed quota for PoliciesPerRole: ${limit}`;
  }
  return undefined;
}

import type { Effect } from '../../core/requests.ts';
import { refusedInManagementAccount, refusedSamlProvider } from '../provisioned-permission-set/management-account.ts';
import { assignmentNotFound, provision, unreachableReason } from '../provisioned-permission-set/provision.ts';
import { pairKey } from '../provisioned-permission-set/table.ts';
import { type AccountAssignment, assignmentKey } from './table.ts';

export const createAssignment: Effect<'assignment-creation'> = (engine, request, { Content }) => {
  const { world, report } = engine;
  const { AccountId, PermissionSetArn, PrincipalType, PrincipalId } = request;
  const assignment = { AccountId, PermissionSetArn, PrincipalType, PrincipalId };
  const unreachable = unreachableReason(world, AccountId);
  if (unreachable !== undefined) return { ...request, FailureReason: unreachable };
  // The first assignment makes the role; a later one leaves it as it is, even where it is stale.
  const hasRole = world.provisioned.has(pairKey(AccountId, PermissionSetArn));
  const failure = hasRole ? refusedSamlProvider(engine, AccountId) : Content && provision(engine, AccountId, Content);
  if (failure !== undefined) return { ...request, FailureReason: failure };
  if (!world.assignments.has(assignmentKey(assignment))) {
    world.assignments.put(assignment);
    report({ type: 'assignment-created', ...changeOf(request) });
  }
  return request;
};

export const deleteAssignment: Effect<'assignment-deletion'> = (engine, request) => {
  const { world, report } = engine;
  const { AccountId, PermissionSetArn } = request;
  const unreachable = unreachableReason(world, AccountId);
  if (unreachable !== undefined) return { ...request, FailureReason: unreachable };
  if (!world.assignments.has(assignmentKey(request))) return { ...request, FailureReason: assignmentNotFound };
  const pair = pairKey(AccountId, PermissionSetArn);
  const isLast = world.assignments.count('pair', pair) === 1;
  const role = isLast ? world.provisioned.get(pair)?.Content : undefined;
  const refused = refusedInManagementAccount(engine, AccountId, role, undefined);
  if (refused !== undefined) return { ...request, FailureReason: refused };
  world.assignments.delete(assignmentKey(request));
  report({ type: 'assignment-deleted', ...changeOf(request) });
  if (isLast && world.provisioned.delete(pair)) {
    report({ type: 'permission-set-deprovisioned', accountId: AccountId, permissionSetArn: PermissionSetArn });
  }
  return request;
};

function changeOf({ AccountId, PermissionSetArn, PrincipalType, PrincipalId }: AccountAssignment) {
  return {
    accountId: AccountId,
    permissionSetArn: PermissionSetArn,
    principalType: PrincipalType,
    principalId: PrincipalId,
  };
}

import { type Context, type Handlers, timestamp } from '../context.ts';
import { conflict, notFound, quotaExceeded, throttled } from '../errors.ts';
import { permissionSetId, uuid } from '../ids.ts';
import { sorted, takePage, takeRows } from '../paging.ts';
import { inProgress, startRequest } from '../requests.ts';
import type { Assignment, AssignmentRequest, PrincipalType } from '../rows.ts';
import { assignmentKey, nextId, pairKey, principalKey } from '../world.ts';
import { requireAccount, requireOrganizationInstance, requirePermissionSet, requirePrincipal } from './find.ts';
import type { ssoAdminShapes } from './shapes.ts';
import { listRequests, requireRequest } from './statuses.ts';

export const assignments = {
  CreateAccountAssignment(context, input) {
    const permissionSet = requirePermissionSet(context, input);
    const assignment = assignmentOf(input);
    const account = requireAccount(context, assignment.AccountId);
    requirePrincipal(context, assignment.PrincipalType, assignment.PrincipalId);
    refuseOverlap(context, assignment);
    refuseTooMany(context);
    // An assignment that is there already is no error, and none is added (observed by Terraform's authors).
    if (!context.world.assignments.has(assignmentKey(assignment))) checkQuotas(context, assignment);
    const request = requestOf(context, 'assignment-creation', assignment);
    startRequest(context, request, [{ AccountId: account.Id, Content: permissionSet }]);
    return { AccountAssignmentCreationStatus: describe(request) };
  },

  DeleteAccountAssignment(context, input) {
    const { world, behaviour } = context;
    const permissionSet = requirePermissionSet(context, input);
    const assignment = assignmentOf(input);
    const account = requireAccount(context, assignment.AccountId);
    // The principal may be gone: that is how what a deleted user or group leaves behind is cleaned up.
    refuseOverlap(context, assignment);
    if (!world.assignments.has(assignmentKey(assignment)) && behaviour.deleteAbsentAssignment === 'not-found') {
      throw notFound('Could not find the account assignment.');
    }
    if (behaviour.deletionsCountAsOutstanding) refuseTooMany(context);
    const request = requestOf(context, 'assignment-deletion', assignment);
    startRequest(context, request, [{ AccountId: account.Id, Content: permissionSet }]);
    return { AccountAssignmentDeletionStatus: describe(request) };
  },

  DescribeAccountAssignmentCreationStatus(context, input) {
    const id = input.AccountAssignmentCreationRequestId;
    const request = requireRequest(context, input.InstanceArn, 'assignment-creation', id);
    return { AccountAssignmentCreationStatus: describe(request) };
  },

  DescribeAccountAssignmentDeletionStatus(context, input) {
    const id = input.AccountAssignmentDeletionRequestId;
    const request = requireRequest(context, input.InstanceArn, 'assignment-deletion', id);
    return { AccountAssignmentDeletionStatus: describe(request) };
  },

  ListAccountAssignmentCreationStatus(context, input) {
    const { statuses, next } = listRequests(context, input, 'assignment-creation');
    return { AccountAssignmentsCreationStatus: statuses, ...next };
  },

  ListAccountAssignmentDeletionStatus(context, input) {
    const { statuses, next } = listRequests(context, input, 'assignment-deletion');
    return { AccountAssignmentsDeletionStatus: statuses, ...next };
  },

  ListAccountAssignments(context, input) {
    const { PermissionSetArn } = requirePermissionSet(context, input);
    const { Id } = requireAccount(context, input.AccountId);
    const { assignments } = context.world;
    const page = takeRows(context, input, assignments.by('pair', pairKey(Id, PermissionSetArn)), assignments);
    return { AccountAssignments: page.items, ...page.next };
  },

  ListAccountAssignmentsForPrincipal(context, input) {
    requireOrganizationInstance(context, input.InstanceArn);
    requirePrincipal(context, input.PrincipalType, input.PrincipalId);
    const wanted = input.Filter?.AccountId;
    const all = accessOf(context, input.PrincipalType, input.PrincipalId);
    const rows = wanted === undefined ? all : all.filter((row) => row.AccountId === wanted);
    const page = takePage(context, input, sorted(rows, assignmentKey), assignmentKey);
    return { AccountAssignments: page.items, ...page.next };
  },
} satisfies Partial<Handlers<typeof ssoAdminShapes>>;

/** What a principal has: a user also what its groups have, in rows that name the group (observed). */
function accessOf({ world }: Context, type: PrincipalType, id: string): Assignment[] {
  const direct = world.assignments.by('principal', principalKey(type, id));
  if (type === 'GROUP') return direct;
  const groups = world.memberships.by('user', id).map((row) => row.GroupId);
  return [...direct, ...groups.flatMap((group) => world.assignments.by('principal', principalKey('GROUP', group)))];
}

interface AssignmentInput {
  readonly TargetId: string;
  readonly PermissionSetArn: string;
  readonly PrincipalType: PrincipalType;
  readonly PrincipalId: string;
}

function assignmentOf({ TargetId, PermissionSetArn, PrincipalType, PrincipalId }: AssignmentInput): Assignment {
  return { AccountId: TargetId, PermissionSetArn, PrincipalType, PrincipalId };
}

function refuseOverlap({ world }: Context, { AccountId, PermissionSetArn }: Assignment): void {
  if (world.jobs.count('pair', pairKey(AccountId, PermissionSetArn)) === 0) return;
  throw conflict(
    `There is a conflicting process in progress for PermissionSet with id ${permissionSetId(PermissionSetArn)} in account ${AccountId}. Please try again later.`,
  );
}

function refuseTooMany({ world, behaviour }: Context): void {
  const deletions = behaviour.deletionsCountAsOutstanding ? inProgress(world, 'assignment-deletion') : 0;
  if (inProgress(world, 'assignment-creation') + deletions < behaviour.quotas.outstandingAssignments) return;
  throw throttled('There are too many requests processing. Please try again later.');
}

function checkQuotas({ world, behaviour }: Context, { AccountId, PermissionSetArn, PrincipalType }: Assignment): void {
  const { groupsPerPermissionSetAndAccount, provisionedPermissionSetsPerAccount } = behaviour.quotas;
  const pair = pairKey(AccountId, PermissionSetArn);
  const groups = world.assignments.by('pair', pair).filter((row) => row.PrincipalType === 'GROUP').length;
  if (PrincipalType === 'GROUP' && groups >= groupsPerPermissionSetAndAccount) {
    throw quotaExceeded(
      `You have exceeded AWS SSO limits. Cannot assign more than ${groupsPerPermissionSetAndAccount} groups to a permission set in an account.`,
    );
  }
  const provisioned = world.provisioned.count('account', AccountId);
  if (!world.provisioned.has(pair) && provisioned >= provisionedPermissionSetsPerAccount) {
    throw quotaExceeded(
      `You have exceeded AWS SSO limits. Cannot provision more than ${provisionedPermissionSetsPerAccount} permission sets in an account.`,
    );
  }
}

function requestOf(context: Context, Kind: AssignmentRequest['Kind'], assignment: Assignment): AssignmentRequest {
  return {
    Kind,
    RequestId: uuid(nextId(context.world, 'request')),
    Status: 'IN_PROGRESS',
    CreatedDate: timestamp(context),
    ...assignment,
  };
}

function describe(request: AssignmentRequest) {
  const { Status, RequestId, FailureReason, AccountId, PermissionSetArn, PrincipalType, PrincipalId, CreatedDate } =
    request;
  return {
    Status,
    RequestId,
    FailureReason,
    TargetId: AccountId,
    TargetType: 'AWS_ACCOUNT',
    PermissionSetArn,
    PrincipalType,
    PrincipalId,
    CreatedDate,
  };
}

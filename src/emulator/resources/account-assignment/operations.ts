import { type Context, timestamp } from '../../core/context.ts';
import { conflict, notFound, quotaExceeded, throttled } from '../../core/errors.ts';
import { uuid } from '../../core/ids.ts';
import { sorted, takePage, takeRows } from '../../core/paging.ts';
import { inProgress, type RequestOf, startRequest } from '../../core/requests.ts';
import { operation } from '../../core/resource.ts';
import { enumeration, structure } from '../../core/shape.ts';
import { nextId } from '../../core/world.ts';
import { accountArn, requireAccount } from '../../services/sso-admin/accounts.ts';
import { onInstance, requirePermissionSets } from '../../services/sso-admin/instance.ts';
import { type Principal, principalKey, requirePrincipal, withGroups } from '../../services/sso-admin/principals.ts';
import { listRequests, requireRequest } from '../../services/sso-admin/request-status.ts';
import {
  AccountId,
  InstanceArn,
  ofInstance,
  paged,
  PrincipalId,
  PrincipalType,
  RequestId,
  StatusFilter,
} from '../../services/sso-admin/shapes.ts';
import {
  ofPermissionSet,
  onPermissionSet,
  PermissionSetArn,
  permissionSetId,
  requirePermissionSet,
} from '../permission-set/table.ts';
import { isBusy, pairKey } from '../provisioned-permission-set/table.ts';
import { type AccountAssignment, assignmentKey } from './table.ts';

type AssignmentRequest = RequestOf<'assignment-creation' | 'assignment-deletion'>;

const ofAssignment = {
  InstanceArn,
  TargetId: AccountId,
  TargetType: enumeration('AWS_ACCOUNT'),
  PermissionSetArn,
  PrincipalType,
  PrincipalId,
};

export const assignmentOperations = {
  CreateAccountAssignment: operation(structure(ofAssignment), onTarget, (context, input) => {
    const permissionSet = requirePermissionSet(context, input);
    const assignment = assignmentOf(input);
    const account = requireAccount(context, assignment.AccountId);
    requirePrincipal(context, assignment);
    refuseOverlap(context, assignment);
    refuseTooMany(context);
    // An assignment that is there already is no error, and none is added (observed by Terraform's authors).
    if (!context.world.assignments.has(assignmentKey(assignment))) checkQuotas(context, assignment);
    const request = requestOf(context, 'assignment-creation', assignment);
    startRequest(context, request, [{ AccountId: account.Id, Content: permissionSet }]);
    return { AccountAssignmentCreationStatus: describe(request) };
  }),

  DeleteAccountAssignment: operation(structure(ofAssignment), onTarget, (context, input) => {
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
  }),

  DescribeAccountAssignmentCreationStatus: operation(
    structure({ InstanceArn, AccountAssignmentCreationRequestId: RequestId }),
    onInstance,
    (context, input) => {
      const id = input.AccountAssignmentCreationRequestId;
      const request = requireRequest(context, input, 'assignment-creation', id);
      return { AccountAssignmentCreationStatus: describe(request) };
    },
  ),

  DescribeAccountAssignmentDeletionStatus: operation(
    structure({ InstanceArn, AccountAssignmentDeletionRequestId: RequestId }),
    onInstance,
    (context, input) => {
      const id = input.AccountAssignmentDeletionRequestId;
      const request = requireRequest(context, input, 'assignment-deletion', id);
      return { AccountAssignmentDeletionStatus: describe(request) };
    },
  ),

  ListAccountAssignmentCreationStatus: operation(
    structure(ofInstance, { ...paged, Filter: StatusFilter }),
    onInstance,
    (context, input) => {
      const { statuses, next } = listRequests(context, input, 'assignment-creation');
      return { AccountAssignmentsCreationStatus: statuses, ...next };
    },
  ),

  ListAccountAssignmentDeletionStatus: operation(
    structure(ofInstance, { ...paged, Filter: StatusFilter }),
    onInstance,
    (context, input) => {
      const { statuses, next } = listRequests(context, input, 'assignment-deletion');
      return { AccountAssignmentsDeletionStatus: statuses, ...next };
    },
  ),

  ListAccountAssignments: operation(
    structure({ ...ofPermissionSet, AccountId }, paged),
    onAccount,
    (context, input) => {
      const { PermissionSetArn } = requirePermissionSet(context, input);
      const { Id } = requireAccount(context, input.AccountId);
      const { assignments } = context.world;
      const page = takeRows(context, input, assignments.by('pair', pairKey(Id, PermissionSetArn)), assignments);
      return { AccountAssignments: page.items, ...page.next };
    },
  ),

  ListAccountAssignmentsForPrincipal: operation(
    structure({ InstanceArn, PrincipalId, PrincipalType }, { ...paged, Filter: structure({}, { AccountId }) }),
    onInstance,
    (context, input) => {
      requirePermissionSets(context, input);
      requirePrincipal(context, input);
      const wanted = input.Filter?.AccountId;
      const principals = withGroups(context, input).map(principalKey);
      const all = principals.flatMap((principal) => context.world.assignments.by('principal', principal));
      const rows = wanted === undefined ? all : all.filter((row) => row.AccountId === wanted);
      const page = takePage(context, input, sorted(rows, assignmentKey), assignmentKey);
      return { AccountAssignments: page.items, ...page.next };
    },
  ),
};

interface AssignmentInput extends Principal {
  readonly InstanceArn: string;
  readonly TargetId: string;
  readonly PermissionSetArn: string;
}

function onTarget({ TargetId, ...input }: AssignmentInput, { world }: Context): string[] {
  return [...onPermissionSet(input), accountArn(world, TargetId)];
}

interface ListInput {
  readonly InstanceArn: string;
  readonly PermissionSetArn: string;
  readonly AccountId: string;
}

function onAccount({ AccountId, ...input }: ListInput, { world }: Context): string[] {
  return [...onPermissionSet(input), accountArn(world, AccountId)];
}

function assignmentOf({ TargetId, PermissionSetArn, PrincipalType, PrincipalId }: AssignmentInput): AccountAssignment {
  return { AccountId: TargetId, PermissionSetArn, PrincipalType, PrincipalId };
}

function refuseOverlap({ world }: Context, { AccountId, PermissionSetArn }: AccountAssignment): void {
  if (!isBusy(world, AccountId, PermissionSetArn)) return;
  throw conflict(
    `There is a conflicting process in progress for PermissionSet with id ${permissionSetId(PermissionSetArn)} in account ${AccountId}. Please try again later.`,
  );
}

function refuseTooMany({ world, behaviour }: Context): void {
  const deletions = behaviour.deletionsCountAsOutstanding ? inProgress(world, 'assignment-deletion') : 0;
  if (inProgress(world, 'assignment-creation') + deletions < behaviour.quotas.outstandingAssignments) return;
  throw throttled('There are too many requests processing. Please try again later.');
}

function checkQuotas(
  { world, behaviour }: Context,
  { AccountId, PermissionSetArn, PrincipalType }: AccountAssignment,
): void {
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

function requestOf(
  context: Context,
  Kind: AssignmentRequest['Kind'],
  assignment: AccountAssignment,
): AssignmentRequest {
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

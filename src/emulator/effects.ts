import type { Engine } from './context.ts';
import { accountId } from './ids.ts';
import { refusedInManagementAccount } from './policy/management-account.ts';
import type {
  AccountRequest,
  AssignmentRequest,
  AsyncRequest,
  Job,
  PermissionSet,
  ProvisioningRequest,
} from './rows.ts';
import { assignmentKey, fold, nextId, pairKey, type World } from './world.ts';

/** What a job does when its time has come; answers the request as it is then, with a FailureReason where it failed. */
type Effect<Request extends AsyncRequest> = (engine: Engine, request: Request, job: Job) => Request;

const assignmentNotFound = 'Received a 404 status error: Assignment not found.';

const createAssignment: Effect<AssignmentRequest> = (engine, request, { Content }) => {
  const { world, report } = engine;
  const { AccountId, PermissionSetArn, PrincipalType, PrincipalId } = request;
  const assignment = { AccountId, PermissionSetArn, PrincipalType, PrincipalId };
  const unreachable = unreachableReason(world, AccountId);
  if (unreachable !== undefined) return { ...request, FailureReason: unreachable };
  // The first assignment makes the role; a later one leaves it as it is, even where it is stale.
  if (Content && !world.provisioned.has(pairKey(AccountId, PermissionSetArn))) {
    const failure = provision(engine, AccountId, Content);
    if (failure !== undefined) return { ...request, FailureReason: failure };
  }
  if (!world.assignments.has(assignmentKey(assignment))) {
    world.assignments.put(assignment);
    report({ type: 'assignment-created', ...changeOf(request) });
  }
  return request;
};

const deleteAssignment: Effect<AssignmentRequest> = (engine, request) => {
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

const provisionPermissionSet: Effect<ProvisioningRequest> = (engine, request, { AccountId, Content }) => {
  if (AccountId === undefined || Content === undefined) return request;
  // A request for all provisioned accounts can find that the last assignment, and so the role, has gone meanwhile.
  const raced =
    request.AccountId === undefined && !engine.world.provisioned.has(pairKey(AccountId, request.PermissionSetArn));
  const failure = raced
    ? assignmentNotFound
    : (unreachableReason(engine.world, AccountId) ?? provision(engine, AccountId, Content));
  return failure === undefined ? request : { ...request, FailureReason: request.FailureReason ?? failure };
};

const createAccount: Effect<AccountRequest> = ({ world, behaviour, report }, request) => {
  const CompletedTimestamp = behaviour.now() / 1000;
  const { Name, Email, Tags } = request;
  if (world.accounts.count('email', fold(Email)) > 0) {
    return { ...request, CompletedTimestamp, FailureReason: 'EMAIL_ALREADY_EXISTS' };
  }
  const Id = accountId(nextId(world, 'account'));
  const ParentId = world.organization.RootId;
  const JoinedTimestamp = CompletedTimestamp;
  world.accounts.put({ Id, Name, Email, State: 'ACTIVE', ParentId, JoinedMethod: 'CREATED', JoinedTimestamp, Tags });
  report({ type: 'account-created', accountId: Id });
  return { ...request, CompletedTimestamp, AccountId: Id };
};

const closeAccount: Effect<AccountRequest> = ({ world, behaviour, report }, request, { AccountId }) => {
  const account = AccountId === undefined ? undefined : world.accounts.get(AccountId);
  if (account) {
    world.accounts.put({ ...account, State: 'CLOSED' });
    report({ type: 'account-updated', accountId: account.Id });
  }
  return { ...request, CompletedTimestamp: behaviour.now() / 1000 };
};

// The requests table pairs each kind with its type of request; looked up by kind, the compiler can't tell.
export const effects = {
  'assignment-creation': createAssignment,
  'assignment-deletion': deleteAssignment,
  provisioning: provisionPermissionSet,
  'account-creation': createAccount,
  'account-closure': closeAccount,
} as Record<AsyncRequest['Kind'], Effect<AsyncRequest>>;

function changeOf({ AccountId, PermissionSetArn, PrincipalType, PrincipalId }: AssignmentRequest) {
  return {
    accountId: AccountId,
    permissionSetArn: PermissionSetArn,
    principalType: PrincipalType,
    principalId: PrincipalId,
  };
}

/** Identity Center can't work in an account that is suspended or closing; this is what it says then. */
function unreachableReason(world: World, id: string): string | undefined {
  if (world.accounts.get(id)?.State === 'ACTIVE') return undefined;
  return `AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '${id}' takes longer than usual. Please try again in a few minutes. If this problem continues, contact AWS Support.`;
}

/** Writes the role; what IAM refuses in the account becomes the request's FailureReason. */
function provision(engine: Engine, accountId: string, content: PermissionSet): string | undefined {
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

import { type Context, type Handlers, timestamp } from '../context.ts';
import { conflict, throttled, validationError } from '../errors.ts';
import { permissionSetId, uuid } from '../ids.ts';
import { takeRows } from '../paging.ts';
import { inProgress, startRequest } from '../requests.ts';
import type { PermissionSet, Provisioned, ProvisioningRequest } from '../rows.ts';
import { isLatest, nextId, pairKey } from '../world.ts';
import { requireAccount, requireOrganizationInstance, requirePermissionSet } from './find.ts';
import type { ssoAdminShapes } from './shapes.ts';
import { listRequests, requireRequest } from './statuses.ts';

export const provisioning = {
  ProvisionPermissionSet(context, input) {
    const { world, behaviour } = context;
    const permissionSet = requirePermissionSet(context, input);
    const { PermissionSetArn } = permissionSet;
    const target = targetOf(context, input);
    refuseOverlap(context, permissionSet, target);
    if (inProgress(world, 'provisioning') >= behaviour.quotas.concurrentProvisionings) {
      throw throttled('There are too many requests processing. Please try again later.');
    }
    const accounts =
      target === undefined
        ? world.provisioned.by('permissionSet', PermissionSetArn).map((row) => row.AccountId)
        : [target];
    const request: ProvisioningRequest = {
      Kind: 'provisioning',
      RequestId: uuid(nextId(world, 'request')),
      Status: 'IN_PROGRESS',
      CreatedDate: timestamp(context),
      PermissionSetArn,
      ...(target === undefined ? {} : { AccountId: target }),
    };
    const work = accounts.map((AccountId) => ({ AccountId, Content: permissionSet }));
    return { PermissionSetProvisioningStatus: describe(startRequest(context, request, work)) };
  },

  DescribePermissionSetProvisioningStatus(context, input) {
    const id = input.ProvisionPermissionSetRequestId;
    return {
      PermissionSetProvisioningStatus: describe(requireRequest(context, input.InstanceArn, 'provisioning', id)),
    };
  },

  ListPermissionSetProvisioningStatus(context, input) {
    const { statuses, next } = listRequests(context, input, 'provisioning');
    return { PermissionSetsProvisioningStatus: statuses, ...next };
  },

  ListAccountsForProvisionedPermissionSet(context, input) {
    const { PermissionSetArn } = requirePermissionSet(context, input);
    const { provisioned } = context.world;
    const rows = withStatus(context, provisioned.by('permissionSet', PermissionSetArn), input.ProvisioningStatus);
    const page = takeRows(context, input, rows, provisioned);
    return { AccountIds: page.items.map((row) => row.AccountId), ...page.next };
  },

  ListPermissionSetsProvisionedToAccount(context, input) {
    requireOrganizationInstance(context, input.InstanceArn);
    const { Id } = requireAccount(context, input.AccountId);
    const { provisioned } = context.world;
    const rows = withStatus(context, provisioned.by('account', Id), input.ProvisioningStatus);
    const page = takeRows(context, input, rows, provisioned);
    return { PermissionSets: page.items.map((row) => row.PermissionSetArn), ...page.next };
  },
} satisfies Partial<Handlers<typeof ssoAdminShapes>>;

function targetOf(context: Context, input: { TargetType: string; TargetId?: string }): string | undefined {
  if (input.TargetType === 'ALL_PROVISIONED_ACCOUNTS') return undefined;
  if (input.TargetId === undefined) throw validationError('TargetId is required when TargetType is AWS_ACCOUNT.');
  return requireAccount(context, input.TargetId).Id;
}

/** The same process may not run twice; nor may one account's role be touched by two. */
function refuseOverlap({ world }: Context, { PermissionSetArn }: PermissionSet, target: string | undefined): void {
  const running = world.jobs.rows().some((job) => {
    const request = world.requests.get(job.RequestId);
    if (request?.Kind !== 'provisioning' || request.PermissionSetArn !== PermissionSetArn) return false;
    return target === undefined || request.AccountId === undefined || request.AccountId === target;
  });
  if (running || (target !== undefined && world.jobs.count('pair', pairKey(target, PermissionSetArn)) > 0)) {
    throw conflict(
      `There is a conflicting process in progress for PermissionSet with id ${permissionSetId(PermissionSetArn)}. Please try again later.`,
    );
  }
}

function withStatus(context: Context, rows: Provisioned[], status: string | undefined): Provisioned[] {
  if (status === undefined) return rows;
  const wanted = status === 'LATEST_PERMISSION_SET_PROVISIONED';
  return rows.filter((row) => isLatest(context.world, row) === wanted);
}

function describe({ Status, RequestId, AccountId, PermissionSetArn, FailureReason, CreatedDate }: ProvisioningRequest) {
  return { Status, RequestId, AccountId, PermissionSetArn, FailureReason, CreatedDate };
}

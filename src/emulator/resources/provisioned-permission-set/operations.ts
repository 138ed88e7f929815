import { type Context, timestamp } from '../../core/context.ts';
import { conflict, throttled, validationError } from '../../core/errors.ts';
import { uuid } from '../../core/ids.ts';
import { takeRows } from '../../core/paging.ts';
import { inProgress, type RequestOf, startRequest } from '../../core/requests.ts';
import { operation } from '../../core/resource.ts';
import { enumeration, structure } from '../../core/shape.ts';
import { nextId } from '../../core/world.ts';
import { accountArn, requireAccount } from '../../services/sso-admin/accounts.ts';
import { onInstance, requirePermissionSets } from '../../services/sso-admin/instance.ts';
import { listRequests, requireRequest } from '../../services/sso-admin/request-status.ts';
import { AccountId, InstanceArn, ofInstance, paged, RequestId, StatusFilter } from '../../services/sso-admin/shapes.ts';
import {
  ofPermissionSet,
  onPermissionSet,
  type PermissionSet,
  permissionSetId,
  requirePermissionSet,
} from '../permission-set/table.ts';
import { isBusy, isLatest, type ProvisionedPermissionSet } from './table.ts';

const ProvisioningStatus = enumeration('LATEST_PERMISSION_SET_PROVISIONED', 'LATEST_PERMISSION_SET_NOT_PROVISIONED');
const ProvisionPermissionSet = structure(
  { ...ofPermissionSet, TargetType: enumeration('AWS_ACCOUNT', 'ALL_PROVISIONED_ACCOUNTS') },
  { TargetId: AccountId },
);

export const provisioningOperations = {
  ProvisionPermissionSet: operation(ProvisionPermissionSet, onTarget, (context, input) => {
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
    const request: RequestOf<'provisioning'> = {
      Kind: 'provisioning',
      RequestId: uuid(nextId(world, 'request')),
      Status: 'IN_PROGRESS',
      CreatedDate: timestamp(context),
      PermissionSetArn,
      ...(target === undefined ? {} : { AccountId: target }),
    };
    const work = accounts.map((AccountId) => ({ AccountId, Content: permissionSet }));
    return { PermissionSetProvisioningStatus: describe(startRequest(context, request, work)) };
  }),

  DescribePermissionSetProvisioningStatus: operation(
    structure({ InstanceArn, ProvisionPermissionSetRequestId: RequestId }),
    onInstance,
    (context, input) => {
      const id = input.ProvisionPermissionSetRequestId;
      return {
        PermissionSetProvisioningStatus: describe(requireRequest(context, input, 'provisioning', id)),
      };
    },
  ),

  ListPermissionSetProvisioningStatus: operation(
    structure(ofInstance, { ...paged, Filter: StatusFilter }),
    onInstance,
    (context, input) => {
      const { statuses, next } = listRequests(context, input, 'provisioning');
      return { PermissionSetsProvisioningStatus: statuses, ...next };
    },
  ),

  ListAccountsForProvisionedPermissionSet: operation(
    structure(ofPermissionSet, { ...paged, ProvisioningStatus }),
    onPermissionSet,
    (context, input) => {
      const { PermissionSetArn } = requirePermissionSet(context, input);
      const { provisioned } = context.world;
      const rows = withStatus(context, provisioned.by('permissionSet', PermissionSetArn), input.ProvisioningStatus);
      const page = takeRows(context, input, rows, provisioned);
      return { AccountIds: page.items.map((row) => row.AccountId), ...page.next };
    },
  ),

  ListPermissionSetsProvisionedToAccount: operation(
    structure({ InstanceArn, AccountId }, { ...paged, ProvisioningStatus }),
    onAccount,
    (context, input) => {
      requirePermissionSets(context, input);
      const { Id } = requireAccount(context, input.AccountId);
      const { provisioned } = context.world;
      const rows = withStatus(context, provisioned.by('account', Id), input.ProvisioningStatus);
      const page = takeRows(context, input, rows, provisioned);
      return { PermissionSets: page.items.map((row) => row.PermissionSetArn), ...page.next };
    },
  ),
};

interface Target {
  readonly InstanceArn: string;
  readonly PermissionSetArn: string;
  readonly TargetType: string;
  readonly TargetId?: string;
}

function onTarget({ TargetType, TargetId, ...input }: Target, { world }: Context): string[] {
  return [
    ...onPermissionSet(input),
    ...(TargetId === undefined ? [] : [accountArn(world, TargetId)]),
    ...(TargetType === 'ALL_PROVISIONED_ACCOUNTS' ? [accountArn(world, '*')] : []),
  ];
}

interface OneAccount {
  readonly InstanceArn: string;
  readonly AccountId: string;
}

function onAccount({ InstanceArn, AccountId }: OneAccount, { world }: Context): string[] {
  return [InstanceArn, accountArn(world, AccountId)];
}

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
  if (running || (target !== undefined && isBusy(world, target, PermissionSetArn))) {
    throw conflict(
      `There is a conflicting process in progress for PermissionSet with id ${permissionSetId(PermissionSetArn)}. Please try again later.`,
    );
  }
}

function withStatus(context: Context, rows: ProvisionedPermissionSet[], status: string | undefined) {
  if (status === undefined) return rows;
  const wanted = status === 'LATEST_PERMISSION_SET_PROVISIONED';
  return rows.filter((row) => isLatest(context.world, row) === wanted);
}

function describe({
  Status,
  RequestId,
  AccountId,
  PermissionSetArn,
  FailureReason,
  CreatedDate,
}: RequestOf<'provisioning'>) {
  return { Status, RequestId, AccountId, PermissionSetArn, FailureReason, CreatedDate };
}

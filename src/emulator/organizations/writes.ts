import { type Context, type Handlers, timestamp } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { accountRequestId, organizationalUnitId } from '../ids.ts';
import { startRequest } from '../requests.ts';
import type { AccountRequest, OrganizationalUnit } from '../rows.ts';
import { nextId } from '../world.ts';
import { describeUnit, requireAccount, requireParent } from './find.ts';
import { mergeTags } from './tags.ts';
import type { organizationsShapes } from './shapes.ts';

export const writes = {
  CreateAccount(context, input) {
    const { world, behaviour } = context;
    if (world.accounts.size >= behaviour.quotas.accounts) {
      throw violation('You have exceeded the allowed number of AWS accounts.', 'ACCOUNT_NUMBER_LIMIT_EXCEEDED');
    }
    const request: AccountRequest = {
      Kind: 'account-creation',
      RequestId: accountRequestId(nextId(world, 'account-request')),
      Status: 'IN_PROGRESS',
      CreatedDate: timestamp(context),
      Name: input.AccountName,
      Email: input.Email,
      Tags: mergeTags([], input.Tags ?? []),
    };
    return { CreateAccountStatus: describe(startRequest(context, request, [])) };
  },

  DescribeCreateAccountStatus({ world }, input) {
    const request = world.requests.get(input.CreateAccountRequestId);
    if (request?.Kind !== 'account-creation') {
      throw new ServiceError(
        'CreateAccountStatusNotFoundException',
        "We can't find an create account request with the CreateAccountRequestId that you specified.",
      );
    }
    return { CreateAccountStatus: describe(request) };
  },

  CloseAccount(context, input) {
    const { world } = context;
    const account = requireAccount(context, input.AccountId);
    if (account.Id === world.organization.ManagementAccountId) {
      throw violation("You can't close the management account.", 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT');
    }
    if (account.State === 'CLOSED' || account.State === 'PENDING_CLOSURE') {
      throw new ServiceError(
        'AccountAlreadyClosedException',
        'You attempted to close an account that is already closed.',
      );
    }
    world.accounts.put({ ...account, State: 'PENDING_CLOSURE' });
    context.report({ type: 'account-updated', accountId: account.Id });
    const request: AccountRequest = {
      Kind: 'account-closure',
      RequestId: accountRequestId(nextId(world, 'account-request')),
      Status: 'IN_PROGRESS',
      CreatedDate: timestamp(context),
      AccountId: account.Id,
      Name: account.Name,
      Email: account.Email,
      Tags: account.Tags,
    };
    startRequest(context, request, [{ AccountId: account.Id }]);
    return {};
  },

  MoveAccount(context, input) {
    const { world } = context;
    const account = requireAccount(context, input.AccountId);
    requireParent(context, input.DestinationParentId, 'DestinationParentNotFoundException');
    if (account.ParentId !== input.SourceParentId) {
      throw new ServiceError(
        'SourceParentNotFoundException',
        "You specified a source parent that doesn't hold the account.",
      );
    }
    if (account.ParentId === input.DestinationParentId) {
      throw new ServiceError(
        'DuplicateAccountException',
        'That account is already present in the specified destination.',
      );
    }
    world.accounts.put({ ...account, ParentId: input.DestinationParentId });
    context.report({ type: 'account-updated', accountId: account.Id });
    return {};
  },

  CreateOrganizationalUnit(context, input) {
    const { world } = context;
    const { ParentId, Name } = input;
    requireParent(context, ParentId);
    if (world.organizationalUnits.by('parent', ParentId).some((unit) => unit.Name === Name)) {
      throw new ServiceError('DuplicateOrganizationalUnitException', 'An OU with the same name already exists.');
    }
    checkDepth(context, ParentId);
    const Id = organizationalUnitId(world.organization.RootId, nextId(world, 'organizational-unit'));
    const unit: OrganizationalUnit = { Id, Name, ParentId, Tags: mergeTags([], input.Tags ?? []) };
    world.organizationalUnits.put(unit);
    context.report({ type: 'organizational-unit-created', organizationalUnitId: Id });
    return { OrganizationalUnit: describeUnit(context, unit) };
  },
} satisfies Partial<Handlers<typeof organizationsShapes>>;

/** User guide: OUs nest five levels deep under the root. */
function checkDepth({ world }: Context, parentId: string): void {
  let depth = 1;
  for (let unit = world.organizationalUnits.get(parentId); unit; depth++) {
    unit = world.organizationalUnits.get(unit.ParentId);
  }
  if (depth > 5) throw violation('You have exceeded the allowed depth of the OU hierarchy.', 'OU_DEPTH_LIMIT_EXCEEDED');
}

function violation(message: string, Reason: string): ServiceError {
  return new ServiceError('ConstraintViolationException', message, { Reason });
}

function describe(request: AccountRequest) {
  return {
    Id: request.RequestId,
    AccountName: request.Name,
    State: request.Status,
    RequestedTimestamp: request.CreatedDate,
    CompletedTimestamp: request.CompletedTimestamp,
    AccountId: request.AccountId,
    FailureReason: request.FailureReason,
  };
}

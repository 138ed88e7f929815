import { type Context, timestamp } from '../../core/context.ts';
import { ServiceError } from '../../core/errors.ts';
import { takePage, takeRows } from '../../core/paging.ts';
import { type RequestOf, startRequest } from '../../core/requests.ts';
import { operation } from '../../core/resource.ts';
import { enumeration, string, structure } from '../../core/shape.ts';
import { nextId } from '../../core/world.ts';
import { arnOf } from '../../services/organizations/arns.ts';
import { AccountId, pageSize, paged, ParentId, Tags } from '../../services/organizations/shapes.ts';
import { mergeTags } from '../../services/organizations/tags.ts';
import { requireParent } from '../organizational-unit/table.ts';
import { accountRequestId, describeAccount, requireAccount } from './table.ts';

const ChildId = string({ max: 100, pattern: '^(\\d{12})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$' });
const CreateAccountRequestId = string({ max: 36, pattern: '^car-[a-z0-9]{8,32}$' });
const CreateAccount = structure(
  {
    Email: string({ min: 6, max: 64, pattern: '[^\\s@]+@[^\\s@]+\\.[^\\s@]+' }),
    AccountName: string({ min: 1, max: 50, pattern: '[\\u0020-\\u007E]+' }),
  },
  {
    RoleName: string({ max: 64, pattern: '[\\w+=,.@-]{1,64}' }),
    IamUserAccessToBilling: enumeration('ALLOW', 'DENY'),
    Tags,
  },
);

export const accountOperations = {
  ListAccounts: operation(
    structure({}, paged),
    () => [],
    (context, input) => {
      const { accounts } = context.world;
      const page = takeRows(context, input, accounts.rows(), accounts, pageSize);
      return { Accounts: page.items.map((account) => describeAccount(context, account)), ...page.next };
    },
  ),

  ListAccountsForParent: operation(structure({ ParentId }, paged), onParent, (context, input) => {
    const { accounts } = context.world;
    requireParent(context, input.ParentId);
    const page = takeRows(context, input, accounts.by('parent', input.ParentId), accounts, pageSize);
    return { Accounts: page.items.map((account) => describeAccount(context, account)), ...page.next };
  }),

  ListChildren: operation(
    structure({ ParentId, ChildType: enumeration('ACCOUNT', 'ORGANIZATIONAL_UNIT') }, paged),
    onParent,
    (context, input) => {
      const { ParentId, ChildType } = input;
      requireParent(context, ParentId);
      const { accounts, organizationalUnits } = context.world;
      const page =
        ChildType === 'ACCOUNT'
          ? takeRows(context, input, accounts.by('parent', ParentId), accounts, pageSize)
          : takeRows(context, input, organizationalUnits.by('parent', ParentId), organizationalUnits, pageSize);
      return { Children: page.items.map(({ Id }) => ({ Id, Type: ChildType })), ...page.next };
    },
  ),

  ListParents: operation(
    structure({ ChildId }, paged),
    ({ ChildId }, { world }) => [arnOf(world, ChildId)],
    (context, input) => {
      const { world } = context;
      const child = world.accounts.get(input.ChildId) ?? world.organizationalUnits.get(input.ChildId);
      if (!child) {
        throw new ServiceError('ChildNotFoundException', "You specified a child that doesn't exist.");
      }
      const Id = child.ParentId;
      const parent = { Id, Type: Id === world.organization.RootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT' };
      const page = takePage(context, input, [parent], (row) => row.Id, pageSize);
      return { Parents: page.items, ...page.next };
    },
  ),

  DescribeAccount: operation(structure({ AccountId }), onAccount, (context, input) => {
    return { Account: describeAccount(context, requireAccount(context, input.AccountId)) };
  }),

  CreateAccount: operation(
    CreateAccount,
    () => [],
    (context, input) => {
      const { world, behaviour } = context;
      if (world.accounts.size >= behaviour.quotas.accounts) {
        throw violation('You have exceeded the allowed number of AWS accounts.', 'ACCOUNT_NUMBER_LIMIT_EXCEEDED');
      }
      const request: RequestOf<'account-creation'> = {
        Kind: 'account-creation',
        RequestId: accountRequestId(nextId(world, 'account-request')),
        Status: 'IN_PROGRESS',
        CreatedDate: timestamp(context),
        Name: input.AccountName,
        Email: input.Email,
        Tags: mergeTags([], input.Tags ?? []),
        ...(input.RoleName !== undefined && { RoleName: input.RoleName }),
      };
      return { CreateAccountStatus: describe(startRequest(context, request, [])) };
    },
  ),

  DescribeCreateAccountStatus: operation(
    structure({ CreateAccountRequestId }),
    () => [],
    ({ world }, input) => {
      const request = world.requests.get(input.CreateAccountRequestId);
      if (request?.Kind !== 'account-creation') {
        throw new ServiceError(
          'CreateAccountStatusNotFoundException',
          "We can't find an create account request with the CreateAccountRequestId that you specified.",
        );
      }
      return { CreateAccountStatus: describe(request) };
    },
  ),

  CloseAccount: operation(structure({ AccountId }), onAccount, (context, input) => {
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
    const request: RequestOf<'account-closure'> = {
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
  }),

  MoveAccount: operation(
    structure({ AccountId, SourceParentId: ParentId, DestinationParentId: ParentId }),
    onMove,
    (context, input) => {
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
  ),
};

function onParent({ ParentId }: { readonly ParentId: string }, { world }: Context): string[] {
  return [arnOf(world, ParentId)];
}

function onAccount({ AccountId }: { readonly AccountId: string }, { world }: Context): string[] {
  return [arnOf(world, AccountId)];
}

interface Move {
  readonly AccountId: string;
  readonly SourceParentId: string;
  readonly DestinationParentId: string;
}

function onMove({ AccountId, SourceParentId, DestinationParentId }: Move, { world }: Context): string[] {
  return [AccountId, SourceParentId, DestinationParentId].map((id) => arnOf(world, id));
}

function violation(message: string, Reason: string): ServiceError {
  return new ServiceError('ConstraintViolationException', message, { Reason });
}

function describe(request: RequestOf<'account-creation'>) {
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

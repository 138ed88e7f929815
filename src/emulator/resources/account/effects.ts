import type { Effect } from '../../core/requests.ts';
import { fold, nextId } from '../../core/world.ts';
import { accountId } from './table.ts';

export const createAccount: Effect<'account-creation'> = ({ world, behaviour, report }, request) => {
  const CompletedTimestamp = behaviour.now() / 1000;
  const { Name, Email, Tags, RoleName } = request;
  if (world.accounts.count('email', fold(Email)) > 0) {
    return { ...request, CompletedTimestamp, FailureReason: 'EMAIL_ALREADY_EXISTS' };
  }
  const Id = accountId(nextId(world, 'account'));
  const ParentId = world.organization.RootId;
  const JoinedTimestamp = CompletedTimestamp;
  const roles = RoleName === undefined ? {} : { Roles: [`/${RoleName}`] };
  world.accounts.put({
    Id,
    Name,
    Email,
    State: 'ACTIVE',
    ParentId,
    JoinedMethod: 'CREATED',
    JoinedTimestamp,
    Tags,
    ...roles,
  });
  report({ type: 'account-created', accountId: Id });
  return { ...request, CompletedTimestamp, AccountId: Id };
};

export const closeAccount: Effect<'account-closure'> = ({ world, behaviour, report }, request, { AccountId }) => {
  const account = AccountId === undefined ? undefined : world.accounts.get(AccountId);
  if (account) {
    world.accounts.put({ ...account, State: 'CLOSED' });
    report({ type: 'account-updated', accountId: account.Id });
  }
  return { ...request, CompletedTimestamp: behaviour.now() / 1000 };
};

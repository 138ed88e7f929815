import type { Context } from '../../core/context.ts';
import { ServiceError } from '../../core/errors.ts';
import { hexId } from '../../core/ids.ts';
import type { Table } from '../../core/table.ts';
import { fold, type TableDefinitions, type Tag } from '../../core/world.ts';
import { arnOf } from '../../services/organizations/arns.ts';
import { pathOf } from '../organizational-unit/table.ts';

export type AccountState = 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';

export interface Account {
  readonly Id: string;
  readonly Name: string;
  readonly Email: string;
  readonly State: AccountState;
  readonly ParentId: string;
  readonly JoinedMethod: 'INVITED' | 'CREATED';
  readonly JoinedTimestamp: number;
  readonly Tags: readonly Tag[];
  /** Customer managed policies that exist in the account, path and name in one; undefined: any does. */
  readonly CustomerManagedPolicies?: readonly string[];
  /** IAM roles that can be assumed, path and name in one; undefined: the one that AWS Organizations makes in accounts it creates. */
  readonly Roles?: readonly string[];
}

declare module '../../core/world.ts' {
  interface Tables {
    readonly accounts: Table<Account, 'parent' | 'email'>;
  }
}

export const accounts: TableDefinitions['accounts'] = {
  key: (row) => row.Id,
  indexes: { parent: (row) => row.ParentId, email: (row) => fold(row.Email) },
};

export function accountRequestId(seed: string): string {
  return `car-${hexId(`account-request ${seed}`, 32)}`;
}

export function accountId(seed: string): string {
  // 48 bits fit a number; the leading digit keeps the id clear of the round ones that people choose.
  return `8${String(Number.parseInt(hexId(`account ${seed}`, 12), 16))
    .padStart(11, '0')
    .slice(-11)}`;
}

export function requireAccount({ world }: Context, id: string): Account {
  const found = world.accounts.get(id);
  if (found) return found;
  throw new ServiceError('AccountNotFoundException', "You specified an account that doesn't exist.");
}

export function describeAccount({ world, behaviour }: Context, account: Account) {
  const { Id, Email, Name, State, ParentId, JoinedMethod, JoinedTimestamp } = account;
  // The API model retires Status in favour of State, which knows more of them.
  const Status = State === 'CLOSED' ? 'SUSPENDED' : State === 'PENDING_ACTIVATION' ? 'ACTIVE' : State;
  return {
    Id,
    Arn: arnOf(world, Id),
    Email,
    Name,
    ...(behaviour.accountStatus === 'absent' ? {} : { Status }),
    State,
    ...(behaviour.organizationPaths === 'absent' ? {} : { Paths: [`${pathOf(world, ParentId)}${Id}/`] }),
    JoinedMethod,
    JoinedTimestamp,
  };
}

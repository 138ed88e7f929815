import type { Context } from '../../core/context.ts';
import type { Input } from '../../core/shape.ts';
import type { Table } from '../../core/table.ts';
import { fold, type TableDefinitions } from '../../core/world.ts';
import type { Revised } from '../../services/identity-store/revisions.ts';
import {
  type Audited,
  type ExternalId,
  externalIdKey,
  notFoundHere,
  requireStore,
} from '../../services/identity-store/store.ts';
import type { CreateUser } from './shapes.ts';

/** What CreateUser and UpdateUser set. */
export type UserAttributes = Omit<Input<typeof CreateUser>, 'IdentityStoreId'>;

export interface User extends UserAttributes, Audited, Revised {
  readonly UserId: string;
  readonly UserName: string;
  readonly UserStatus: 'ENABLED' | 'DISABLED';
  readonly ExternalIds?: readonly ExternalId[];
}

declare module '../../core/world.ts' {
  interface Tables {
    readonly users: Table<User, 'name' | 'email' | 'externalId'>;
  }
}

export const users: TableDefinitions['users'] = {
  key: (row) => row.UserId,
  indexes: {
    name: (row) => fold(row.UserName),
    email: (row) => row.Emails?.flatMap(({ Value }) => (Value === undefined ? [] : [fold(Value)])),
    externalId: (row) => row.ExternalIds?.map(externalIdKey),
  },
};

export function requireUser(context: Context, input: { IdentityStoreId: string; UserId: string }): User {
  requireStore(context, input.IdentityStoreId);
  const found = context.world.users.get(input.UserId);
  if (!found) throw notFoundHere('USER', input.UserId);
  return found;
}

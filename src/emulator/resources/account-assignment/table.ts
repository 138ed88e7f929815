import type { Table } from '../../core/table.ts';
import type { TableDefinitions } from '../../core/world.ts';
import { type Principal, principalKey } from '../../services/sso-admin/principals.ts';
import { pairKey } from '../provisioned-permission-set/table.ts';

export interface AccountAssignment extends Principal {
  readonly AccountId: string;
  readonly PermissionSetArn: string;
}

declare module '../../core/world.ts' {
  interface Tables {
    /** By `assignmentKey`. */
    readonly assignments: Table<AccountAssignment, 'pair' | 'permissionSet' | 'principal'>;
  }
}

export const assignments: TableDefinitions['assignments'] = {
  key: assignmentKey,
  indexes: {
    pair: (row) => pairKey(row.AccountId, row.PermissionSetArn),
    permissionSet: (row) => row.PermissionSetArn,
    principal: principalKey,
  },
};

export function assignmentKey(row: AccountAssignment): string {
  return `${pairKey(row.AccountId, row.PermissionSetArn)} ${principalKey(row)}`;
}

import type { Table } from '../../core/table.ts';
import type { TableDefinitions, World } from '../../core/world.ts';
import type { PermissionSet } from '../permission-set/table.ts';

/** A permission set as a role in an account has it. */
export interface ProvisionedPermissionSet {
  readonly AccountId: string;
  readonly PermissionSetArn: string;
  /** The permission set as it was when it was provisioned here. */
  readonly Content: PermissionSet;
}

declare module '../../core/world.ts' {
  interface Tables {
    /** By `pairKey`. */
    readonly provisioned: Table<ProvisionedPermissionSet, 'account' | 'permissionSet'>;
  }
}

export const provisioned: TableDefinitions['provisioned'] = {
  key: (row) => pairKey(row.AccountId, row.PermissionSetArn),
  indexes: { account: (row) => row.AccountId, permissionSet: (row) => row.PermissionSetArn },
  shared: 'Content',
};

export function pairKey(accountId: string, permissionSetArn: string): string {
  return `${accountId} ${permissionSetArn}`;
}

/** Whether the account's copy is what the permission set is now. */
export function isLatest(world: World, { PermissionSetArn, Content }: ProvisionedPermissionSet): boolean {
  return Content.Revision === world.permissionSets.get(PermissionSetArn)?.Revision;
}

/** Whether a request is at work on the permission set in the account. */
export function isBusy({ jobs }: World, accountId: string, permissionSetArn: string): boolean {
  return jobs.by('account', accountId).some(({ Content }) => Content?.PermissionSetArn === permissionSetArn);
}

import type { Table } from '../../core/table.ts';
import type { TableDefinitions } from '../../core/world.ts';

/** A scope that an application may ask tokens for. */
export interface ApplicationAccessScope {
  readonly ApplicationArn: string;
  readonly Scope: string;
  /** Applications or instances that the scope is limited to. */
  readonly AuthorizedTargets?: readonly string[];
}

declare module '../../core/world.ts' {
  interface Tables {
    /** By `scopeKey`. */
    readonly applicationAccessScopes: Table<ApplicationAccessScope, 'application'>;
  }
}

export const applicationAccessScopes: TableDefinitions['applicationAccessScopes'] = {
  key: scopeKey,
  indexes: { application: (row) => row.ApplicationArn },
};

export function scopeKey({ ApplicationArn, Scope }: ApplicationAccessScope): string {
  return `${ApplicationArn} ${Scope}`;
}

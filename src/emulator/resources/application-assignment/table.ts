import type { Table } from '../../core/table.ts';
import type { TableDefinitions } from '../../core/world.ts';
import { type Principal, principalKey } from '../../services/sso-admin/principals.ts';

export interface ApplicationAssignment extends Principal {
  readonly ApplicationArn: string;
}

declare module '../../core/world.ts' {
  interface Tables {
    /** By `applicationAssignmentKey`. */
    readonly applicationAssignments: Table<ApplicationAssignment, 'application' | 'principal'>;
  }
}

export const applicationAssignments: TableDefinitions['applicationAssignments'] = {
  key: applicationAssignmentKey,
  indexes: { application: (row) => row.ApplicationArn, principal: principalKey },
};

export function applicationAssignmentKey(row: ApplicationAssignment): string {
  return `${row.ApplicationArn} ${principalKey(row)}`;
}

/** What a change of it is reported with. */
export function changeOf({ ApplicationArn, PrincipalType, PrincipalId }: ApplicationAssignment) {
  return { applicationArn: ApplicationArn, principalType: PrincipalType, principalId: PrincipalId };
}

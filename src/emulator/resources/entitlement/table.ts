import type { Context } from '../../core/context.ts';
import { notFound } from '../../core/errors.ts';
import type { Table } from '../../core/table.ts';
import type { TableDefinitions, Tag } from '../../core/world.ts';

/** The instance of account access manager: one for an instance of Identity Center. */
export interface AccountAccessApplication {
  readonly applicationArn: string;
  readonly tenantId: string;
  /** Of the application that stands for it in Identity Center. */
  readonly identityCenterApplicationArn: string;
  readonly createdAt: number;
  readonly tags: readonly Tag[];
}

/** A role that is given to a user or a group. */
export interface Entitlement {
  readonly entitlementId: string;
  readonly applicationArn: string;
  readonly principal: { readonly userId?: string; readonly groupId?: string };
  readonly roleArn: string;
  readonly createdAt: number;
}

declare module '../../core/world.ts' {
  interface Tables {
    readonly accountAccessApplications: Table<AccountAccessApplication>;
    readonly entitlements: Table<Entitlement, 'application'>;
  }
}

export const accountAccessApplications: TableDefinitions['accountAccessApplications'] = {
  key: (row) => row.applicationArn,
  indexes: {},
};

export const entitlements: TableDefinitions['entitlements'] = {
  key: (row) => row.entitlementId,
  indexes: { application: (row) => row.applicationArn },
};

export const accountOf = ({ roleArn }: Pick<Entitlement, 'roleArn'>): string => roleArn.split(':')[4] ?? '';

export function requireApplication(
  { world }: Context,
  { applicationArn }: { readonly applicationArn: string },
): AccountAccessApplication {
  const found = world.accountAccessApplications.get(applicationArn);
  if (!found) throw notFound(`Application ${applicationArn} does not exist.`);
  return found;
}

export function requireEntitlement(
  context: Context,
  input: { readonly applicationArn: string; readonly entitlementId: string },
): Entitlement {
  const { applicationArn } = requireApplication(context, input);
  const found = context.world.entitlements.get(input.entitlementId);
  if (found?.applicationArn !== applicationArn) throw notFound(`Entitlement ${input.entitlementId} does not exist.`);
  return found;
}

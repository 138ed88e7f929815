import { takeRows } from '../../core/paging.ts';
import { defineResource, operation } from '../../core/resource.ts';
import { string, structure } from '../../core/shape.ts';
import type { Table } from '../../core/table.ts';
import { organizations } from '../../services/organizations/service.ts';
import { pageSize, paged } from '../../services/organizations/shapes.ts';
import { describeAccount, requireAccount } from '../account/table.ts';

export interface DelegatedAdministrator {
  readonly AccountId: string;
  readonly DelegationEnabledDate: number;
}

declare module '../../core/world.ts' {
  interface Tables {
    readonly delegatedAdministrators: Table<DelegatedAdministrator>;
  }
}

const ServicePrincipal = string({ min: 1, max: 128, pattern: '[\\w+=,.@-]*' });

export const delegatedAdministrator = defineResource({
  service: organizations,
  tables: { delegatedAdministrators: { key: (row) => row.AccountId, indexes: {} } },
  operations: {
    ListDelegatedAdministrators: operation(
      structure({}, { ...paged, ServicePrincipal }),
      () => [],
      (context, input) => {
        const { delegatedAdministrators } = context.world;
        // Identity Center is the only service that this organization has delegated.
        const isServed = input.ServicePrincipal === undefined || input.ServicePrincipal === 'sso.amazonaws.com';
        const rows = isServed ? delegatedAdministrators.rows() : [];
        const page = takeRows(context, input, rows, delegatedAdministrators, pageSize);
        const described = page.items.map(({ AccountId, DelegationEnabledDate }) => {
          const { Paths: _paths, ...account } = describeAccount(context, requireAccount(context, AccountId));
          return { ...account, DelegationEnabledDate };
        });
        return { DelegatedAdministrators: described, ...page.next };
      },
    ),
  },
});

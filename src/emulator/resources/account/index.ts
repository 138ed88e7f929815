import { defineResource, taggedRow } from '../../core/resource.ts';
import type { Tag } from '../../core/world.ts';
import { organizations } from '../../services/organizations/service.ts';
import { closeAccount, createAccount } from './effects.ts';
import { accountOperations } from './operations.ts';
import { accounts } from './table.ts';

declare module '../../core/behaviour.ts' {
  interface Quotas {
    /** Accounts of the organization; an Organizations quota. */
    accounts: number;
  }
  interface Behaviour {
    /** Organizations answers the retired `Status` of an account beside its `State`. */
    accountStatus: 'beside-state' | 'absent';
  }
}

declare module '../../core/changes.ts' {
  interface Changes {
    'account-created': { accountId: string };
    'account-updated': { accountId: string };
  }
}

interface AccountRequest {
  /** Of a creation only once it has succeeded. */
  readonly AccountId?: string;
  readonly CompletedTimestamp?: number;
  /** What a creation asks for. */
  readonly Name: string;
  readonly Email: string;
  readonly Tags: readonly Tag[];
  readonly RoleName?: string;
}

declare module '../../core/requests.ts' {
  interface Requests {
    'account-creation': AccountRequest;
    'account-closure': AccountRequest;
  }
}

export const account = defineResource({
  service: organizations,
  tables: { accounts },
  operations: accountOperations,
  defaults: { quotas: { accounts: 7000 }, accountStatus: 'beside-state' },
  effects: { 'account-creation': createAccount, 'account-closure': closeAccount },
  tagged: ({ world, report }, id) =>
    taggedRow(world.accounts, id, () => report({ type: 'account-updated', accountId: id })),
});

import type { Account, Organizations } from '@aws-sdk/client-organizations';
import { isAwsError } from '../../core/errors.ts';
import type { Caller } from '../client/caller.ts';
import { AccessDeniedError } from '../client/errors.ts';
import { readPages } from '../client/pages.ts';

export interface LiveAccount {
  id: string;
  name: string;
  /** ACTIVE, SUSPENDED, PENDING_CLOSURE, … */
  state: string;
  /** Ids of what it is in, the root first. Undefined where the endpoint did not say. */
  parents?: readonly string[];
  /** Undefined where nobody has asked, and for an account that is not active. */
  tags?: Readonly<Record<string, string>>;
}

export interface OrganizationalUnit {
  id: string;
  /** Names from the root downward, `Workloads/Prod`; empty for the root itself. */
  path: string;
}

export interface Organization {
  /** Undefined where the organization can't be described (there is none, or access is denied). */
  managementAccountId?: string;
  /** Undefined where the accounts can't be listed: then every account must be given by id. */
  accounts?: Map<string, LiveAccount>;
  /** Why the accounts are not known. */
  unreadable?: string;
  /** Undefined where nobody has asked. */
  units?: readonly OrganizationalUnit[];
  /** Why units and tags are not known, though they are asked for. */
  structureUnreadable?: string;
}

/** Organizations alone may be out of reach; everything else that can't be read stops the run. */
export async function readOrganization(organizations: Organizations): Promise<Organization> {
  const [managementAccountId, accounts] = await Promise.all([
    readOrDenied(async () => (await organizations.describeOrganization({})).Organization?.MasterAccountId),
    readOrDenied(() =>
      readPages(
        (NextToken) => organizations.listAccounts({ MaxResults: 20, NextToken }),
        (page) => page.Accounts,
      ),
    ),
  ]);
  return {
    ...(typeof managementAccountId === 'string' && { managementAccountId }),
    ...(Array.isArray(accounts)
      ? { accounts: new Map(accounts.map((account) => [account.Id ?? '', liveAccount(account)])) }
      : { unreadable: accounts instanceof Error ? accounts.message : 'no answer' }),
  };
}

async function readOrDenied<T>(read: () => Promise<T>): Promise<T | Error> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AccessDeniedError) return error;
    if (isAwsError(error, 'AWSOrganizationsNotInUseException')) return error as Error;
    throw error;
  }
}

// `Status` is retired in favour of `State` since September 2026; an older endpoint may still send it alone.
function liveAccount({ Id = '', Name = '', State, Status, Paths = [] }: Account): LiveAccount {
  // A path is `o-…/r-…/ou-…/ou-…/111122223333/`.
  const parents = Paths.flatMap((path) => path.split('/').filter((step) => /^(r|ou)-/.test(step)));
  return { id: Id, name: Name, state: State ?? Status ?? 'ACTIVE', ...(parents.length > 0 && { parents }) };
}

/** Why this caller can change nothing in an account, and who can; undefined where it can. */
export function isOutOfReach(
  account: string,
  { managementAccountId, accounts }: Organization,
  caller: Caller | undefined,
): string | undefined {
  if (accounts && !accounts.has(account)) return 'the account is not in the organization';
  const state = accounts?.get(account)?.state ?? 'ACTIVE';
  if (state !== 'ACTIVE') {
    return `the account is ${state}; the organization's management account can reactivate it, or remove it`;
  }
  if (account === managementAccountId && isDelegated(caller, managementAccountId)) {
    return 'a delegated administrator can change nothing in the management account; run this from the management account';
  }
  return undefined;
}

/** True for a caller outside the management account, who acts as a delegated administrator. */
export function isDelegated(caller: Caller | undefined, managementAccountId: string | undefined): boolean {
  return caller !== undefined && managementAccountId !== undefined && caller.accountId !== managementAccountId;
}

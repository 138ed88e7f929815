import type { Caller } from '../core/context.ts';
import {
  createWorld,
  type Instance,
  nextId,
  type Organization,
  type TableDefinitions,
  type World,
} from '../core/world.ts';
import type { Account, AccountState } from '../resources/account/table.ts';
import { providerArn } from '../resources/application/providers.ts';
import { applicationArn } from '../resources/application/table.ts';
import { identityStoreId, instanceArn } from '../resources/instance/ids.ts';
import { organizationId, rootId } from '../resources/organization/ids.ts';
import { organizationalUnitId } from '../resources/organizational-unit/table.ts';
import { callerIn } from '../services/caller.ts';
import {
  defaultAccounts,
  defaultManagementAccountId,
  type Seed,
  type SeedAccount,
  type SeedApplication,
} from './seed.ts';

/** A new world from a seed. */
export function plantWorld(tables: TableDefinitions, given: Seed, now: number): World {
  const ManagementAccountId = given.managementAccountId ?? defaultManagementAccountId;
  // A seed that names no accounts gets those that there are without a seed, under its own management account.
  const accounts = defaultAccounts.map((account) =>
    account.id === defaultManagementAccountId ? { ...account, id: ManagementAccountId } : account,
  );
  const seed: Seed = { accounts, ...given };
  const Region = seed.region ?? 'us-east-1';
  const CreatedDate = now / 1000;
  const organization: Organization = {
    Id: organizationId(ManagementAccountId),
    RootId: rootId(ManagementAccountId),
    ManagementAccountId,
    RootTags: [],
    Partition: partitionOf(Region),
    CreatedDate,
  };
  const Kind = seed.instanceKind ?? 'organization';
  const OwnerAccountId =
    Kind === 'organization' ? ManagementAccountId : accountInstanceOwner(seed, ManagementAccountId);
  const instance: Instance = {
    InstanceArn: seed.instanceArn ?? instanceArn(organization.Partition, OwnerAccountId),
    IdentityStoreId: seed.identityStoreId ?? identityStoreId(OwnerAccountId),
    OwnerAccountId,
    Kind,
    Region,
    CreatedDate,
    KeyType: 'AWS_OWNED_KMS_KEY',
    Tags: [],
  };
  const world = createWorld(tables, organization, instance);
  addMissing(world, seed, now);
  return world;
}

/** Adds what the seed names and the world lacks; what the world has stays as it is. */
export function addMissing(world: World, seed: Seed, now: number): void {
  for (const path of seed.organizationalUnits ?? []) unitAt(world, path);
  for (const account of seed.accounts ?? []) addAccount(world, account, now);
  const { ManagementAccountId } = world.organization;
  if (!world.accounts.has(ManagementAccountId)) {
    const taken = world.accounts.rows().some((account) => account.Name === 'management');
    const name = taken ? `management-${ManagementAccountId}` : 'management';
    addAccount(world, { id: ManagementAccountId, name }, now);
  }
  const { OwnerAccountId } = world.instance;
  addAccount(world, { id: OwnerAccountId, name: `owner-${OwnerAccountId}` }, now);
  for (const application of seed.applications ?? []) addApplication(world, application, now);
  for (const AccountId of seed.delegatedAdministrators ?? []) {
    addAccount(world, { id: AccountId, name: `delegated-${AccountId}` }, now);
    if (!world.delegatedAdministrators.has(AccountId)) {
      world.delegatedAdministrators.put({ AccountId, DelegationEnabledDate: now / 1000 });
    }
  }
}

/** Who calls, in this run; the seed's to say even where the world comes from a store. */
export function callerOf(world: World, seed: Seed): Caller {
  const { organization, instance } = world;
  const accountId = seed.caller?.accountId ?? instance.OwnerAccountId;
  const arn = seed.caller?.arn ?? `arn:${organization.Partition}:iam::${accountId}:user/emulator`;
  return callerIn(world, { accountId, arn });
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** The management account can't have an account instance (API reference), so a member does: the caller, or the first. */
function accountInstanceOwner({ caller, accounts = [] }: Seed, management: string): string {
  const candidates = [caller?.accountId, ...accounts.map(({ id }) => id)];
  return candidates.find((id) => id !== undefined && id !== management) ?? '222222222222';
}

function addAccount(world: World, seed: SeedAccount, now: number): void {
  if (world.accounts.has(seed.id)) return;
  const account: Account = {
    Id: seed.id,
    Name: seed.name,
    Email: seed.email ?? `aws-${seed.id}@example.com`,
    State: (seed.state ?? 'ACTIVE') as AccountState,
    ParentId: seed.ou === undefined ? world.organization.RootId : unitAt(world, seed.ou),
    JoinedMethod: seed.id === world.organization.ManagementAccountId ? 'INVITED' : 'CREATED',
    JoinedTimestamp: now / 1000,
    Tags: Object.entries(seed.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    ...(seed.customerManagedPolicies && { CustomerManagedPolicies: seed.customerManagedPolicies }),
    ...(seed.roles && { Roles: seed.roles }),
  };
  world.accounts.put(account);
}

function addApplication(world: World, seed: SeedApplication, now: number): void {
  const { organization, instance, applications } = world;
  const { name, account = instance.OwnerAccountId, description, protocol = 'saml', assignmentRequired = true } = seed;
  const isThere = applications.rows().some((row) => row.Name === name && row.ApplicationAccount === account);
  if (isThere) return;
  applications.put({
    ApplicationArn: applicationArn(instance.InstanceArn, account, nextId(world, 'application')),
    ApplicationProviderArn: providerArn(organization.Partition, protocol === 'saml' ? 'custom-saml' : 'custom'),
    Name: name,
    ApplicationAccount: account,
    Status: 'ENABLED',
    ...(description !== undefined && { Description: description }),
    CreatedDate: now / 1000,
    AssignmentRequired: assignmentRequired,
    Tags: [],
  });
}

/** The id of the OU at this path; makes what is missing of the way. */
function unitAt(world: World, path: string): string {
  return path.split('/').reduce((ParentId, Name) => {
    const found = world.organizationalUnits.by('parent', ParentId).find((unit) => unit.Name === Name);
    if (found) return found.Id;
    const Id = organizationalUnitId(world.organization.RootId, nextId(world, 'organizational-unit'));
    world.organizationalUnits.put({ Id, Name, ParentId, Tags: [] });
    return Id;
  }, world.organization.RootId);
}

import type { Behaviour } from '../core/behaviour.ts';
import type { Caller } from '../core/context.ts';
import type { Registry } from '../core/resource.ts';
import { createWorld, type Instance, nextId, type Organization, type World } from '../core/world.ts';
import type { Account } from '../resources/account/table.ts';
import { identityStoreId, instanceArn } from '../resources/instance/ids.ts';
import { organizationId, rootId } from '../resources/organization/ids.ts';
import { organizationalUnitId } from '../resources/organizational-unit/table.ts';
import { callerIn } from '../services/caller.ts';
import { addApplication, addAssignment, addPermissionSet } from './access.ts';
import { addGroup, addUser } from './directory.ts';
import { createOwnCalls, type OwnCall } from './own-calls.ts';
import { defaultAccounts, defaultManagementAccountId, type Seed, type SeedAccount, SeedError } from './seed.ts';

/** A new world from a seed. */
export function plantWorld(registry: Registry, behaviour: Behaviour, given: Seed): World {
  const ManagementAccountId = given.managementAccountId ?? defaultManagementAccountId;
  // A seed that names no accounts gets those that there are without a seed, under its own management account.
  const accounts = defaultAccounts.map((account) =>
    account.id === defaultManagementAccountId ? { ...account, id: ManagementAccountId } : account,
  );
  const seed: Seed = { accounts, ...given };
  const Region = seed.region ?? 'us-east-1';
  const CreatedDate = behaviour.now() / 1000;
  const organization: Organization = {
    Id: organizationId(ManagementAccountId),
    RootId: rootId(ManagementAccountId),
    ManagementAccountId,
    RootTags: [],
    Partition: partitionOf(Region),
    CreatedDate,
  };
  const Kind = seed.instanceKind ?? 'organization';
  if (Kind === 'account' && seed.permissionSetsEnabled !== undefined) {
    throw new SeedError('Seed member permissionSetsEnabled is only for an organization instance.');
  }
  const OwnerAccountId =
    Kind === 'organization' ? ManagementAccountId : accountInstanceOwner(seed, ManagementAccountId);
  const AdditionalRegions = additionalRegionsOf(seed, Region, Kind);
  const instance: Instance = {
    InstanceArn: seed.instanceArn ?? instanceArn(organization.Partition, OwnerAccountId),
    IdentityStoreId: seed.identityStoreId ?? identityStoreId(OwnerAccountId),
    OwnerAccountId,
    Kind,
    ...(seed.permissionSetsEnabled === false && { PermissionSetsEnabled: false }),
    Region,
    ...(AdditionalRegions.length > 0 && { AdditionalRegions }),
    CreatedDate,
    KeyType: 'AWS_OWNED_KMS_KEY',
    Tags: [],
  };
  const world = createWorld(registry.tables, organization, instance);
  addMissing(world, registry, behaviour, seed);
  return world;
}

/**
 * Adds what the seed names and the world lacks; what the world has stays as it is. Throws a SeedError
 * where a member asks for something that can't be.
 */
export function addMissing(world: World, registry: Registry, behaviour: Behaviour, seed: Seed): void {
  const now = behaviour.now();
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
  for (const AccountId of seed.delegatedAdministrators ?? []) {
    addAccount(world, { id: AccountId, name: `delegated-${AccountId}` }, now);
    if (!world.delegatedAdministrators.has(AccountId)) {
      world.delegatedAdministrators.put({ AccountId, DelegationEnabledDate: now / 1000 });
    }
  }
  const call = createOwnCalls(world, registry, behaviour);
  if (seed.networkRules) setNetworkRules(world, call, seed.networkRules);
  addEach(seed, 'users', (user) => addUser(world, call, user, behaviour));
  addEach(seed, 'groups', (group) => addGroup(world, call, group));
  addEach(seed, 'permissionSets', (set) => addPermissionSet(world, call, set));
  addEach(seed, 'assignments', (assignment) => addAssignment(world, assignment));
  addEach(seed, 'applications', (application) => addApplication(world, application, now));
}

function setNetworkRules(world: World, call: OwnCall, rules: NonNullable<Seed['networkRules']>): void {
  const { IdentityStoreId } = world.instance;
  const NetworkConfiguration = Object.fromEntries(
    Object.entries(rules).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
  try {
    call('identitystore', 'UpdateIdentityStore', { IdentityStoreId, NetworkConfiguration });
  } catch (error) {
    throw new SeedError(`Seed member networkRules: ${(error as Error).message}`, { cause: error });
  }
}

function addEach<Name extends 'users' | 'groups' | 'permissionSets' | 'assignments' | 'applications'>(
  seed: Seed,
  name: Name,
  add: (item: NonNullable<Seed[Name]>[number]) => void,
): void {
  for (const [index, item] of (seed[name] ?? []).entries()) {
    try {
      add(item);
    } catch (error) {
      throw new SeedError(`Seed member ${name}[${index}]: ${(error as Error).message}`, { cause: error });
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

/** By the first words of a Region's name, as botocore's list of partitions has them. */
const partitions = {
  'cn-': 'aws-cn',
  'eusc-': 'aws-eusc',
  'us-gov-': 'aws-us-gov',
  'us-iso-': 'aws-iso',
  'us-isob-': 'aws-iso-b',
  'eu-isoe-': 'aws-iso-e',
  'us-isof-': 'aws-iso-f',
};

function partitionOf(region: string): string {
  return Object.entries(partitions).find(([words]) => region.startsWith(words))?.[1] ?? 'aws';
}

/** The management account can't have an account instance (API reference), so a member does: the caller, or the first. */
function accountInstanceOwner({ caller, accounts = [] }: Seed, management: string): string {
  const candidates = [caller?.accountId, ...accounts.map(({ id }) => id)];
  return candidates.find((id) => id !== undefined && id !== management) ?? '222222222222';
}

/** User guide, "Using IAM Identity Center across multiple AWS Regions": organization instances alone can be replicated. */
function additionalRegionsOf({ additionalRegions = [] }: Seed, home: string, kind: Instance['Kind']): string[] {
  if (kind === 'account' && additionalRegions.length > 0) {
    throw new SeedError('Seed member additionalRegions is only for an organization instance.');
  }
  const wrong = additionalRegions.find((region) => region === home || partitionOf(region) !== partitionOf(home));
  if (wrong !== undefined) throw new SeedError(`Seed member additionalRegions has ${wrong}, which ${home} can't have.`);
  return [...new Set(additionalRegions)];
}

function addAccount(world: World, seed: SeedAccount, now: number): void {
  if (world.accounts.has(seed.id)) return;
  const account: Account = {
    Id: seed.id,
    Name: seed.name,
    Email: seed.email ?? `aws-${seed.id}@example.com`,
    State: seed.state ?? 'ACTIVE',
    ParentId: seed.ou === undefined ? world.organization.RootId : unitAt(world, seed.ou),
    JoinedMethod: seed.id === world.organization.ManagementAccountId ? 'INVITED' : 'CREATED',
    JoinedTimestamp: now / 1000,
    Tags: Object.entries(seed.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    ...(seed.customerManagedPolicies && { CustomerManagedPolicies: seed.customerManagedPolicies }),
    ...(seed.roles && { Roles: seed.roles }),
  };
  world.accounts.put(account);
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

import { nextId, type World } from '../core/world.ts';
import { providerArn } from '../resources/application/providers.ts';
import { applicationArn } from '../resources/application/table.ts';
import { applicationAssignmentKey } from '../resources/application-assignment/table.ts';
import { assignmentKey } from '../resources/account-assignment/table.ts';
import { pairKey } from '../resources/provisioned-permission-set/table.ts';
import { hasPermissionSets } from '../services/sso-admin/instance.ts';
import type { Principal } from '../services/sso-admin/principals.ts';
import { requireGroupNamed, requireUserNamed } from './directory.ts';
import type { OwnCall } from './own-calls.ts';
import type { SeedApplication, SeedAssignment, SeedPermissionSet } from './seed.ts';

/** Adds the permission set unless one of its name exists. */
export function addPermissionSet(world: World, call: OwnCall, seed: SeedPermissionSet): void {
  const { InstanceArn } = world.instance;
  if (world.permissionSets.count('name', seed.name) > 0) return;
  if (!hasPermissionSets(world.instance)) throw new Error('The instance has no permission sets');
  const { PermissionSet } = call('sso-admin', 'CreatePermissionSet', {
    InstanceArn,
    Name: seed.name,
    Description: seed.description,
    SessionDuration: seed.sessionDuration,
    RelayState: seed.relayState,
    Tags: Object.entries(seed.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
  }) as { PermissionSet: { PermissionSetArn: string } };
  const set = { InstanceArn, PermissionSetArn: PermissionSet.PermissionSetArn };
  for (const policy of seed.managedPolicies ?? []) {
    const ManagedPolicyArn = managedPolicyArn(world, policy);
    call('sso-admin', 'AttachManagedPolicyToPermissionSet', { ...set, ManagedPolicyArn });
  }
  for (const policy of seed.customerManagedPolicies ?? []) {
    const CustomerManagedPolicyReference = pathAndName(policy);
    call('sso-admin', 'AttachCustomerManagedPolicyReferenceToPermissionSet', {
      ...set,
      CustomerManagedPolicyReference,
    });
  }
  if (seed.inlinePolicy) {
    const InlinePolicy = JSON.stringify(seed.inlinePolicy);
    call('sso-admin', 'PutInlinePolicyToPermissionSet', { ...set, InlinePolicy });
  }
  const boundary = seed.permissionsBoundary;
  if (boundary !== undefined) {
    const PermissionsBoundary = boundary.startsWith('/')
      ? { CustomerManagedPolicyReference: pathAndName(boundary) }
      : { ManagedPolicyArn: managedPolicyArn(world, boundary) };
    call('sso-admin', 'PutPermissionsBoundaryToPermissionSet', { ...set, PermissionsBoundary });
  }
}

/** Adds what is missing of the assignments, provisioned, in accounts of any state: they may be older than it. */
export function addAssignment(world: World, seed: SeedAssignment): void {
  const sets = seed.permissionSets.map((name) => {
    const [found] = world.permissionSets.by('name', name);
    if (!found) throw new Error(`The permission set ${name} does not exist`);
    return found;
  });
  const accounts = seed.accounts.map((name) => {
    const found = world.accounts.get(name) ?? world.accounts.rows().find((row) => row.Name === name);
    if (!found) throw new Error(`The account ${name} does not exist`);
    return found;
  });
  for (const { Id: AccountId } of accounts) {
    for (const set of sets) {
      const { PermissionSetArn } = set;
      for (const principal of principalsOf(world, seed)) {
        const assignment = { AccountId, PermissionSetArn, ...principal };
        if (!world.assignments.has(assignmentKey(assignment))) world.assignments.put(assignment);
        if (!world.provisioned.has(pairKey(AccountId, PermissionSetArn))) {
          world.provisioned.put({ AccountId, PermissionSetArn, Content: set });
        }
      }
    }
  }
}

/** Adds the application unless one of its name exists and account, and what is missing of its assignments. */
export function addApplication(world: World, seed: SeedApplication, now: number): void {
  const { organization, instance, applications } = world;
  const { name, account = instance.OwnerAccountId, description, protocol = 'saml', assignmentRequired = true } = seed;
  const find = () => applications.rows().find((row) => row.Name === name && row.ApplicationAccount === account);
  if (!find()) {
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
  const { ApplicationArn = '' } = find() ?? {};
  for (const principal of principalsOf(world, seed)) {
    const row = { ApplicationArn, ...principal };
    if (!world.applicationAssignments.has(applicationAssignmentKey(row))) world.applicationAssignments.put(row);
  }
}

function principalsOf(
  world: World,
  { users = [], groups = [] }: Pick<SeedAssignment, 'users' | 'groups'>,
): Principal[] {
  return [
    ...users.map((name) => ({ PrincipalType: 'USER' as const, PrincipalId: requireUserNamed(world, name).UserId })),
    ...groups.map((name) => ({ PrincipalType: 'GROUP' as const, PrincipalId: requireGroupNamed(world, name).GroupId })),
  ];
}

function managedPolicyArn({ organization }: World, policy: string): string {
  return policy.startsWith('arn:') ? policy : `arn:${organization.Partition}:iam::aws:policy/${policy}`;
}

function pathAndName(policy: string): { Path: string; Name: string } {
  const end = policy.lastIndexOf('/') + 1;
  return { Path: policy.slice(0, end), Name: policy.slice(end) };
}

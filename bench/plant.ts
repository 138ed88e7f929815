import type { PermissionSet, Seed, World } from '../src/emulator/index.ts';
import { uuid } from '../src/emulator/core/ids.ts';
import { nextId } from '../src/emulator/core/world.ts';
import { permissionSetArn } from '../src/emulator/resources/permission-set/table.ts';
import { assignment } from '../src/kinds/account-assignment/kind.ts';
import { membership } from '../src/kinds/membership/kind.ts';
import { permissionSet, type PermissionSetSpec } from '../src/kinds/permission-set/kind.ts';
import { user, type UserSpec } from '../src/kinds/user/kind.ts';
import { minify } from '../src/kinds/shared/policy/document.ts';
import { contextOf, type Organisation } from './organisation.ts';

/** An emulator's seed with the accounts of the organisation, the instance that it names, and nothing in it yet. */
export function seedOf({ identityCenter, accounts }: Organisation): Seed {
  const rows = Object.entries(accounts).map(([name, id]) => ({ id, name }));
  const [management] = rows;
  return { ...identityCenter, accounts: rows, ...(management && { managementAccountId: management.id }) };
}

/**
 * Makes the organisation live in an emulator that was started from its seed: row by row, since through the API a large one
 * would take minutes. Every assigned set is a role where it is assigned.
 */
export function plantOrganisation(world: World, organisation: Organisation): void {
  const at = world.instance.CreatedDate;
  const audit = { CreatedAt: at, CreatedBy: 'bench', UpdatedAt: at, UpdatedBy: 'bench' };
  const context = contextOf(organisation);
  const users = new Map<string, string>();
  const groups = new Map<string, string>();
  const sets = new Map<string, PermissionSet>();
  for (const { spec } of user.desired(organisation.users, context)) {
    const UserId = uuid(nextId(world, 'user'));
    users.set(spec.userName, UserId);
    world.users.put({ ...userRow(spec), UserId, UserStatus: 'ENABLED', ...audit });
  }
  for (const [DisplayName, { description: Description }] of Object.entries(organisation.groups)) {
    const GroupId = uuid(nextId(world, 'group'));
    groups.set(DisplayName, GroupId);
    world.groups.put({ GroupId, DisplayName, ...(Description !== undefined && { Description }), ...audit });
  }
  for (const { spec } of membership.desired(organisation.groups, context)) {
    const MembershipId = uuid(nextId(world, 'membership'));
    const [GroupId, UserId] = [idOf(groups, spec.group), idOf(users, spec.user)];
    world.memberships.put({ MembershipId, GroupId, UserId, ...audit });
  }
  for (const { spec } of permissionSet.desired(organisation.permissionSets, context)) {
    const PermissionSetArn = permissionSetArn(world.instance.InstanceArn, nextId(world, 'permission-set'));
    const row: PermissionSet = { ...setRow(spec), PermissionSetArn, CreatedDate: at, Revision: 1 };
    sets.set(spec.name, row);
    world.permissionSets.put(row);
  }
  for (const { spec } of assignment.desired(organisation.assignments, context)) {
    const { account: AccountId, principalType: PrincipalType, principal } = spec;
    const Content = idOf(sets, spec.permissionSet);
    const { PermissionSetArn } = Content;
    const PrincipalId = idOf(PrincipalType === 'USER' ? users : groups, principal);
    world.provisioned.put({ AccountId, PermissionSetArn, Content });
    world.assignments.put({ AccountId, PermissionSetArn, PrincipalType, PrincipalId });
  }
}

function idOf<Value>(known: ReadonlyMap<string, Value>, name: string): Value {
  const found = known.get(name);
  if (found === undefined) throw new Error(`The organisation speaks of ${name}, and does not have it.`);
  return found;
}

const userRow = ({ userName, givenName, familyName, displayName, email, title }: UserSpec) => ({
  UserName: userName,
  Name: { GivenName: givenName, FamilyName: familyName },
  DisplayName: displayName,
  ...(email !== undefined && { Emails: [{ Value: email, Type: 'work', Primary: true }] }),
  ...(title !== undefined && { Title: title }),
});

const policyRow = ({ name, path }: { name: string; path: string }) => ({ Name: name, Path: path });

function setRow(spec: PermissionSetSpec): Omit<PermissionSet, 'PermissionSetArn' | 'CreatedDate' | 'Revision'> {
  const { managedPolicy, customerManagedPolicy } = spec.permissionsBoundary ?? {};
  return {
    Name: spec.name,
    ...(spec.description !== undefined && { Description: spec.description }),
    SessionDuration: spec.sessionDuration,
    ...(spec.relayState !== undefined && { RelayState: spec.relayState }),
    ManagedPolicyArns: spec.managedPolicies,
    CustomerManagedPolicyReferences: spec.customerManagedPolicies.map(policyRow),
    ...(spec.inlinePolicy && { InlinePolicy: minify(spec.inlinePolicy) }),
    ...(managedPolicy !== undefined && { PermissionsBoundary: { ManagedPolicyArn: managedPolicy } }),
    ...(customerManagedPolicy && {
      PermissionsBoundary: { CustomerManagedPolicyReference: policyRow(customerManagedPolicy) },
    }),
    Tags: Object.entries(spec.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

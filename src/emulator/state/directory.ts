import type { Behaviour } from '../core/behaviour.ts';
import { fold, type World } from '../core/world.ts';
import type { OwnCall } from './own-calls.ts';
import type { SeedGroup, SeedUser } from './seed.ts';

/** Adds the user unless one of its name exists. */
export function addUser(world: World, call: OwnCall, seed: SeedUser, { managerForm }: Behaviour): void {
  if (userNamed(world, seed.userName)) return;
  const { userName, givenName = userName, familyName = userName, title, email, enterprise, externalId } = seed;
  const { manager, ...others } = enterprise ?? {};
  const managed = manager === undefined ? {} : { manager: managerForm === 'object' ? { value: manager } : manager };
  const { UserId } = call('identitystore', 'CreateUser', {
    IdentityStoreId: world.instance.IdentityStoreId,
    UserName: userName,
    DisplayName: seed.displayName ?? (seed.givenName === undefined ? userName : `${givenName} ${familyName}`),
    Name: { GivenName: givenName, FamilyName: familyName },
    Title: title,
    Emails: email === undefined ? undefined : [{ Value: email, Type: 'work', Primary: true }],
    Extensions: enterprise && { 'aws:identitystore:enterprise': { ...others, ...managed } },
  }) as { UserId: string };
  const made = world.users.get(UserId);
  // What no call can set, and an identity provider or the console does.
  if (made) world.users.put({ ...made, UserStatus: seed.status ?? 'ENABLED', ...externalIds(externalId) });
}

/** Adds the group unless one of its name exists, and those of its members who aren't in it. */
export function addGroup(world: World, call: OwnCall, seed: SeedGroup): void {
  const IdentityStoreId = world.instance.IdentityStoreId;
  if (!groupNamed(world, seed.name)) {
    const { GroupId } = call('identitystore', 'CreateGroup', {
      IdentityStoreId,
      DisplayName: seed.name,
      Description: seed.description,
    }) as { GroupId: string };
    const made = world.groups.get(GroupId);
    if (made) world.groups.put({ ...made, ...externalIds(seed.externalId) });
  }
  const { GroupId } = requireGroupNamed(world, seed.name);
  const present = new Set(world.memberships.by('group', GroupId).map(({ UserId }) => UserId));
  for (const { UserId } of (seed.members ?? []).map((name) => requireUserNamed(world, name))) {
    if (!present.has(UserId))
      call('identitystore', 'CreateGroupMembership', { IdentityStoreId, GroupId, MemberId: { UserId } });
    present.add(UserId);
  }
}

function externalIds(seed: SeedUser['externalId']) {
  return seed ? { ExternalIds: [{ Issuer: seed.issuer, Id: seed.id }] } : {};
}

const userNamed = ({ users }: World, name: string) => users.by('name', fold(name))[0];
const groupNamed = ({ groups }: World, name: string) => groups.by('name', name)[0];

/** The user or the group with this name. Throws an Error that names it where there is none. */
export function requireUserNamed(world: World, name: string) {
  const found = userNamed(world, name);
  if (!found) throw new Error(`The user ${name} does not exist`);
  return found;
}

export function requireGroupNamed(world: World, name: string) {
  const found = groupNamed(world, name);
  if (!found) throw new Error(`The group ${name} does not exist`);
  return found;
}

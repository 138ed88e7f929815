import { expect, test } from 'vitest';
import { start } from './clients.ts';

const nobody = '00000000-0000-4000-8000-000000000000';
const name = { GivenName: 'Hanako', FamilyName: 'Yamada' };

test('a user is made with all its attributes and read back', async () => {
  const { store, IdentityStoreId, changes } = await start();
  const attributes = {
    UserName: 'hanako',
    DisplayName: 'Hanako Yamada',
    Name: { ...name, MiddleName: 'Q.' },
    NickName: 'Hana',
    ProfileUrl: 'https://example.com/hanako',
    Emails: [{ Value: 'hanako@example.com', Type: 'work', Primary: true }],
    PhoneNumbers: [{ Value: '+81 3 0000 0000' }],
    Addresses: [{ Country: 'Japan', Locality: 'Tokyo' }],
    UserType: 'Employee',
    Title: 'Engineer',
    PreferredLanguage: 'ja',
    Locale: 'ja-JP',
    Timezone: 'Asia/Tokyo',
    Website: 'https://hanako.example.com',
    Birthdate: '1990-01-01',
    Roles: [{ Value: 'lead' }],
    Photos: [{ Value: 'https://example.com/hanako.png' }],
  };
  const { UserId } = await store.createUser({ IdentityStoreId, ...attributes });
  const CreatedAt = new Date('2026-01-31T12:00:00Z');
  expect(await store.describeUser({ IdentityStoreId, UserId })).toMatchObject({
    ...attributes,
    UserId,
    IdentityStoreId,
    UserStatus: 'ENABLED',
    CreatedAt,
    UpdatedAt: CreatedAt,
  });
  expect(UserId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(changes).toEqual([{ type: 'user-created', userId: UserId }]);
});

test.each([
  ['userName', { DisplayName: 'H', Name: name }],
  ['displayName', { UserName: 'h', Name: name }],
  ['name', { UserName: 'h', DisplayName: 'H' }],
  ['name.givenName', { UserName: 'h', DisplayName: 'H', Name: { FamilyName: 'Y' } }],
  ['name.familyName', { UserName: 'h', DisplayName: 'H', Name: { GivenName: 'H' } }],
])('a user without %s is refused', async (attribute, given) => {
  const { store, IdentityStoreId } = await start();
  await expect(store.createUser({ IdentityStoreId, ...given })).rejects.toMatchObject({
    name: 'ValidationException',
    message: `${attribute}: The attribute ${attribute} is required.`,
  });
});

test('a user name is taken once, whatever its case, and some are reserved', async () => {
  const { user } = await start();
  await user('hanako');
  await expect(user('Hanako')).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'Duplicate UserName',
    Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
  });
  await expect(user('Administrator')).rejects.toMatchObject({ name: 'ValidationException' });
});

test('an update replaces what its paths name and removes what has no value', async () => {
  const { store, IdentityStoreId, user, clock } = await start();
  const UserId = await user('hanako');
  const update = (...Operations: { AttributePath: string; AttributeValue?: unknown }[]) =>
    store.updateUser({
      IdentityStoreId,
      UserId,
      Operations: Operations as { AttributePath: string; AttributeValue?: string }[],
    });
  clock.pass(1000);
  await update(
    { AttributePath: 'title', AttributeValue: 'Engineer' },
    { AttributePath: 'name.middleName', AttributeValue: 'Q.' },
    { AttributePath: 'emails', AttributeValue: [{ value: 'h@example.com', primary: true }] },
    { AttributePath: 'displayName', AttributeValue: 'Hana' },
  );
  const read = () => store.describeUser({ IdentityStoreId, UserId });
  expect(await read()).toMatchObject({
    Title: 'Engineer',
    DisplayName: 'Hana',
    Name: { GivenName: 'hanako', MiddleName: 'Q.' },
    Emails: [{ Value: 'h@example.com', Primary: true }],
    UpdatedAt: new Date('2026-01-31T12:00:01Z'),
  });
  await update(
    { AttributePath: 'title' },
    { AttributePath: 'emails' },
    { AttributePath: 'name.middleName', AttributeValue: '' },
  );
  const after = await read();
  expect([after.Title, after.Emails, after.Name]).toEqual([
    undefined,
    undefined,
    { GivenName: 'hanako', FamilyName: 'Tester' },
  ]);
});

test.each([
  ['a sub-attribute of a list', { AttributePath: 'emails.value', AttributeValue: 'a@b.c' }, 'not supported'],
  ['an unknown path', { AttributePath: 'active', AttributeValue: 'false' }, 'not supported'],
  ['a required attribute without a value', { AttributePath: 'displayName' }, 'required'],
  [
    'two e-mails',
    { AttributePath: 'emails', AttributeValue: [{ value: 'a' }, { value: 'b' }] },
    'less than or equal to 1',
  ],
  [
    'a value too long',
    { AttributePath: 'title', AttributeValue: 'x'.repeat(1025) },
    "at 'operations.1.member.attributeValue'",
  ],
])('an update refuses %s, and changes nothing', async (_what, operation, message) => {
  const { store, emulator, IdentityStoreId, user } = await start();
  const UserId = await user('hanako');
  const before = emulator.world.users.get(UserId);
  const Operations = [operation];
  await expect(store.updateUser({ IdentityStoreId, UserId, Operations })).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  });
  expect(emulator.world.users.get(UserId)).toBe(before);
});

test('a rename keeps the id and frees the old name', async () => {
  const { store, IdentityStoreId, user } = await start();
  const UserId = await user('hanako');
  const rename = (UserId: string, AttributeValue: string) =>
    store.updateUser({ IdentityStoreId, UserId, Operations: [{ AttributePath: 'userName', AttributeValue }] });
  await rename(UserId, 'hanako.yamada');
  const taro = await user('hanako');
  await expect(rename(taro, 'Hanako.Yamada')).rejects.toMatchObject({ name: 'ConflictException' });
});

test('a user is found by name, by e-mail and by external id', async () => {
  const { store, emulator, IdentityStoreId, user } = await start();
  const UserId = await user('hanako');
  const { users } = emulator.world;
  const row = users.get(UserId);
  const ExternalId = { Issuer: 'https://idp.example.com', Id: '42' };
  if (row)
    users.put({ ...row, Emails: [{ Value: 'h@example.com' }], ExternalIds: [ExternalId], UserStatus: 'DISABLED' });

  const by = async (AttributePath: string, AttributeValue: string) =>
    (
      await store.getUserId({
        IdentityStoreId,
        AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
      })
    ).UserId;
  expect(await by('userName', 'hanako')).toBe(UserId);
  expect(await by('UserName', 'HANAKO')).toBe(UserId);
  expect(await by('emails.value', 'h@example.com')).toBe(UserId);
  expect((await store.getUserId({ IdentityStoreId, AlternateIdentifier: { ExternalId } })).UserId).toBe(UserId);
  await expect(by('userName', 'taro')).rejects.toMatchObject({ ResourceType: 'USER' });
  for (const path of ['userName', 'emails.value']) {
    await expect(by(path, '')).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'attribute value cannot be empty or null for attribute path',
    });
  }
  await expect(by('title', 'Engineer')).rejects.toMatchObject({ name: 'ValidationException' });
  expect(await store.describeUser({ IdentityStoreId, UserId })).toMatchObject({
    ExternalIds: [ExternalId],
    UserStatus: 'DISABLED',
  });
});

test('a list can be filtered by user name alone', async () => {
  const { store, IdentityStoreId, user } = await start();
  await user('hanako');
  await user('taro');
  const list = async (AttributePath: string, AttributeValue: string) =>
    (await store.listUsers({ IdentityStoreId, Filters: [{ AttributePath, AttributeValue }] })).Users?.map(
      (row) => row.UserName,
    );
  expect(await list('UserName', 'taro')).toEqual(['taro']);
  await expect(list('Title', 'Engineer')).rejects.toMatchObject({ name: 'ValidationException' });
});

test('extensions are kept, and answered to who asks for them', async () => {
  const { store, IdentityStoreId } = await start();
  const enterprise = 'aws:identitystore:enterprise';
  const { UserId } = await store.createUser({
    IdentityStoreId,
    UserName: 'hanako',
    DisplayName: 'Hanako',
    Name: name,
    Extensions: { [enterprise]: { department: 'Platform' } },
  });
  expect(await store.describeUser({ IdentityStoreId, UserId })).not.toHaveProperty('Extensions');
  await store.updateUser({
    IdentityStoreId,
    UserId,
    Operations: [{ AttributePath: `${enterprise}.division`, AttributeValue: 'East' }],
  });
  expect(await store.describeUser({ IdentityStoreId, UserId, Extensions: [enterprise] })).toMatchObject({
    Extensions: { [enterprise]: { department: 'Platform', division: 'East' } },
  });
});

test('an attribute that the enterprise extension does not have is refused, and an empty one removes', async () => {
  const { store, IdentityStoreId, user } = await start();
  const [UserId, enterprise] = [await user('hanako'), 'aws:identitystore:enterprise'];
  const update = (AttributePath: string, AttributeValue?: string) =>
    store.updateUser({ IdentityStoreId, UserId, Operations: [{ AttributePath, AttributeValue }] });
  const refused = { name: 'ValidationException' };
  await expect(update(`${enterprise}.team`, 'x')).rejects.toMatchObject(refused);
  await expect(update(`${enterprise}.team`)).rejects.toMatchObject(refused);
  await expect(update(`${enterprise}.division`, 'x'.repeat(1025))).rejects.toMatchObject(refused);
  await expect(update('aws:identitystore:other.division', 'x')).rejects.toMatchObject(refused);
  await update(`${enterprise}.division`, 'East');
  const find = async () =>
    (await store.listUsers({ IdentityStoreId, Extensions: [enterprise] })).Users?.[0]?.Extensions;
  expect(await find()).toEqual({ [enterprise]: { division: 'East' } });
  await update(`${enterprise}.division`);
  expect(await find()).toBeUndefined();
});

test('a deleted user is gone, and so are its memberships', async () => {
  const { store, IdentityStoreId, user, group, changes } = await start();
  const [UserId, GroupId] = [await user('hanako'), await group('platform')];
  await store.createGroupMembership({ IdentityStoreId, GroupId, MemberId: { UserId } });
  await store.deleteUser({ IdentityStoreId, UserId });
  expect((await store.listGroupMemberships({ IdentityStoreId, GroupId })).GroupMemberships).toEqual([]);
  expect(changes.slice(-2).map(({ type }) => type)).toEqual(['user-deleted', 'membership-deleted']);
  await expect(store.describeUser({ IdentityStoreId, UserId })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(store.deleteUser({ IdentityStoreId, UserId: nobody })).rejects.toMatchObject({ ResourceType: 'USER' });
});

test('another store is not found', async () => {
  const { store } = await start();
  await expect(store.listUsers({ IdentityStoreId: 'd-0000000000' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    ResourceType: 'IDENTITY_STORE',
  });
});

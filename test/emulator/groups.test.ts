import { expect, test } from 'vitest';
import { start } from './clients.ts';

test('a group is made, described, listed and found by name', async () => {
  const { store, IdentityStoreId, changes } = await start();
  const { GroupId } = await store.createGroup({ IdentityStoreId, DisplayName: 'platform', Description: 'Runs it' });
  const group = { GroupId, IdentityStoreId, DisplayName: 'platform', Description: 'Runs it' };
  expect(await store.describeGroup({ IdentityStoreId, GroupId })).toMatchObject(group);
  expect((await store.listGroups({ IdentityStoreId })).Groups).toMatchObject([group]);
  const AlternateIdentifier = { UniqueAttribute: { AttributePath: 'displayName', AttributeValue: 'platform' } };
  expect((await store.getGroupId({ IdentityStoreId, AlternateIdentifier })).GroupId).toBe(GroupId);
  expect(changes).toEqual([{ type: 'group-created', groupId: GroupId }]);
});

test('a name is needed, taken once, and not reserved', async () => {
  const { store, IdentityStoreId, group } = await start();
  await group('platform');
  await expect(group('platform')).rejects.toMatchObject({
    message: 'Duplicate GroupDisplayName',
    Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
  });
  await expect(store.createGroup({ IdentityStoreId })).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(group('AWSAdministrators')).rejects.toMatchObject({ name: 'ValidationException' });
});

test('an update renames and describes; the description can be removed, the name cannot', async () => {
  const { store, IdentityStoreId, group } = await start();
  const GroupId = await group('platform');
  await group('security');
  const update = (AttributePath: string, AttributeValue?: string) =>
    store.updateGroup({
      IdentityStoreId,
      GroupId,
      Operations: [{ AttributePath, ...(AttributeValue !== undefined && { AttributeValue }) }],
    });
  await update('displayName', 'core');
  await update('description', 'Runs it');
  expect(await store.describeGroup({ IdentityStoreId, GroupId })).toMatchObject({
    DisplayName: 'core',
    Description: 'Runs it',
  });
  await update('description');
  expect(await store.describeGroup({ IdentityStoreId, GroupId })).not.toHaveProperty('Description');
  await expect(update('displayName')).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(update('displayName', 'security')).rejects.toMatchObject({ name: 'ConflictException' });
  await expect(update('members', 'hanako')).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a deleted group takes its memberships with it', async () => {
  const { store, IdentityStoreId, user, group } = await start();
  const [UserId, GroupId] = [await user('hanako'), await group('platform')];
  await store.createGroupMembership({ IdentityStoreId, GroupId, MemberId: { UserId } });
  await store.deleteGroup({ IdentityStoreId, GroupId });
  const MemberId = { UserId };
  expect((await store.listGroupMembershipsForMember({ IdentityStoreId, MemberId })).GroupMemberships).toEqual([]);
  await expect(store.describeGroup({ IdentityStoreId, GroupId })).rejects.toMatchObject({ ResourceType: 'GROUP' });
  await expect(store.deleteGroup({ IdentityStoreId, GroupId })).rejects.toMatchObject({ ResourceType: 'GROUP' });
});

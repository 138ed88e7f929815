import { expect, test } from 'vitest';
import { start } from './clients.ts';
import { send } from './wire.ts';

test('a membership is made, read in every way, and deleted', async () => {
  const { store, IdentityStoreId, user, group, changes } = await start();
  const [UserId, GroupId, other] = [await user('hanako'), await group('platform'), await group('security')];
  const MemberId = { UserId };
  const { MembershipId } = await store.createGroupMembership({ IdentityStoreId, GroupId, MemberId });
  const row = { MembershipId, GroupId, MemberId, IdentityStoreId };

  expect(await store.describeGroupMembership({ IdentityStoreId, MembershipId })).toMatchObject(row);
  expect((await store.getGroupMembershipId({ IdentityStoreId, GroupId, MemberId })).MembershipId).toBe(MembershipId);
  expect((await store.listGroupMemberships({ IdentityStoreId, GroupId })).GroupMemberships).toMatchObject([row]);
  expect((await store.listGroupMembershipsForMember({ IdentityStoreId, MemberId })).GroupMemberships).toMatchObject([
    row,
  ]);
  expect((await store.isMemberInGroups({ IdentityStoreId, MemberId, GroupIds: [GroupId, other] })).Results).toEqual([
    { GroupId, MemberId, MembershipExists: true },
    { GroupId: other, MemberId, MembershipExists: false },
  ]);

  await store.deleteGroupMembership({ IdentityStoreId, MembershipId });
  const gone = { ResourceType: 'GROUP_MEMBERSHIP' };
  await expect(store.describeGroupMembership({ IdentityStoreId, MembershipId })).rejects.toMatchObject(gone);
  await expect(store.getGroupMembershipId({ IdentityStoreId, GroupId, MemberId })).rejects.toMatchObject(gone);
  await expect(store.deleteGroupMembership({ IdentityStoreId, MembershipId })).rejects.toMatchObject(gone);
  expect(changes.slice(-2)).toEqual([
    { type: 'membership-created', membershipId: MembershipId, groupId: GroupId, userId: UserId },
    { type: 'membership-deleted', membershipId: MembershipId, groupId: GroupId, userId: UserId },
  ]);
});

test('nobody is a member twice, and only of what exists', async () => {
  const { store, IdentityStoreId, user, group } = await start();
  const [UserId, GroupId] = [await user('hanako'), await group('platform')];
  const join = (GroupId: string, UserId: string) =>
    store.createGroupMembership({ IdentityStoreId, GroupId, MemberId: { UserId } });
  await join(GroupId, UserId);
  await expect(join(GroupId, UserId)).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'Member and Group relationship already exists',
  });
  await expect(join(UserId, UserId)).rejects.toMatchObject({ ResourceType: 'GROUP' });
  // Groups don't nest.
  await expect(join(GroupId, GroupId)).rejects.toMatchObject({ ResourceType: 'USER' });
});

test('the store, users, groups and memberships may be named by their ARNs, and answers have both', async () => {
  const { store, emulator, IdentityStoreId, user, group } = await start();
  const [UserId, GroupId] = [await user('hanako'), await group('　platform')];
  const call = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    const { text } = await send(emulator.url, `AWSIdentityStore.${operation}`, input);
    return JSON.parse(text) as Record<string, unknown>;
  };
  const arns = { user: `arn:aws:identitystore:::user/${UserId}`, group: `arn:aws:identitystore:::group/${GroupId}` };
  const ofStore = { IdentityStoreId: `arn:aws:identitystore::111111111111:identitystore/${IdentityStoreId}` };
  const pair = { GroupId: arns.group, MemberId: { UserId: arns.user } };
  const { MembershipId, MembershipArn } = await call('CreateGroupMembership', { ...ofStore, ...pair });
  expect(MembershipArn).toBe(`arn:aws:identitystore:::membership/${String(MembershipId)}`);
  const described = { IdentityStoreId, MembershipId, MembershipArn, GroupId, MemberId: { UserId } };
  expect(await call('DescribeGroupMembership', { ...ofStore, MembershipId: MembershipArn })).toMatchObject(described);
  expect(await call('DescribeUser', { ...ofStore, UserId: arns.user })).toMatchObject({ UserId, UserArn: arns.user });
  expect(await call('DescribeGroup', { ...ofStore, GroupId: arns.group })).toMatchObject({ GroupArn: arns.group });
  const { Results } = await call('IsMemberInGroups', { ...ofStore, ...pair, GroupIds: [arns.group] });
  expect(Results).toEqual([{ GroupId, MemberId: { UserId }, MembershipExists: true }]);
  const missing = { __type: 'ResourceNotFoundException' };
  for (const [operation, input] of [
    ['DescribeUser', { ...ofStore, UserId: `arn:aws:identitystore:::group/${UserId}` }],
    ['DescribeUser', { ...ofStore, UserId: `arn:aws-cn:identitystore:::user/${UserId}` }],
    ['ListUsers', { IdentityStoreId: ofStore.IdentityStoreId.replace('111111111111', '222222222222') }],
  ] as const) {
    expect(await call(operation, input)).toMatchObject(missing);
  }
  expect((await store.describeGroup({ IdentityStoreId, GroupId })).DisplayName).toBe('　platform');
});

import { expect, test } from 'vitest';
import { management, production, start, staging, suspended } from './clients.ts';

test('an assignment takes effect when its request succeeds, and not before', async () => {
  const { sso, clock, changes, emulator, InstanceArn, user, permissionSet } = await start();
  const [PrincipalId, PermissionSetArn] = [await user('hanako'), await permissionSet('Admin')];
  const key = { InstanceArn, PermissionSetArn, TargetId: production, TargetType: 'AWS_ACCOUNT' } as const;
  const created = await sso.createAccountAssignment({ ...key, PrincipalType: 'USER', PrincipalId });

  const listed = () => sso.listAccountAssignments({ InstanceArn, PermissionSetArn, AccountId: production });
  expect(created.AccountAssignmentCreationStatus).toMatchObject({ Status: 'IN_PROGRESS', TargetId: production });
  clock.pass(49);
  expect((await listed()).AccountAssignments).toEqual([]);
  expect(changes.map(({ type }) => type)).not.toContain('assignment-created');

  clock.pass(1);
  expect((await listed()).AccountAssignments).toEqual([
    { AccountId: production, PermissionSetArn, PrincipalType: 'USER', PrincipalId },
  ]);
  expect(changes.slice(-2).map(({ type }) => type)).toEqual(['permission-set-provisioned', 'assignment-created']);
  expect(emulator.world.provisioned.rows()).toMatchObject([{ AccountId: production, Content: { Name: 'Admin' } }]);
});

test('an assignment that exists is made again without an error and without a second row', async () => {
  const { sso, changes, InstanceArn, user, permissionSet, assign } = await start();
  const [PrincipalId, PermissionSetArn] = [await user('hanako'), await permissionSet('Admin')];
  await assign({ PermissionSetArn, PrincipalId });
  const soFar = [...changes];
  expect(await assign({ PermissionSetArn, PrincipalId })).toMatchObject({ Status: 'SUCCEEDED' });
  expect(changes).toEqual(soFar);
  const { AccountAssignments } = await sso.listAccountAssignments({
    InstanceArn,
    PermissionSetArn,
    AccountId: production,
  });
  expect(AccountAssignments).toHaveLength(1);
});

test('the role goes with the last assignment, and the permission set can be deleted only then', async () => {
  const { sso, clock, changes, InstanceArn, user, permissionSet, assign } = await start();
  const [PrincipalId, PermissionSetArn] = [await user('hanako'), await permissionSet('Admin')];
  await assign({ PermissionSetArn, PrincipalId });
  const remove = () => sso.deletePermissionSet({ InstanceArn, PermissionSetArn });
  await expect(remove()).rejects.toMatchObject({ name: 'ConflictException', message: /^Could not delete because/ });

  await sso.deleteAccountAssignment({
    InstanceArn,
    PermissionSetArn,
    TargetId: production,
    TargetType: 'AWS_ACCOUNT',
    PrincipalType: 'USER',
    PrincipalId,
  });
  await expect(remove()).rejects.toMatchObject({ name: 'ConflictException' });
  clock.pass(50);
  await remove();
  expect(changes.slice(-3).map(({ type }) => type)).toEqual([
    'assignment-deleted',
    'permission-set-deprovisioned',
    'permission-set-deleted',
  ]);
});

test('the role stays while somebody is left', async () => {
  const { sso, clock, emulator, InstanceArn, user, permissionSet, assign } = await start();
  const [hanako, taro, PermissionSetArn] = [await user('hanako'), await user('taro'), await permissionSet('Admin')];
  await assign({ PermissionSetArn, PrincipalId: hanako });
  await assign({ PermissionSetArn, PrincipalId: taro });
  const target = { TargetId: production, TargetType: 'AWS_ACCOUNT', PrincipalType: 'USER' } as const;
  await sso.deleteAccountAssignment({ InstanceArn, PermissionSetArn, ...target, PrincipalId: hanako });
  clock.pass(50);
  await sso.listInstances({});
  expect(emulator.world.assignments.rows()).toMatchObject([{ PrincipalId: taro }]);
  expect(emulator.world.provisioned.size).toBe(1);
});

test('a permission set cannot be deleted while its first assignment is under way', async () => {
  const { sso, InstanceArn, user, permissionSet } = await start();
  const [PrincipalId, PermissionSetArn] = [await user('hanako'), await permissionSet('Admin')];
  const target = { TargetId: production, TargetType: 'AWS_ACCOUNT', PrincipalType: 'USER' } as const;
  await sso.createAccountAssignment({ InstanceArn, PermissionSetArn, ...target, PrincipalId });
  await expect(sso.deletePermissionSet({ InstanceArn, PermissionSetArn })).rejects.toMatchObject({
    name: 'ConflictException',
  });
});

test('what became due at different times takes effect in that order, accounts side by side', async () => {
  const { sso, clock, changes, InstanceArn, user, permissionSet } = await start();
  const PrincipalId = await user('hanako');
  const create = async (name: string, TargetId: string) =>
    sso.createAccountAssignment({
      InstanceArn,
      PermissionSetArn: await permissionSet(name),
      TargetId,
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'USER',
      PrincipalId,
    });
  await create('One', production);
  await create('Two', production);
  await create('Three', staging);
  clock.pass(1000);
  await sso.listInstances({});
  const effects = changes.flatMap((change) => (change.type === 'assignment-created' ? [change.accountId] : []));
  expect(effects).toEqual([production, staging, production]);
});

test('two processes for one account and permission set conflict; for another set they queue up', async () => {
  const { sso, clock, InstanceArn, user, permissionSet } = await start();
  const [hanako, taro] = [await user('hanako'), await user('taro')];
  const [admin, reader] = [await permissionSet('Admin'), await permissionSet('Reader')];
  const create = (PermissionSetArn: string, PrincipalId: string) =>
    sso.createAccountAssignment({
      InstanceArn,
      PermissionSetArn,
      TargetId: production,
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'USER',
      PrincipalId,
    });
  await create(admin, hanako);
  await expect(create(admin, taro)).rejects.toMatchObject({ name: 'ConflictException' });
  const { AccountAssignmentCreationStatus: second } = await create(reader, hanako);

  const statusOf = async (AccountAssignmentCreationRequestId = '') =>
    (await sso.describeAccountAssignmentCreationStatus({ InstanceArn, AccountAssignmentCreationRequestId }))
      .AccountAssignmentCreationStatus?.Status;
  clock.pass(50);
  expect(await statusOf(second?.RequestId)).toBe('IN_PROGRESS');
  clock.pass(50);
  expect(await statusOf(second?.RequestId)).toBe('SUCCEEDED');
});

test('a sixteenth outstanding creation is throttled', async () => {
  const { sso, InstanceArn, user, permissionSet } = await start();
  const PrincipalId = await user('hanako');
  const arns: string[] = [];
  for (let index = 0; index < 16; index++) arns.push(await permissionSet(`Set${index}`));
  const create = (PermissionSetArn?: string) =>
    sso.createAccountAssignment({
      InstanceArn,
      PermissionSetArn,
      TargetId: production,
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'USER',
      PrincipalId,
    });
  for (const arn of arns.slice(0, 15)) await create(arn);
  await expect(create(arns[15])).rejects.toMatchObject({
    name: 'ThrottlingException',
    message: 'There are too many requests processing. Please try again later.',
  });
  const { AccountAssignmentsCreationStatus } = await sso.listAccountAssignmentCreationStatus({
    InstanceArn,
    Filter: { Status: 'IN_PROGRESS' },
  });
  expect(AccountAssignmentsCreationStatus).toHaveLength(15);
});

test('a status is found by its own kind of request only', async () => {
  const { sso, clock, InstanceArn, user, permissionSet, assign } = await start();
  const [PrincipalId, PermissionSetArn] = [await user('hanako'), await permissionSet('Admin')];
  await assign({ PermissionSetArn, PrincipalId });
  const target = { TargetId: production, TargetType: 'AWS_ACCOUNT', PrincipalType: 'USER' } as const;
  const { AccountAssignmentDeletionStatus: deletion } = await sso.deleteAccountAssignment({
    InstanceArn,
    PermissionSetArn,
    ...target,
    PrincipalId,
  });
  clock.pass(50);
  expect(await sso.listAccountAssignmentDeletionStatus({ InstanceArn })).toMatchObject({
    AccountAssignmentsDeletionStatus: [{ RequestId: deletion?.RequestId, Status: 'SUCCEEDED' }],
  });
  await expect(
    sso.describeAccountAssignmentCreationStatus({
      InstanceArn,
      AccountAssignmentCreationRequestId: deletion?.RequestId,
    }),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('in a suspended account the call succeeds and the request fails', async () => {
  const { user, permissionSet, assign } = await start();
  const [PrincipalId, PermissionSetArn] = [await user('hanako'), await permissionSet('Admin')];
  expect(await assign({ PermissionSetArn, PrincipalId, TargetId: suspended })).toMatchObject({
    Status: 'FAILED',
    FailureReason: expect.stringContaining(`your AWS account '${suspended}' takes longer than usual`),
  });
});

test('what does not exist cannot be assigned', async () => {
  const { user, permissionSet, assign } = await start();
  const [PrincipalId, PermissionSetArn] = [await user('hanako'), await permissionSet('Admin')];
  const stranger = '00000000-0000-4000-8000-000000000000';
  const missing = { name: 'ResourceNotFoundException' };
  await expect(assign({ PermissionSetArn, PrincipalId: stranger })).rejects.toMatchObject(missing);
  await expect(assign({ PermissionSetArn, PrincipalId, PrincipalType: 'GROUP' })).rejects.toMatchObject(missing);
  await expect(assign({ PermissionSetArn, PrincipalId, TargetId: '999999999999' })).rejects.toMatchObject(missing);
  await expect(
    assign({ PrincipalId, PermissionSetArn: `${PermissionSetArn.slice(0, -16)}0000000000000000` }),
  ).rejects.toMatchObject(missing);
});

test('the assignments of a user include those of its groups, marked as such', async () => {
  const { sso, store, InstanceArn, IdentityStoreId, user, group, permissionSet, assign } = await start();
  const [UserId, GroupId, PermissionSetArn] = [
    await user('hanako'),
    await group('platform'),
    await permissionSet('Admin'),
  ];
  await store.createGroupMembership({ IdentityStoreId, GroupId, MemberId: { UserId } });
  await assign({ PermissionSetArn, PrincipalId: UserId });
  await assign({ PermissionSetArn, PrincipalType: 'GROUP', PrincipalId: GroupId, TargetId: staging });

  const of = async (PrincipalType: 'USER' | 'GROUP', PrincipalId: string, AccountId?: string) =>
    (
      await sso.listAccountAssignmentsForPrincipal({
        InstanceArn,
        PrincipalType,
        PrincipalId,
        ...(AccountId && { Filter: { AccountId } }),
      })
    ).AccountAssignments;
  const direct = { AccountId: production, PermissionSetArn, PrincipalType: 'USER', PrincipalId: UserId };
  const inherited = { AccountId: staging, PermissionSetArn, PrincipalType: 'GROUP', PrincipalId: GroupId };
  expect(await of('USER', UserId)).toEqual([direct, inherited]);
  expect(await of('USER', UserId, staging)).toEqual([inherited]);
  expect(await of('GROUP', GroupId)).toEqual([inherited]);
});

test('deleting a principal leaves its assignments behind, and they can be deleted', async () => {
  const { sso, store, clock, InstanceArn, IdentityStoreId, group, permissionSet, assign } = await start();
  const [GroupId, PermissionSetArn] = [await group('platform'), await permissionSet('Admin')];
  await assign({ PermissionSetArn, PrincipalType: 'GROUP', PrincipalId: GroupId });
  await store.deleteGroup({ IdentityStoreId, GroupId });

  const orphans = async () =>
    (await sso.listAccountAssignments({ InstanceArn, PermissionSetArn, AccountId: production })).AccountAssignments;
  expect(await orphans()).toMatchObject([{ PrincipalType: 'GROUP', PrincipalId: GroupId }]);
  await sso.deleteAccountAssignment({
    InstanceArn,
    PermissionSetArn,
    TargetId: production,
    TargetType: 'AWS_ACCOUNT',
    PrincipalType: 'GROUP',
    PrincipalId: GroupId,
  });
  clock.pass(50);
  expect(await orphans()).toEqual([]);
});

test('a hundred groups at most have a permission set in an account', async () => {
  const { emulator, group, permissionSet, assign } = await start({
    behaviour: { quotas: { groupsPerPermissionSetAndAccount: 1 } },
  });
  const PermissionSetArn = await permissionSet('Admin');
  await assign({ PermissionSetArn, PrincipalType: 'GROUP', PrincipalId: await group('one') });
  const second = { PermissionSetArn, PrincipalType: 'GROUP', PrincipalId: await group('two') } as const;
  await expect(assign(second)).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' });
  expect(await assign({ ...second, TargetId: management })).toMatchObject({ Status: 'SUCCEEDED' });
  // What is assigned already needs no room.
  const [first] = emulator.world.assignments.rows();
  expect(await assign({ ...second, ...(first && { PrincipalId: first.PrincipalId }) })).toMatchObject({
    Status: 'SUCCEEDED',
  });
});

test('an account has only so many permission sets, each for any number of users', async () => {
  const { user, permissionSet, assign } = await start({
    behaviour: { quotas: { provisionedPermissionSetsPerAccount: 1 } },
  });
  const [hanako, taro] = [await user('hanako'), await user('taro')];
  const [one, two] = [await permissionSet('One'), await permissionSet('Two')];
  await assign({ PermissionSetArn: one, PrincipalId: hanako });
  expect(await assign({ PermissionSetArn: one, PrincipalId: taro })).toMatchObject({ Status: 'SUCCEEDED' });
  await expect(assign({ PermissionSetArn: two, PrincipalId: hanako })).rejects.toMatchObject({
    name: 'ServiceQuotaExceededException',
  });
});

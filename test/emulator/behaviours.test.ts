import { expect, test } from 'vitest';
import { type EmulatorOptions } from '../../src/emulator/index.ts';
import { production, start, staging } from './clients.ts';
import { send } from './wire.ts';

// The points that AWS's documentation leaves open, each both ways.

const withBehaviour = (behaviour: EmulatorOptions['behaviour']) => start(behaviour ? { behaviour } : {});
const missing = { name: 'ResourceNotFoundException' };

test('getAbsentBoundary', async () => {
  for (const getAbsentBoundary of ['not-found', 'empty'] as const) {
    const { sso, InstanceArn, permissionSet } = await withBehaviour({ getAbsentBoundary });
    const read = sso.getPermissionsBoundaryForPermissionSet({
      InstanceArn,
      PermissionSetArn: await permissionSet('Admin'),
    });
    if (getAbsentBoundary === 'empty') expect((await read).PermissionsBoundary).toBeUndefined();
    else await expect(read).rejects.toMatchObject(missing);
  }
});

test('unknownManagedPolicy', async () => {
  for (const unknownManagedPolicy of ['not-found', 'attached'] as const) {
    const { sso, InstanceArn, permissionSet } = await withBehaviour({ unknownManagedPolicy });
    const set = { InstanceArn, PermissionSetArn: await permissionSet('Admin') };
    const attach = (ManagedPolicyArn: string) => sso.attachManagedPolicyToPermissionSet({ ...set, ManagedPolicyArn });
    const bound = (ManagedPolicyArn: string) =>
      sso.putPermissionsBoundaryToPermissionSet({ ...set, PermissionsBoundary: { ManagedPolicyArn } });
    for (const put of [attach, bound]) {
      await put('arn:aws:iam::aws:policy/job-function/Billing');
      for (const arn of ['arn:aws:iam::aws:policy/Billing', 'arn:aws-cn:iam::aws:policy/ReadOnlyAccess']) {
        if (unknownManagedPolicy === 'attached') await put(arn);
        else {
          await expect(put(arn)).rejects.toMatchObject({
            ...missing,
            message: `Policy does not exist with ARN: ${arn}`,
          });
        }
      }
    }
  }
});

test('deleteAbsentPolicy', async () => {
  for (const deleteAbsentPolicy of ['success', 'not-found'] as const) {
    const { sso, InstanceArn, permissionSet } = await withBehaviour({ deleteAbsentPolicy });
    const set = { InstanceArn, PermissionSetArn: await permissionSet('Admin') };
    const deletions = [
      () => sso.deleteInlinePolicyFromPermissionSet(set),
      () => sso.deletePermissionsBoundaryFromPermissionSet(set),
    ];
    for (const deletion of deletions) {
      if (deleteAbsentPolicy === 'success') await deletion();
      else await expect(deletion()).rejects.toMatchObject(missing);
    }
  }
});

test('deleteAbsentAssignment', async () => {
  for (const deleteAbsentAssignment of ['not-found', 'failed'] as const) {
    const { sso, clock, InstanceArn, user, permissionSet } = await withBehaviour({ deleteAbsentAssignment });
    const deletion = sso.deleteAccountAssignment({
      InstanceArn,
      PermissionSetArn: await permissionSet('Admin'),
      TargetId: production,
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'USER',
      PrincipalId: await user('hanako'),
    });
    if (deleteAbsentAssignment === 'not-found') {
      await expect(deletion).rejects.toMatchObject(missing);
      continue;
    }
    const { AccountAssignmentDeletionStatus } = await deletion;
    clock.pass(50);
    const status = await sso.describeAccountAssignmentDeletionStatus({
      InstanceArn,
      AccountAssignmentDeletionRequestId: AccountAssignmentDeletionStatus?.RequestId,
    });
    expect(status.AccountAssignmentDeletionStatus).toMatchObject({
      Status: 'FAILED',
      FailureReason: 'Received a 404 status error: Assignment not found.',
    });
  }
});

test('deleteAbsentIdentity', async () => {
  for (const deleteAbsentIdentity of ['success', 'not-found'] as const) {
    const { store, IdentityStoreId } = await withBehaviour({ deleteAbsentIdentity });
    const id = '00000000-0000-4000-8000-000000000000';
    const deletions = [
      () => store.deleteUser({ IdentityStoreId, UserId: id }),
      () => store.deleteGroup({ IdentityStoreId, GroupId: id }),
      () => store.deleteGroupMembership({ IdentityStoreId, MembershipId: id }),
    ];
    for (const deletion of deletions) {
      if (deleteAbsentIdentity === 'success') await deletion();
      else await expect(deletion()).rejects.toMatchObject(missing);
    }
    await expect(store.deleteUser({ IdentityStoreId: 'd-0000000000', UserId: id })).rejects.toMatchObject(missing);
  }
});

test('membershipsOfDeletedPrincipal', async () => {
  for (const membershipsOfDeletedPrincipal of ['vanish', 'stay'] as const) {
    const { store, IdentityStoreId, user, group } = await withBehaviour({ membershipsOfDeletedPrincipal });
    const [UserId, GroupId] = [await user('hanako'), await group('platform')];
    await store.createGroupMembership({ IdentityStoreId, GroupId, MemberId: { UserId } });
    await store.deleteUser({ IdentityStoreId, UserId });
    const { GroupMemberships } = await store.listGroupMemberships({ IdentityStoreId, GroupId });
    expect(GroupMemberships).toHaveLength(membershipsOfDeletedPrincipal === 'stay' ? 1 : 0);
  }
});

test('textEditsNeedProvisioning', async () => {
  for (const textEditsNeedProvisioning of [true, false]) {
    const { sso, InstanceArn, user, permissionSet, assign } = await withBehaviour({ textEditsNeedProvisioning });
    const set = { InstanceArn, PermissionSetArn: await permissionSet('Admin') };
    await assign({ PermissionSetArn: set.PermissionSetArn, PrincipalId: await user('hanako') });
    const stale = async () =>
      (
        await sso.listAccountsForProvisionedPermissionSet({
          ...set,
          ProvisioningStatus: 'LATEST_PERMISSION_SET_NOT_PROVISIONED',
        })
      ).AccountIds;
    await sso.updatePermissionSet({ ...set, Description: 'Full access' });
    expect(await stale()).toEqual(textEditsNeedProvisioning ? [production] : []);
    await sso.updatePermissionSet({ ...set, SessionDuration: 'PT2H' });
    expect(await stale()).toEqual([production]);
  }
});

test('forPrincipalFromDelegatedAdministrator', async () => {
  for (const forPrincipalFromDelegatedAdministrator of ['denied', 'allowed'] as const) {
    const { sso, InstanceArn, user } = await start({
      seed: { caller: { accountId: staging }, delegatedAdministrators: [staging] },
      behaviour: { forPrincipalFromDelegatedAdministrator },
    });
    const PrincipalId = await user('hanako');
    const listed = sso.listAccountAssignmentsForPrincipal({ InstanceArn, PrincipalId, PrincipalType: 'USER' });
    if (forPrincipalFromDelegatedAdministrator === 'allowed') expect((await listed).AccountAssignments).toEqual([]);
    else await expect(listed).rejects.toMatchObject({ name: 'AccessDeniedException' });
  }
});

test('deletionsCountAsOutstanding', async () => {
  for (const deletionsCountAsOutstanding of [true, false]) {
    const { sso, InstanceArn, user, permissionSet, assign } = await withBehaviour({
      deletionsCountAsOutstanding,
      quotas: { outstandingAssignments: 1 },
    });
    const [PermissionSetArn, PrincipalId] = [await permissionSet('Admin'), await user('hanako')];
    await assign({ PermissionSetArn, PrincipalId });
    const target = { TargetType: 'AWS_ACCOUNT', PrincipalType: 'USER', PrincipalId, InstanceArn } as const;
    await sso.deleteAccountAssignment({ ...target, PermissionSetArn, TargetId: production });
    const creation = sso.createAccountAssignment({ ...target, PermissionSetArn, TargetId: staging });
    if (deletionsCountAsOutstanding) await expect(creation).rejects.toMatchObject({ name: 'ThrottlingException' });
    else expect((await creation).AccountAssignmentCreationStatus?.Status).toBe('IN_PROGRESS');
  }
});

test('userNameCase', async () => {
  const strict = await withBehaviour({ userNameCase: 'sensitive' });
  expect(await strict.user('hanako')).not.toBe(await strict.user('Hanako'));
  const loose = await withBehaviour({ userNameCase: 'insensitive' });
  await loose.user('hanako');
  await expect(loose.user('Hanako')).rejects.toMatchObject({ name: 'ConflictException' });
});

test('duplicateEmail', async () => {
  for (const duplicateEmail of ['refused', 'allowed'] as const) {
    const { store, IdentityStoreId, user } = await withBehaviour({ duplicateEmail });
    const setEmail = (UserId: string) =>
      store.updateUser({
        IdentityStoreId,
        UserId,
        Operations: [{ AttributePath: 'emails', AttributeValue: [{ value: 'us@example.com' }] }],
      });
    await setEmail(await user('hanako'));
    const second = setEmail(await user('taro'));
    if (duplicateEmail === 'allowed') await second;
    else await expect(second).rejects.toMatchObject({ name: 'ConflictException' });
  }
});

test('userNameUpdate', async () => {
  for (const userNameUpdate of ['allowed', 'refused'] as const) {
    const { store, IdentityStoreId, user } = await withBehaviour({ userNameUpdate });
    const UserId = await user('hanako');
    const Operations = [{ AttributePath: 'userName', AttributeValue: 'hana' }];
    const update = store.updateUser({ IdentityStoreId, UserId, Operations });
    if (userNameUpdate === 'refused') await expect(update).rejects.toMatchObject({ name: 'ValidationException' });
    else await update;
    const { UserName } = await store.describeUser({ IdentityStoreId, UserId });
    expect(UserName).toBe(userNameUpdate === 'refused' ? 'hanako' : 'hana');
  }
});

test.for([
  ['attribute', 'object'],
  ['attribute', 'text'],
  ['extension', 'object'],
  ['extension', 'text'],
] as const)('extensionUpdate by %s, and the manager as %s', async ([extensionUpdate, managerForm]) => {
  const { store, IdentityStoreId, user } = await withBehaviour({ extensionUpdate, managerForm });
  const enterprise = 'aws:identitystore:enterprise';
  const UserId = await user('hanako');
  const update = (AttributePath: string, AttributeValue: string | object) =>
    store.updateUser({
      IdentityStoreId,
      UserId,
      Operations: [{ AttributePath, AttributeValue: AttributeValue as Record<string, string> }],
    });
  const manager = { object: { value: 'jiro' }, text: 'jiro' };
  const other = managerForm === 'object' ? 'text' : 'object';
  const byPath = {
    attribute: (value: string | object) => update(`${enterprise}.manager`, value),
    extension: (value: string | object) => update(enterprise, { manager: value }),
  };
  const refused = { name: 'ValidationException' };
  await expect(byPath[extensionUpdate](manager[other])).rejects.toMatchObject(refused);
  const otherPath = extensionUpdate === 'attribute' ? 'extension' : 'attribute';
  await expect(byPath[otherPath](manager[managerForm])).rejects.toMatchObject(refused);
  await byPath[extensionUpdate](manager[managerForm]);
  const { Extensions } = await store.describeUser({ IdentityStoreId, UserId, Extensions: [enterprise] });
  expect(Extensions).toEqual({ [enterprise]: { manager: manager[managerForm] } });
});

test('accountStatus', async () => {
  for (const accountStatus of ['beside-state', 'absent'] as const) {
    const { organizations } = await withBehaviour({ accountStatus });
    const { Account } = await organizations.describeAccount({ AccountId: production });
    expect([Account?.State, Account?.Status]).toEqual(['ACTIVE', accountStatus === 'absent' ? undefined : 'ACTIVE']);
  }
});

test('organizationPaths', async () => {
  for (const organizationPaths of ['present', 'absent'] as const) {
    const { organizations } = await withBehaviour({ organizationPaths });
    const { Account } = await organizations.describeAccount({ AccountId: production });
    const { Parents } = await organizations.listParents({ ChildId: production });
    const OrganizationalUnitId = Parents?.[0]?.Id ?? '';
    const { OrganizationalUnit } = await organizations.describeOrganizationalUnit({ OrganizationalUnitId });
    const paths = [Account?.Paths?.[0], OrganizationalUnit?.Path].map((path) => path?.includes(OrganizationalUnitId));
    expect(paths).toEqual(organizationPaths === 'absent' ? [undefined, undefined] : [true, true]);
  }
});

test('statusLagReads', async () => {
  const { sso, InstanceArn, permissionSet } = await withBehaviour({ statusLagReads: 2 });
  const { PermissionSetProvisioningStatus } = await sso.provisionPermissionSet({
    InstanceArn,
    PermissionSetArn: await permissionSet('Admin'),
    TargetType: 'AWS_ACCOUNT',
    TargetId: production,
  });
  const read = () =>
    sso.describePermissionSetProvisioningStatus({
      InstanceArn,
      ProvisionPermissionSetRequestId: PermissionSetProvisioningStatus?.RequestId,
    });
  await expect(read()).rejects.toMatchObject(missing);
  await expect(read()).rejects.toMatchObject(missing);
  expect((await read()).PermissionSetProvisioningStatus).toMatchObject({ Status: 'IN_PROGRESS' });
});

test('asyncMs of nothing: the effect is there with the answer', async () => {
  const { sso, InstanceArn, permissionSet, emulator } = await withBehaviour({ asyncMs: 0 });
  const PermissionSetArn = await permissionSet('Admin');
  await sso.provisionPermissionSet({ InstanceArn, PermissionSetArn, TargetType: 'AWS_ACCOUNT', TargetId: production });
  expect(emulator.world.provisioned.size).toBe(1);
});

test('quotas', async () => {
  const { user, group, organizations } = await withBehaviour({ quotas: { users: 1, groups: 1, accounts: 5 } });
  await user('hanako');
  await group('platform');
  const exceeded = { name: 'ServiceQuotaExceededException' };
  await expect(user('taro')).rejects.toMatchObject(exceeded);
  await expect(group('security')).rejects.toMatchObject(exceeded);
  await expect(organizations.createAccount({ AccountName: 'sixth', Email: 'sixth@example.com' })).rejects.toMatchObject(
    { name: 'ConstraintViolationException', Reason: 'ACCOUNT_NUMBER_LIMIT_EXCEEDED' },
  );
});

const revisionsOf = async (behaviour: EmulatorOptions['behaviour']) => {
  const { emulator, IdentityStoreId, user, group } = await withBehaviour(behaviour);
  const GroupId = await group('ops');
  const UserId = await user('hanako');
  const call = async (operation: string, input: object): Promise<Record<string, unknown>> => {
    const { text } = await send(emulator.url, `AWSIdentityStore.${operation}`, { IdentityStoreId, ...input });
    return JSON.parse(text) as Record<string, unknown>;
  };
  const title = (AttributeValue: string) => [{ AttributePath: 'title', AttributeValue }];
  return { call, title, UserId, GroupId };
};

test('revisions', async () => {
  const { call, title, UserId, GroupId } = await revisionsOf({ revisions: 'answered' });
  expect(await call('DescribeUser', { UserId })).toMatchObject({ Revision: '1' });
  expect(await call('UpdateUser', { UserId, Operations: title('A') })).toMatchObject({ UserId, Revision: '2' });
  const stale = { UserId, Revision: '1' };
  for (const [operation, input] of [
    ['UpdateUser', { ...stale, Operations: title('B') }],
    ['DeleteUser', stale],
    ['DeleteGroup', { GroupId, Revision: '0' }],
    ['UpdateGroup', { GroupId, Revision: '2', Operations: [{ AttributePath: 'displayName', AttributeValue: 'x' }] }],
  ] as const) {
    expect(await call(operation, input), operation).toMatchObject({ __type: 'ConflictException' });
  }
  expect(await call('DescribeUser', { UserId })).toMatchObject({ Title: 'A', Revision: '2' });
  expect(await call('UpdateUser', { UserId, Revision: '2', Operations: title('B') })).toMatchObject({ Revision: '3' });
  expect(await call('DeleteGroup', { GroupId, Revision: '1' })).toEqual({});
  expect(await call('DeleteUser', { UserId, Revision: 'x' })).toMatchObject({ __type: 'ValidationException' });

  const old = await revisionsOf({ revisions: 'absent' });
  expect(await old.call('DescribeUser', { UserId: old.UserId })).not.toHaveProperty('Revision');
  expect(await old.call('DeleteUser', { UserId: old.UserId, Revision: '9' })).toEqual({});
});

test('revisionConflictReason', async () => {
  for (const revisionConflictReason of ['given', 'absent'] as const) {
    const { call, UserId } = await revisionsOf({ revisionConflictReason });
    const { Reason } = await call('DeleteUser', { UserId, Revision: '9' });
    expect(Reason).toBe(revisionConflictReason === 'given' ? 'CONCURRENT_MODIFICATION' : undefined);
  }
});

test('groupRevision', async () => {
  for (const groupRevision of ['moved-by-members', 'kept-by-members'] as const) {
    const { call, UserId, GroupId } = await revisionsOf({ groupRevision });
    const { MembershipId } = await call('CreateGroupMembership', { GroupId, MemberId: { UserId } });
    await call('DeleteGroupMembership', { MembershipId });
    const { Revision } = await call('DescribeGroup', { GroupId });
    expect(Revision).toBe(groupRevision === 'moved-by-members' ? '3' : '1');
  }
});

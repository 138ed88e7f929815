import { expect, test } from 'vitest';
import { management, production, start } from './clients.ts';

test('the home Region has the instance; another lists none and knows none', async () => {
  const { sso, clientsIn, organizations, InstanceArn, IdentityStoreId } = await start({
    seed: { region: 'eu-west-1' },
  });
  expect((await sso.listInstances({})).Instances).toMatchObject([
    { InstanceArn, IdentityStoreId, OwnerAccountId: management, Status: 'ACTIVE' },
  ]);
  const elsewhere = clientsIn('us-east-1');
  expect((await elsewhere.sso.listInstances({})).Instances).toEqual([]);
  await expect(elsewhere.sso.listPermissionSets({ InstanceArn })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(elsewhere.sso.describeInstance({ InstanceArn })).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  await expect(elsewhere.store.listUsers({ IdentityStoreId })).rejects.toMatchObject({
    ResourceType: 'IDENTITY_STORE',
  });
  // Organizations is one for the partition: its clients sign for any Region.
  expect((await elsewhere.organizations.listAccounts({})).Accounts).toEqual(
    (await organizations.listAccounts({})).Accounts,
  );
});

test('the partition follows the home Region', async () => {
  const { InstanceArn, organizations, permissionSet } = await start({ seed: { region: 'cn-north-1' } });
  expect(InstanceArn).toMatch(/^arn:aws-cn:sso:::instance\/ssoins-[0-9a-f]{16}$/);
  expect(await permissionSet('Admin')).toMatch(
    /^arn:aws-cn:sso:::permissionSet\/ssoins-[0-9a-f]{16}\/ps-[0-9a-f]{16}$/,
  );
  expect((await organizations.describeOrganization({})).Organization?.Arn).toMatch(/^arn:aws-cn:organizations:/);
});

test.each([
  ['us-gov-west-1', 'aws-us-gov'],
  ['eusc-de-east-1', 'aws-eusc'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eu-isoe-west-1', 'aws-iso-e'],
  ['us-isof-south-1', 'aws-iso-f'],
  ['eu-central-1', 'aws'],
])('the partition of %s is %s', async (region, partition) => {
  const { emulator } = await start({ seed: { region } });
  expect(emulator.world.organization.Partition).toBe(partition);
});

test('an instance is described, renamed, tagged, and has its home as its only Region', async () => {
  const { sso, InstanceArn, changes } = await start();
  await sso.updateInstance({ InstanceArn, Name: 'corp' });
  await sso.tagResource({ ResourceArn: InstanceArn, Tags: [{ Key: 'team', Value: 'platform' }] });
  expect(await sso.describeInstance({ InstanceArn })).toMatchObject({
    Name: 'corp',
    PermissionSetsEnabled: true,
    EncryptionConfigurationDetails: { KeyType: 'AWS_OWNED_KMS_KEY', EncryptionStatus: 'ENABLED' },
  });
  expect((await sso.listTagsForResource({ ResourceArn: InstanceArn })).Tags).toEqual([
    { Key: 'team', Value: 'platform' },
  ]);
  expect(changes.map(({ type }) => type)).toEqual(['instance-updated', 'instance-updated']);

  const { Regions } = await sso.listRegions({ InstanceArn });
  expect(Regions).toMatchObject([{ RegionName: 'us-east-1', Status: 'ACTIVE', IsPrimaryRegion: true }]);
  expect(await sso.describeRegion({ InstanceArn, RegionName: 'us-east-1' })).toMatchObject({ IsPrimaryRegion: true });
  await expect(sso.describeRegion({ InstanceArn, RegionName: 'eu-west-1' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('encryption with an own key needs the key, and can be undone', async () => {
  const { sso, InstanceArn } = await start();
  const KmsKeyArn = 'arn:aws:kms:us-east-1:111111111111:key/mrk-0123456789abcdef0123456789abcdef';
  const encrypt = (EncryptionConfiguration: {
    KeyType: 'CUSTOMER_MANAGED_KEY' | 'AWS_OWNED_KMS_KEY';
    KmsKeyArn?: string;
  }) => sso.updateInstance({ InstanceArn, EncryptionConfiguration });
  const key = async () => (await sso.describeInstance({ InstanceArn })).EncryptionConfigurationDetails?.KmsKeyArn;
  await expect(encrypt({ KeyType: 'CUSTOMER_MANAGED_KEY' })).rejects.toMatchObject({ name: 'ValidationException' });
  await encrypt({ KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn });
  expect(await key()).toBe(KmsKeyArn);
  await encrypt({ KeyType: 'AWS_OWNED_KMS_KEY' });
  expect(await key()).toBeUndefined();
});

test('an account instance has users but neither permission sets nor assignments', async () => {
  const { sso, user, InstanceArn, emulator } = await start({ seed: { instanceKind: 'account' } });
  expect(emulator.world.instance.OwnerAccountId).not.toBe(management);
  await user('hanako');
  const unsupported = { name: 'ValidationException' };
  await expect(sso.listPermissionSets({ InstanceArn })).rejects.toMatchObject(unsupported);
  await expect(sso.createPermissionSet({ InstanceArn, Name: 'Admin' })).rejects.toMatchObject(unsupported);
  await expect(sso.listAccountAssignmentCreationStatus({ InstanceArn })).rejects.toMatchObject(unsupported);
  expect((await sso.describeInstance({ InstanceArn })).PermissionSetsEnabled).toBe(false);
});

test.each([
  ['AccessDeniedException', {}],
  ['ValidationException', { withoutPermissionSets: 'invalid' as const }],
])('permission sets that are switched off are refused as %s until they are switched on', async (name, behaviour) => {
  const { sso, user, InstanceArn } = await start({ seed: { permissionSetsEnabled: false }, behaviour });
  const PrincipalId = await user('hanako');
  const set = {
    InstanceArn,
    PermissionSetArn: `${InstanceArn.replace('instance', 'permissionSet')}/ps-0123456789abcdef`,
  };
  const principal = { InstanceArn, PrincipalId, PrincipalType: 'USER' as const };
  const AccountId = production;
  for (const call of [
    () => sso.listPermissionSets({ InstanceArn }),
    () => sso.createPermissionSet({ InstanceArn, Name: 'Admin' }),
    () => sso.describePermissionSet(set),
    () => sso.listAccountAssignments({ ...set, AccountId }),
    () => sso.listAccountAssignmentsForPrincipal(principal),
    () => sso.listPermissionSetsProvisionedToAccount({ InstanceArn, AccountId }),
    () => sso.listAccountAssignmentCreationStatus({ InstanceArn }),
    () => sso.listPermissionSetProvisioningStatus({ InstanceArn }),
  ]) {
    await expect(call()).rejects.toMatchObject({ name });
  }
  expect((await sso.describeInstance({ InstanceArn })).PermissionSetsEnabled).toBe(false);
  expect((await sso.listApplications({ InstanceArn })).Applications).toEqual([]);
  const never = { name: 'ValidationException' };
  await expect(sso.updateInstance({ InstanceArn, PermissionSetsEnabled: false })).rejects.toMatchObject(never);

  await sso.updateInstance({ InstanceArn, PermissionSetsEnabled: true });
  expect((await sso.describeInstance({ InstanceArn })).PermissionSetsEnabled).toBe(true);
  expect((await sso.createPermissionSet({ InstanceArn, Name: 'Admin' })).PermissionSet?.Name).toBe('Admin');
});

test('a member account reads the identity store and sees the instance, no more', async () => {
  const { sso, store, organizations, InstanceArn, IdentityStoreId } = await start({
    seed: { caller: { accountId: production } },
  });
  const denied = { name: 'AccessDeniedException' };
  expect((await sso.listInstances({})).Instances).toHaveLength(1);
  expect((await store.listUsers({ IdentityStoreId })).Users).toEqual([]);
  expect((await organizations.describeOrganization({})).Organization?.MasterAccountId).toBe(management);
  await expect(sso.listPermissionSets({ InstanceArn })).rejects.toMatchObject({
    ...denied,
    message: expect.stringContaining('is not authorized to perform: sso:ListPermissionSets'),
  });
  await expect(store.createGroup({ IdentityStoreId, DisplayName: 'a' })).rejects.toMatchObject(denied);
  await expect(organizations.listAccounts({})).rejects.toMatchObject(denied);
});

test('a delegated administrator can do all but touch the management account', async () => {
  const { sso, organizations, emulator, InstanceArn, user, permissionSet, assign } = await start({
    seed: { caller: { accountId: production }, delegatedAdministrators: [production] },
  });
  const denied = { name: 'AccessDeniedException' };
  const [PrincipalId, PermissionSetArn] = [await user('hanako'), await permissionSet('Admin')];
  expect(await assign({ PermissionSetArn, PrincipalId })).toMatchObject({ Status: 'SUCCEEDED' });
  await expect(assign({ PermissionSetArn, PrincipalId, TargetId: management })).rejects.toMatchObject(denied);
  expect((await organizations.listAccounts({})).Accounts).toHaveLength(5);
  await expect(
    organizations.createOrganizationalUnit({ ParentId: emulator.world.organization.RootId, Name: 'New' }),
  ).rejects.toMatchObject(denied);
  await expect(
    sso.listAccountAssignmentsForPrincipal({ InstanceArn, PrincipalId, PrincipalType: 'USER' }),
  ).rejects.toMatchObject(denied);

  // Once it is provisioned in the management account, it is out of reach for every account.
  const Content = emulator.world.permissionSets.get(PermissionSetArn);
  if (Content) emulator.world.provisioned.put({ AccountId: management, PermissionSetArn, Content });
  await sso.describePermissionSet({ InstanceArn, PermissionSetArn });
  await expect(sso.updatePermissionSet({ InstanceArn, PermissionSetArn })).rejects.toMatchObject(denied);
  await expect(assign({ PermissionSetArn, PrincipalId })).rejects.toMatchObject(denied);
  await expect(
    sso.tagResource({ ResourceArn: PermissionSetArn, Tags: [{ Key: 'a', Value: 'b' }] }),
  ).rejects.toMatchObject(denied);
});

const replicated = { region: 'us-east-1', additionalRegions: ['eu-west-1'] };

test('an additional Region knows the instance, names the primary one, and does what is about applications', async () => {
  const { sso, store, clientsIn, InstanceArn, IdentityStoreId, user } = await start({ seed: replicated });
  await user('hanako');
  const elsewhere = clientsIn('eu-west-1');
  const Regions = [
    { RegionName: 'us-east-1', IsPrimaryRegion: true },
    { RegionName: 'eu-west-1', IsPrimaryRegion: false },
  ];
  const instance = { InstanceArn, PrimaryRegion: 'us-east-1' };
  for (const client of [sso, elsewhere.sso]) {
    expect((await client.listInstances({})).Instances).toMatchObject([instance]);
    expect(await client.describeInstance({ InstanceArn })).toMatchObject(instance);
    expect((await client.listRegions({ InstanceArn })).Regions).toMatchObject(Regions);
  }
  expect((await elsewhere.store.listUsers({ IdentityStoreId })).Users).toEqual(
    (await store.listUsers({ IdentityStoreId })).Users,
  );
  expect((await elsewhere.sso.listApplications({ InstanceArn })).Applications).toEqual([]);
  expect((await clientsIn('eu-central-1').sso.listInstances({})).Instances).toEqual([]);
});

test.each([
  ['denied', 'AccessDeniedException'],
  ['invalid', 'ValidationException'],
] as const)('an additional Region refuses what only the primary one does: %s', async (inAdditionalRegion, name) => {
  const { clientsIn, InstanceArn, IdentityStoreId } = await start({
    seed: replicated,
    behaviour: { inAdditionalRegion },
  });
  const { sso, store } = clientsIn('eu-west-1');
  await expect(sso.listPermissionSets({ InstanceArn })).rejects.toMatchObject({ name });
  await expect(sso.updateInstance({ InstanceArn, Name: 'corp' })).rejects.toMatchObject({ name });
  await expect(store.createGroup({ IdentityStoreId, DisplayName: 'ops' })).rejects.toMatchObject({ name });
});

test.each([
  ['an account instance', { ...replicated, instanceKind: 'account' as const }],
  ['the primary Region again', { additionalRegions: ['us-east-1'] }],
  ['another partition', { additionalRegions: ['cn-north-1'] }],
])('a seed can not replicate an instance to %s', async (_what, seed) => {
  await expect(start({ seed })).rejects.toThrow('additionalRegions');
});

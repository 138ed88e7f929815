import { expect, test } from 'vitest';
import { management, production, start, suspended } from './clients.ts';

test('the organization without a seed: five accounts in their OUs, one of them suspended', async () => {
  const { organizations, emulator } = await start();
  const { RootId, Id: organizationId } = emulator.world.organization;
  const { Organization } = await organizations.describeOrganization({});
  expect(Organization).toMatchObject({
    Id: organizationId,
    MasterAccountId: management,
    FeatureSet: 'ALL',
    AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
  });
  expect((await organizations.listRoots({})).Roots).toMatchObject([{ Id: RootId }]);

  const { Accounts = [] } = await organizations.listAccounts({});
  expect(Accounts.map(({ Name, State }) => `${Name} ${State}`)).toEqual([
    'management ACTIVE',
    'security ACTIVE',
    'production ACTIVE',
    'staging ACTIVE',
    'retired SUSPENDED',
  ]);
  const { OrganizationalUnits: top = [] } = await organizations.listOrganizationalUnitsForParent({ ParentId: RootId });
  expect(top.map(({ Name }) => Name)).toEqual(['Security', 'Workloads', 'Retired']);
  const ParentId = top[1]?.Id;
  const { OrganizationalUnits: below = [] } = await organizations.listOrganizationalUnitsForParent({ ParentId });
  expect(below[0]).toMatchObject({ Name: 'Prod', Path: `${organizationId}/${RootId}/${ParentId}/${below[0]?.Id}/` });
  const { Account } = await organizations.describeAccount({ AccountId: production });
  expect(Account?.Paths).toEqual([`${below[0]?.Path}${production}/`]);
  expect(Account?.Arn).toBe(`arn:aws:organizations::${management}:account/${organizationId}/${production}`);
});

test('parents and children are listed by id', async () => {
  const { organizations, emulator } = await start();
  const ParentId = emulator.world.organization.RootId;
  const children = async (ChildType: 'ACCOUNT' | 'ORGANIZATIONAL_UNIT') =>
    (await organizations.listChildren({ ParentId, ChildType })).Children;
  expect(await children('ACCOUNT')).toEqual([{ Id: management, Type: 'ACCOUNT' }]);
  expect(await children('ORGANIZATIONAL_UNIT')).toHaveLength(3);
  expect((await organizations.listParents({ ChildId: management })).Parents).toEqual([{ Id: ParentId, Type: 'ROOT' }]);
  expect((await organizations.listParents({ ChildId: production })).Parents).toMatchObject([
    { Type: 'ORGANIZATIONAL_UNIT' },
  ]);
  await expect(organizations.listParents({ ChildId: '999999999999' })).rejects.toMatchObject({
    name: 'ChildNotFoundException',
  });
  await expect(organizations.listAccountsForParent({ ParentId: 'r-none' })).rejects.toMatchObject({
    name: 'ParentNotFoundException',
  });
});

test('a created account appears when its request succeeds, in the root', async () => {
  const { organizations, emulator, clock, changes } = await start();
  const create = async (Email: string) =>
    (await organizations.createAccount({ AccountName: 'sandbox', Email, Tags: [{ Key: 'a', Value: 'b' }] }))
      .CreateAccountStatus?.Id;
  const status = async (CreateAccountRequestId?: string) =>
    (await organizations.describeCreateAccountStatus({ CreateAccountRequestId })).CreateAccountStatus;
  const id = await create('sandbox@example.com');
  expect(await status(id)).toMatchObject({ State: 'IN_PROGRESS', AccountName: 'sandbox' });
  clock.pass(50);
  const AccountId = (await status(id))?.AccountId ?? '';
  expect(await status(id)).toMatchObject({ State: 'SUCCEEDED', AccountId: expect.stringMatching(/^\d{12}$/) });
  expect(emulator.world.accounts.get(AccountId)).toMatchObject({ ParentId: emulator.world.organization.RootId });
  expect((await organizations.listTagsForResource({ ResourceId: AccountId })).Tags).toEqual([{ Key: 'a', Value: 'b' }]);
  expect(changes).toEqual([{ type: 'account-created', accountId: AccountId }]);

  const again = await create('Sandbox@example.com');
  clock.pass(50);
  expect(await status(again)).toMatchObject({ State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS' });
});

test('OUs are created below each other, five deep at most, and accounts move between them', async () => {
  const { organizations, emulator } = await start();
  const { RootId } = emulator.world.organization;
  const create = async (ParentId: string, Name: string) =>
    (await organizations.createOrganizationalUnit({ ParentId, Name })).OrganizationalUnit?.Id ?? '';
  const first = await create(RootId, 'L1');
  await expect(create(RootId, 'L1')).rejects.toMatchObject({ name: 'DuplicateOrganizationalUnitException' });
  let deepest = first;
  for (const name of ['L2', 'L3', 'L4', 'L5']) deepest = await create(deepest, name);
  await expect(create(deepest, 'L6')).rejects.toMatchObject({ Reason: 'OU_DEPTH_LIMIT_EXCEEDED' });
  expect(await organizations.describeOrganizationalUnit({ OrganizationalUnitId: deepest })).toMatchObject({
    OrganizationalUnit: { Name: 'L5' },
  });

  const move = (SourceParentId: string, DestinationParentId: string) =>
    organizations.moveAccount({ AccountId: management, SourceParentId, DestinationParentId });
  await move(RootId, deepest);
  expect((await organizations.listAccountsForParent({ ParentId: deepest })).Accounts).toMatchObject([
    { Id: management },
  ]);
  expect((await organizations.listAccountsForParent({ ParentId: RootId })).Accounts).toEqual([]);
  await expect(move(RootId, first)).rejects.toMatchObject({ name: 'SourceParentNotFoundException' });
  await expect(move(deepest, deepest)).rejects.toMatchObject({ name: 'DuplicateAccountException' });
  await expect(move(deepest, 'r-none')).rejects.toMatchObject({ name: 'DestinationParentNotFoundException' });
});

test('an account is closed in two steps, once, and never the management account', async () => {
  const { organizations, clock } = await start();
  const state = async () => (await organizations.describeAccount({ AccountId: production })).Account;
  await organizations.closeAccount({ AccountId: production });
  expect(await state()).toMatchObject({ State: 'PENDING_CLOSURE', Status: 'PENDING_CLOSURE' });
  clock.pass(50);
  expect(await state()).toMatchObject({ State: 'CLOSED', Status: 'SUSPENDED' });
  await expect(organizations.closeAccount({ AccountId: production })).rejects.toMatchObject({
    name: 'AccountAlreadyClosedException',
  });
  await expect(organizations.closeAccount({ AccountId: management })).rejects.toMatchObject({
    Reason: 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT',
  });
});

test('accounts, OUs and the root have tags', async () => {
  const { organizations, emulator } = await start();
  const [unit] = emulator.world.organizationalUnits.rows();
  for (const ResourceId of [production, unit?.Id, emulator.world.organization.RootId]) {
    await organizations.tagResource({
      ResourceId,
      Tags: [
        { Key: 'stage', Value: 'x' },
        { Key: 'team', Value: 'y' },
      ],
    });
    await organizations.untagResource({ ResourceId, TagKeys: ['team'] });
    expect((await organizations.listTagsForResource({ ResourceId })).Tags).toEqual([{ Key: 'stage', Value: 'x' }]);
  }
  await expect(organizations.tagResource({ ResourceId: '999999999999', Tags: [] })).rejects.toMatchObject({
    name: 'TargetNotFoundException',
  });
  const twice = [
    { Key: 'a', Value: '1' },
    { Key: 'A', Value: '2' },
  ];
  await expect(organizations.tagResource({ ResourceId: production, Tags: twice })).rejects.toMatchObject({
    Reason: 'DUPLICATE_TAG_KEY',
  });
});

test('Identity Center is the service that has access and a delegated administrator', async () => {
  const { organizations } = await start({ seed: { delegatedAdministrators: [suspended] } });
  const delegated = async (ServicePrincipal?: string) =>
    (await organizations.listDelegatedAdministrators(ServicePrincipal === undefined ? {} : { ServicePrincipal }))
      .DelegatedAdministrators;
  expect(await delegated('sso.amazonaws.com')).toMatchObject([{ Id: suspended }]);
  expect(await delegated('guardduty.amazonaws.com')).toEqual([]);
  expect((await organizations.listAWSServiceAccessForOrganization({})).EnabledServicePrincipals).toMatchObject([
    { ServicePrincipal: 'sso.amazonaws.com' },
  ]);
});

test('a unit is renamed where no sibling has the name, and deleted once it is empty', async () => {
  const { organizations, emulator, changes } = await start();
  const ParentId = emulator.world.organization.RootId;
  const { OrganizationalUnit: made } = await organizations.createOrganizationalUnit({ ParentId, Name: 'Sandbox' });
  const OrganizationalUnitId = made?.Id ?? '';
  const { OrganizationalUnit: child } = await organizations.createOrganizationalUnit({
    ParentId: OrganizationalUnitId,
    Name: 'Playground',
  });
  const rename = (Name: string) => organizations.updateOrganizationalUnit({ OrganizationalUnitId, Name });
  await expect(rename('Security')).rejects.toMatchObject({ name: 'DuplicateOrganizationalUnitException' });
  expect((await rename('Labs')).OrganizationalUnit).toEqual({ ...made, Name: 'Labs' });
  expect((await rename('Labs')).OrganizationalUnit?.Name).toBe('Labs');

  const remove = (id = '') => organizations.deleteOrganizationalUnit({ OrganizationalUnitId: id });
  const notEmpty = { name: 'OrganizationalUnitNotEmptyException' };
  await expect(remove(OrganizationalUnitId)).rejects.toMatchObject(notEmpty);
  await remove(child?.Id);
  const move = { AccountId: production, DestinationParentId: OrganizationalUnitId };
  const { Parents } = await organizations.listParents({ ChildId: production });
  await organizations.moveAccount({ ...move, SourceParentId: Parents?.[0]?.Id });
  await expect(remove(OrganizationalUnitId)).rejects.toMatchObject(notEmpty);
  await organizations.moveAccount({
    AccountId: production,
    SourceParentId: OrganizationalUnitId,
    DestinationParentId: ParentId,
  });
  await remove(OrganizationalUnitId);
  const absent = { name: 'OrganizationalUnitNotFoundException' };
  await expect(remove(OrganizationalUnitId)).rejects.toMatchObject(absent);
  await expect(rename('Labs')).rejects.toMatchObject(absent);
  expect(changes.filter(({ type }) => type === 'organizational-unit-deleted')).toHaveLength(2);
});

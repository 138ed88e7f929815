import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseSeed, seedJsonSchema, startEmulator } from '../../src/emulator/index.ts';
import { start } from './clients.ts';

test('a whole seed is what the world becomes', async () => {
  const seed = parseSeed(`{
    "region": "us-gov-west-1",
    "managementAccountId": "100000000001",
    "instanceArn": "arn:aws-us-gov:sso:::instance/ssoins-0123456789abcdef",
    "identityStoreId": "d-0123456789",
    "organizationalUnits": ["Empty"],
    "accounts": [
      { "id": "100000000001", "name": "root", "email": "root@example.com" },
      { "id": "100000000002", "name": "prod", "ou": "Workloads/Prod", "state": "SUSPENDED", "tags": { "a": "b" } }
    ],
    "applications": [
      { "name": "Salesforce" },
      { "name": "Salesforce", "account": "100000000002", "protocol": "oauth", "description": "x", "assignmentRequired": false }
    ],
    "delegatedAdministrators": ["100000000002"],
    "caller": { "accountId": "100000000002" }
  }`);
  const { emulator, organizations } = await start({ seed });
  const { instance, organization } = emulator.world;
  expect(instance).toMatchObject({
    InstanceArn: seed.instanceArn,
    IdentityStoreId: 'd-0123456789',
    OwnerAccountId: '100000000001',
    Region: 'us-gov-west-1',
  });
  expect(organization).toMatchObject({ ManagementAccountId: '100000000001', Partition: 'aws-us-gov' });
  expect((await organizations.listAccounts({})).Accounts).toMatchObject([
    { Name: 'root', Email: 'root@example.com', State: 'ACTIVE' },
    { Name: 'prod', State: 'SUSPENDED' },
  ]);
  expect(emulator.world.applications.rows()).toMatchObject([
    { Name: 'Salesforce', ApplicationAccount: '100000000001', AssignmentRequired: true },
    { Name: 'Salesforce', ApplicationAccount: '100000000002', AssignmentRequired: false },
  ]);
  expect(emulator.world.organizationalUnits.rows().map(({ Name }) => Name)).toEqual(['Empty', 'Workloads', 'Prod']);
});

test('a seed without accounts keeps the small organization, under its own management account', async () => {
  const { emulator } = await start({ seed: { managementAccountId: '999999999999' } });
  const [first] = emulator.world.accounts.rows();
  expect(first).toMatchObject({ Id: '999999999999', Name: 'management' });
  expect(emulator.world.accounts.size).toBe(5);
});

test('the management account is added where the accounts leave it out, under a name that is free', async () => {
  const { emulator } = await start({ seed: { accounts: [{ id: '222222222222', name: 'management' }] } });
  expect(emulator.world.accounts.rows().map(({ Name }) => Name)).toEqual(['management', 'management-111111111111']);
});

test.each([
  ['{', 'The seed is not JSON'],
  ['[]', 'The seed must be an object.'],
  ['{ "regions": [] }', 'Seed member regions is unknown; known here: region,'],
  ['{ "region": "Tokyo" }', 'Seed member region must be a Region, like us-east-1.'],
  ['{ "accounts": {} }', 'Seed member accounts must be a list.'],
  ['{ "accounts": [{ "id": "123456789012" }] }', 'Seed member accounts[0].name is required.'],
  [
    '{ "accounts": [{ "id": 123456789012, "name": "a" }] }',
    'Seed member accounts[0].id must be an account id: 12 digits, in quotes.',
  ],
  [
    '{ "accounts": [{ "id": "123456789012", "name": "a", "state": "GONE" }] }',
    'Seed member accounts[0].state must be one of',
  ],
  [
    '{ "accounts": [{ "id": "123456789012", "name": "a", "tags": { "x": 1 } }] }',
    'Seed member accounts[0].tags.x must be a text.',
  ],
  [
    '{ "accounts": [{ "id": "123456789012", "name": "a" }, { "id": "123456789012", "name": "b" }] }',
    'Seed member accounts[1].id repeats 123456789012.',
  ],
  ['{ "organizationalUnits": ["/Prod"] }', 'Seed member organizationalUnits[0] must be the path of'],
  ['{ "caller": { "account": "1" } }', 'Seed member caller.account is unknown'],
])('%s is refused by the name of what is wrong', (text, message) => {
  expect(() => parseSeed(text)).toThrow(message);
});

test('a seed that is not from a file is checked as well', async () => {
  await expect(startEmulator({ seed: { accounts: [{ id: '1', name: 'a' }] } })).rejects.toThrow('accounts[0].id');
});

/** The example of the page about the emulator. */
function example(): string {
  const page = readFileSync('docs/emulator.md', 'utf8');
  return /```json\n(?<seed>[^]*?)```/.exec(page)?.groups?.['seed'] ?? '';
}

test('the example of docs/emulator.md has an external directory, access in accounts, and an application', async () => {
  const { store, sso, organizations, emulator, InstanceArn, IdentityStoreId } = await start({
    seed: parseSeed(example()),
  });
  const { Users = [] } = await store.listUsers({ IdentityStoreId });
  expect(Users.map(({ UserName, UserStatus, ExternalIds }) => [UserName, UserStatus, ExternalIds?.[0]?.Id])).toEqual([
    ['hanako', 'ENABLED', '00u1'],
    ['taro', 'DISABLED', '00u2'],
    ['break-glass', 'ENABLED', undefined],
  ]);
  expect(Users[0]).toMatchObject({
    DisplayName: 'Hanako Yamada',
    Name: { GivenName: 'Hanako', FamilyName: 'Yamada' },
    Emails: [{ Value: 'hanako@example.com' }],
  });
  const { Groups = [] } = await store.listGroups({ IdentityStoreId });
  expect(Groups).toMatchObject([{ DisplayName: 'platform', ExternalIds: [{ Id: '00g1' }] }]);
  const { GroupMemberships } = await store.listGroupMemberships({ IdentityStoreId, GroupId: Groups[0]?.GroupId });
  expect(GroupMemberships?.map(({ MemberId }) => MemberId)).toEqual([
    { UserId: Users[0]?.UserId },
    { UserId: Users[1]?.UserId },
  ]);

  const { Accounts = [] } = await organizations.listAccounts({});
  const production = Accounts.find(({ Name }) => Name === 'production')?.Id;
  const { PermissionSets } = await sso.listPermissionSetsProvisionedToAccount({ InstanceArn, AccountId: production });
  const [PermissionSetArn] = PermissionSets ?? [];
  const set = { InstanceArn, PermissionSetArn };
  expect((await sso.describePermissionSet(set)).PermissionSet).toMatchObject({
    Name: 'Deployer',
    SessionDuration: 'PT8H',
  });
  expect((await sso.listManagedPoliciesInPermissionSet(set)).AttachedManagedPolicies).toMatchObject([
    { Name: 'ReadOnlyAccess' },
    { Name: 'Billing' },
  ]);
  expect((await sso.getPermissionsBoundaryForPermissionSet(set)).PermissionsBoundary).toEqual({
    CustomerManagedPolicyReference: { Path: '/team/', Name: 'boundary' },
  });
  expect((await sso.listAccountAssignments({ ...set, AccountId: production })).AccountAssignments).toMatchObject([
    { PrincipalType: 'USER', PrincipalId: Users[2]?.UserId },
    { PrincipalType: 'GROUP', PrincipalId: Groups[0]?.GroupId },
  ]);
  expect(emulator.world.applicationAssignments.rows()).toMatchObject([{ PrincipalId: Groups[0]?.GroupId }]);
});

test('a seed that is planted into a store again adds nothing', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'emulator-seed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const options = { store: path.join(folder, 'state.json'), seed: parseSeed(example()) };
  const first = await startEmulator(options);
  await first.close();
  const before = readFileSync(options.store, 'utf8');
  const second = await startEmulator(options);
  await second.close();
  expect(readFileSync(options.store, 'utf8')).toBe(before);
});

test.each([
  [{ groups: [{ name: 'a', members: ['zoe'] }] }, 'Seed member groups[0]: The user zoe does not exist'],
  [
    { users: [{ userName: 'a b' }] },
    "Seed member users[0]: 1 validation error detected: Value 'a b' at 'userName' failed to satisfy constraint",
  ],
  [
    { permissionSets: [{ name: 'A', managedPolicies: ['PowerUser'] }] },
    'Seed member permissionSets[0]: Policy does not exist with ARN: arn:aws:iam::aws:policy/PowerUser',
  ],
  [
    { assignments: [{ permissionSets: ['A'], accounts: [] }] },
    'Seed member assignments[0]: The permission set A does not exist',
  ],
  [
    { permissionSets: [{ name: 'A' }], assignments: [{ permissionSets: ['A'], accounts: ['prod'] }] },
    'Seed member assignments[0]: The account prod does not exist',
  ],
  [{ applications: [{ name: 'Wiki', groups: ['x'] }] }, 'Seed member applications[0]: The group x does not exist'],
  [
    { instanceKind: 'account' as const, permissionSets: [{ name: 'A' }] },
    'Seed member permissionSets[0]: The instance has no permission sets',
  ],
  [
    { permissionSetsEnabled: false, permissionSets: [{ name: 'A' }] },
    'Seed member permissionSets[0]: The instance has no permission sets',
  ],
  [
    { instanceKind: 'account' as const, permissionSetsEnabled: true },
    'Seed member permissionSetsEnabled is only for an organization instance.',
  ],
])('%j asks for what can not be', async (seed, message) => {
  await expect(startEmulator({ seed })).rejects.toThrow(message);
});

test('the JSON Schema of the seed is the published one', () => {
  expect(JSON.parse(readFileSync('schemas/seed.schema.json', 'utf8'))).toEqual(seedJsonSchema());
});

test('runs repeat: the same calls make the same ids', async () => {
  const [one, two] = [await start(), await start()];
  expect(await one.user('hanako')).toBe(await two.user('hanako'));
  expect(await one.permissionSet('Admin')).toBe(await two.permissionSet('Admin'));
  expect(one.InstanceArn).toBe(two.InstanceArn);
});

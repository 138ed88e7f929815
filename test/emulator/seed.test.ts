import { expect, test } from 'vitest';
import { parseSeed, startEmulator } from '../../src/emulator/index.ts';
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
  ['{ "accounts": [{ "id": "1" }] }', 'Seed member accounts[0].name is required.'],
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

test('runs repeat: the same calls make the same ids', async () => {
  const [one, two] = [await start(), await start()];
  expect(await one.user('hanako')).toBe(await two.user('hanako'));
  expect(await one.permissionSet('Admin')).toBe(await two.permissionSet('Admin'));
  expect(one.InstanceArn).toBe(two.InstanceArn);
});

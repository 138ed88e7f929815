import { expect, test } from 'vitest';
import { management, start } from './clients.ts';
import { send } from './wire.ts';

const rules = { VpceAccessRequired: true };
const vpc = 'vpc-0123456789abcdef0';

test('an identity store tells its network rules, and takes them as a whole', async () => {
  const { emulator, IdentityStoreId } = await start();
  const call = async (operation: string, input: object): Promise<unknown> =>
    JSON.parse((await send(emulator.url, `AWSIdentityStore.${operation}`, input)).text);
  const names = {
    IdentityStoreId,
    IdentityStoreArn: `arn:aws:identitystore::${management}:identitystore/${IdentityStoreId}`,
  };
  expect(await call('ListIdentityStores', {})).toEqual({ IdentityStores: [names] });
  expect(await call('DescribeIdentityStore', { IdentityStoreId })).toEqual(names);
  const first = { ...rules, ApiAllowSourceIps: ['127.0.0.1'], ScimAllowSourceIps: ['0.0.0.0/0'] };
  expect(await call('UpdateIdentityStore', { IdentityStoreId, NetworkConfiguration: first })).toEqual(names);
  expect(await call('DescribeIdentityStore', { IdentityStoreId })).toEqual({ ...names, NetworkConfiguration: first });
  const second = { VpceAccessRequired: false };
  await call('UpdateIdentityStore', { IdentityStoreId, NetworkConfiguration: second });
  expect(await call('DescribeIdentityStore', { IdentityStoreId })).toEqual({ ...names, NetworkConfiguration: second });
  expect(
    await call('UpdateIdentityStore', { IdentityStoreId, NetworkConfiguration: { ...rules, ApiAllowSourceIps: [] } }),
  ).toMatchObject({ __type: 'ValidationException' });
});

test.each([
  ['no rules', undefined, {}, true],
  ['an endpoint is required', rules, {}, false],
  ['an endpoint is required and there is one', rules, { vpc }, true],
  ['another VPC', { ...rules, ApiRestrictSourceVpcs: [vpc] }, { vpc: 'vpc-ffffffff' }, false],
  ['a VPC without a required endpoint', { VpceAccessRequired: false, ApiRestrictSourceVpcs: [vpc] }, {}, false],
  [
    'an address passes whatever the rest says',
    { ...rules, ApiRestrictSourceVpcs: [vpc], ApiAllowSourceIps: ['203.0.113.0/24'] },
    { ip: '203.0.113.9' },
    true,
  ],
  ['another address', { ...rules, ApiAllowSourceIps: ['203.0.113.0/24'] }, { ip: '203.0.114.9' }, false],
  ['an address of IPv6', { ...rules, ApiAllowSourceIps: ['2001:db8::/32'] }, { ip: '2001:db8::1' }, true],
  ['addresses alone restrict nothing', { VpceAccessRequired: false, ApiAllowSourceIps: ['203.0.113.7'] }, {}, true],
  ['addresses for SCIM restrict no API', { VpceAccessRequired: false, ScimAllowSourceIps: ['203.0.113.7'] }, {}, true],
])('network rules: %s', async (_case, NetworkConfiguration, source, isAnswered) => {
  const { store, sso, emulator, IdentityStoreId, InstanceArn } = await start({
    behaviour: { source: { ip: '127.0.0.1', ...source } },
  });
  emulator.world.instance = { ...emulator.world.instance, ...(NetworkConfiguration && { NetworkConfiguration }) };
  const users = store.listUsers({ IdentityStoreId });
  if (isAnswered) expect((await users).Users).toEqual([]);
  else await expect(users).rejects.toMatchObject({ name: 'AccessDeniedException' });
  // They are about the identity store alone.
  expect((await sso.listPermissionSets({ InstanceArn })).PermissionSets).toEqual([]);
});

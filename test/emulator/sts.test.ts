import { STS } from '@aws-sdk/client-sts';
import { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../src/emulator/index.ts';
import { management, production, start } from './clients.ts';

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

const local: Credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const RoleSessionName = 'hanako';
const RoleArn = `arn:aws:iam::${production}:role/OrganizationAccountAccessRole`;

function stsOf({ url }: Emulator, credentials = local): STS {
  const sts = new STS({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => sts.destroy());
  return sts;
}

function adminOf({ url }: Emulator, credentials: Credentials): SSOAdmin {
  const sso = new SSOAdmin({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => sso.destroy());
  return sso;
}

async function assume(sts: STS, arn = RoleArn, DurationSeconds?: number): Promise<Required<Credentials>> {
  const { Credentials } = await sts.assumeRole({ RoleArn: arn, RoleSessionName, DurationSeconds });
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

test('STS says who calls, in XML', async () => {
  const arn = 'arn:aws:sts::222222222222:assumed-role/Admin & Co/hanako';
  const { emulator } = await start({ seed: { caller: { accountId: '222222222222', arn } } });
  const sts = stsOf(emulator);
  expect(await sts.getCallerIdentity()).toMatchObject({
    Arn: arn,
    Account: '222222222222',
    UserId: expect.stringMatching(/:hanako$/),
  });
  await expect(sts.getSessionToken()).rejects.toMatchObject({
    name: 'InvalidAction',
    message:
      'The emulator does not implement GetSessionToken of sts. This is a limit of the emulator, not an answer of AWS.',
  });
  expect(emulator.calls.map(({ operation, outcome }) => [operation, outcome])).toEqual([
    ['GetCallerIdentity', 'ok'],
    ['GetSessionToken', 'InvalidAction'],
  ]);
});

test('a role of a member account can be assumed, and its session is told from the caller', async () => {
  const { emulator, InstanceArn, clock } = await start();
  const sts = stsOf(emulator);
  const { Credentials, AssumedRoleUser } = await sts.assumeRole({ RoleArn, RoleSessionName });
  const Arn = `arn:aws:sts::${production}:assumed-role/OrganizationAccountAccessRole/hanako`;
  expect(AssumedRoleUser).toEqual({ Arn, AssumedRoleId: expect.stringMatching(/^AROA[0-9A-F]{17}:hanako$/) });
  expect(Credentials?.Expiration?.getTime()).toBe(clock.now() + 3600 * 1000);

  const session = await assume(sts);
  expect(await stsOf(emulator, session).getCallerIdentity()).toMatchObject({ Arn, Account: production });
  const create = adminOf(emulator, session).createPermissionSet({ InstanceArn, Name: 'Admin' });
  await expect(create).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`User: ${Arn} is not authorized to perform: sso:CreatePermissionSet`),
  });
});

test('a role of the delegated administrator may administer', async () => {
  const { emulator, InstanceArn } = await start({ seed: { delegatedAdministrators: [production] } });
  const sso = adminOf(emulator, await assume(stsOf(emulator)));
  const { PermissionSet } = await sso.createPermissionSet({ InstanceArn, Name: 'Admin' });
  expect(PermissionSet?.Name).toBe('Admin');
});

test('credentials end when they expire, and are of no use with another token', async () => {
  const { emulator, clock } = await start();
  const session = await assume(stsOf(emulator), RoleArn, 900);
  const forged = { ...session, sessionToken: 'other' };
  await expect(adminOf(emulator, forged).listInstances()).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
  });
  await expect(stsOf(emulator, forged).getCallerIdentity()).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  expect((await adminOf(emulator, session).listInstances()).Instances).toHaveLength(1);
  clock.pass(900 * 1000);
  await expect(adminOf(emulator, session).listInstances()).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  await expect(stsOf(emulator, session).getCallerIdentity()).rejects.toMatchObject({ name: 'ExpiredToken' });
});

test('the seed says which roles an account has', async () => {
  const accounts = [{ id: production, name: 'production', roles: ['/ci/deployer'] }];
  const { emulator } = await start({ seed: { accounts } });
  const sts = stsOf(emulator);
  expect(await assume(sts, `arn:aws:iam::${production}:role/ci/deployer`)).toMatchObject({
    accessKeyId: expect.stringMatching(/^ASIA/),
  });
  const unknown = [
    RoleArn,
    `arn:aws:iam::${production}:role/deployer`,
    `arn:aws-cn:iam::${production}:role/ci/deployer`,
    `arn:aws:iam::${management}:role/OrganizationAccountAccessRole`,
    'arn:aws:iam::999999999999:role/OrganizationAccountAccessRole',
  ];
  for (const arn of unknown) {
    await expect(assume(sts, arn)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${management}:user/emulator is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    });
  }
});

test('an account that is created has the role that its creator names', async () => {
  const { emulator, organizations, clock } = await start();
  const { CreateAccountStatus } = await organizations.createAccount({
    AccountName: 'sandbox',
    Email: 'sandbox@example.com',
    RoleName: 'Admin',
  });
  clock.pass(50);
  const { CreateAccountStatus: done } = await organizations.describeCreateAccountStatus({
    CreateAccountRequestId: CreateAccountStatus?.Id,
  });
  const arn = `arn:aws:iam::${done?.AccountId}:role/Admin`;
  expect((await assume(stsOf(emulator), arn)).sessionToken).not.toBe('');
});

test('AssumeRole refuses what STS would, and what the policy of the caller does not allow', async () => {
  const { emulator } = await start();
  const sts = stsOf(emulator);
  const invalid = { name: 'ValidationError' };
  await expect(sts.assumeRole({ RoleArn, RoleSessionName: 'a b' })).rejects.toMatchObject(invalid);
  await expect(assume(sts, RoleArn, 60)).rejects.toMatchObject(invalid);
  await expect(assume(sts, 'arn:aws:iam::333333333333:user/hanako')).rejects.toMatchObject(invalid);
  const Statement = { Effect: 'Allow', Action: 'sso:*', Resource: '*' };
  emulator.setPolicy({ Version: '2012-10-17', Statement });
  await expect(assume(sts)).rejects.toMatchObject({ name: 'AccessDenied' });
});

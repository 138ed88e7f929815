import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator, Seed } from '../../src/emulator/index.ts';
import { management, production, start } from './clients.ts';

const local = { accessKeyId: 'local', secretAccessKey: 'local' };

function iamOf({ url }: Emulator, credentials: typeof local = local): IAM {
  const iam = new IAM({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => iam.destroy());
  return iam;
}

const seed: Seed = {
  region: 'eu-west-1',
  managementAccountId: management,
  accounts: [
    { id: management, name: 'management' },
    { id: production, name: 'production', roles: ['/ci/deployer'] },
  ],
  groups: [{ name: 'ops' }],
  permissionSets: [{ name: 'Admin' }, { name: 'Read' }],
  assignments: [{ groups: ['ops'], permissionSets: ['Admin', 'Read'], accounts: ['management', 'production'] }],
};

test('IAM lists the roles of the account of who asks, those of permission sets with their path', async () => {
  const { emulator } = await start({ seed });
  const { Roles, IsTruncated, Marker } = await iamOf(emulator).listRoles();
  expect({ IsTruncated, Marker }).toEqual({ IsTruncated: false, Marker: undefined });
  const Path = '/aws-reserved/sso.amazonaws.com/eu-west-1/';
  expect(Roles?.map((role) => role.Path)).toEqual([Path, Path]);
  expect(Roles?.[0]).toMatchObject({
    RoleName: expect.stringMatching(/^AWSReservedSSO_Admin_[0-9a-f]{16}$/) as string,
    Arn: `arn:aws:iam::${management}:role${Path}${Roles?.[0]?.RoleName}`,
    CreateDate: expect.any(Date) as Date,
  });
  expect(JSON.parse(decodeURIComponent(Roles?.[0]?.AssumeRolePolicyDocument ?? ''))).toMatchObject({
    Statement: [{ Principal: { Federated: expect.stringContaining(':saml-provider/AWSSSO_') as string } }],
  });
});

test('a session of a member account sees its own roles, by path and page by page', async () => {
  const { emulator } = await start({ seed });
  const sts = new STS({ endpoint: emulator.url, region: 'us-east-1', credentials: local });
  onTestFinished(() => sts.destroy());
  const RoleArn = `arn:aws:iam::${production}:role/ci/deployer`;
  const { Credentials } = await sts.assumeRole({ RoleArn, RoleSessionName: 'hanako' });
  const iam = iamOf(emulator, {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken,
  } as typeof local);
  const first = await iam.listRoles({ MaxItems: 2 });
  expect(first.IsTruncated).toBe(true);
  const second = await iam.listRoles({ MaxItems: 2, Marker: first.Marker });
  expect(second.IsTruncated).toBe(false);
  const names = [...(first.Roles ?? []), ...(second.Roles ?? [])].map(({ RoleName }) => RoleName);
  expect(names.map((name) => name?.replace(/_[0-9a-f]{16}$/, ''))).toEqual([
    'AWSReservedSSO_Admin',
    'AWSReservedSSO_Read',
    'deployer',
  ]);
  const { Roles } = await iam.listRoles({ PathPrefix: '/ci/' });
  expect(Roles?.map(({ Arn }) => Arn)).toEqual([RoleArn]);
  await expect(iam.listRoles({ Marker: 'other' })).rejects.toMatchObject({ name: 'ValidationError' });
  await expect(iam.listRoles({ PathPrefix: 'ci' })).rejects.toMatchObject({ name: 'ValidationError' });
});

test('ListRoles is refused where the policy of the caller does not allow it', async () => {
  const { emulator } = await start({ seed });
  emulator.setPolicy({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sso:*', Resource: '*' } });
  await expect(iamOf(emulator).listRoles({ PathPrefix: '/aws-reserved/' })).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws:iam::${management}:user/emulator is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::${management}:role/aws-reserved/`,
  });
});

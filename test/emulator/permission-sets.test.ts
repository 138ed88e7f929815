import { expect, test } from 'vitest';
import { start } from './clients.ts';

const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
const billing = 'arn:aws:iam::aws:policy/job-function/Billing';

test('a permission set is made with defaults, described and listed by ARN alone', async () => {
  const { sso, InstanceArn, permissionSet } = await start();
  const PermissionSetArn = await permissionSet('Admin');
  const { PermissionSet } = await sso.describePermissionSet({ InstanceArn, PermissionSetArn });
  expect(PermissionSet).toEqual({
    Name: 'Admin',
    PermissionSetArn,
    SessionDuration: 'PT1H',
    CreatedDate: new Date('2026-01-31T12:00:00Z'),
  });
  expect((await sso.listPermissionSets({ InstanceArn })).PermissionSets).toEqual([PermissionSetArn]);
});

test('a name is taken once', async () => {
  const { permissionSet } = await start();
  await permissionSet('Admin');
  await permissionSet('admin');
  await expect(permissionSet('Admin')).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'PermissionSet with name Admin already exists.',
  });
});

test('an update keeps what it leaves out, except for the relay state', async () => {
  const { sso, InstanceArn } = await start();
  const RelayState = 'https://console.aws.amazon.com/';
  const given = { InstanceArn, Name: 'Admin', Description: 'Full', SessionDuration: 'PT8H', RelayState };
  const { PermissionSet: made } = await sso.createPermissionSet(given);
  const PermissionSetArn = made?.PermissionSetArn;
  const read = async () => (await sso.describePermissionSet({ InstanceArn, PermissionSetArn })).PermissionSet;
  await sso.updatePermissionSet({ InstanceArn, PermissionSetArn, RelayState, Description: 'All' });
  expect(await read()).toMatchObject({ Description: 'All', SessionDuration: 'PT8H', RelayState });
  await sso.updatePermissionSet({ InstanceArn, PermissionSetArn, SessionDuration: 'PT2H' });
  expect(await read()).toMatchObject({ Description: 'All', SessionDuration: 'PT2H' });
  expect(await read()).not.toHaveProperty('RelayState');
});

test('AWS managed policies are attached and detached, each once', async () => {
  const { sso, InstanceArn, permissionSet } = await start();
  const set = { InstanceArn, PermissionSetArn: await permissionSet('Admin') };
  await sso.attachManagedPolicyToPermissionSet({ ...set, ManagedPolicyArn: billing });
  await sso.attachManagedPolicyToPermissionSet({ ...set, ManagedPolicyArn: admin });
  await expect(sso.attachManagedPolicyToPermissionSet({ ...set, ManagedPolicyArn: admin })).rejects.toMatchObject({
    name: 'ConflictException',
  });
  expect((await sso.listManagedPoliciesInPermissionSet(set)).AttachedManagedPolicies).toEqual([
    { Name: 'AdministratorAccess', Arn: admin },
    { Name: 'Billing', Arn: billing },
  ]);
  await sso.detachManagedPolicyFromPermissionSet({ ...set, ManagedPolicyArn: admin });
  await expect(sso.detachManagedPolicyFromPermissionSet({ ...set, ManagedPolicyArn: admin })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Could not find ManagedPolicy with arn ${admin}`,
  });
});

test('customer managed policies are told apart by path, which is / by default', async () => {
  const { sso, InstanceArn, permissionSet } = await start();
  const set = { InstanceArn, PermissionSetArn: await permissionSet('Admin') };
  const attach = (Name: string, Path?: string) =>
    sso.attachCustomerManagedPolicyReferenceToPermissionSet({
      ...set,
      CustomerManagedPolicyReference: { Name, ...(Path && { Path }) },
    });
  await attach('deployer', '/team/');
  await attach('deployer');
  await expect(attach('deployer', '/')).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'Given customer managed policy with name: deployer and path / already attached',
  });
  const list = async () =>
    (await sso.listCustomerManagedPolicyReferencesInPermissionSet(set)).CustomerManagedPolicyReferences;
  expect(await list()).toEqual([
    { Name: 'deployer', Path: '/' },
    { Name: 'deployer', Path: '/team/' },
  ]);
  const CustomerManagedPolicyReference = { Name: 'deployer' };
  await sso.detachCustomerManagedPolicyReferenceFromPermissionSet({ ...set, CustomerManagedPolicyReference });
  expect(await list()).toEqual([{ Name: 'deployer', Path: '/team/' }]);
  await expect(
    sso.detachCustomerManagedPolicyReferenceFromPermissionSet({ ...set, CustomerManagedPolicyReference }),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('one limit counts both kinds of managed policies', async () => {
  const { sso, InstanceArn, permissionSet } = await start({
    behaviour: { quotas: { managedPoliciesPerPermissionSet: 2 } },
  });
  const set = { InstanceArn, PermissionSetArn: await permissionSet('Admin') };
  await sso.attachManagedPolicyToPermissionSet({ ...set, ManagedPolicyArn: admin });
  await sso.attachCustomerManagedPolicyReferenceToPermissionSet({
    ...set,
    CustomerManagedPolicyReference: { Name: 'deployer' },
  });
  await expect(sso.attachManagedPolicyToPermissionSet({ ...set, ManagedPolicyArn: billing })).rejects.toMatchObject({
    name: 'ServiceQuotaExceededException',
    message: expect.stringContaining('Cannot create ManagedPolicy more than 2 for id ps-'),
  });
});

test('the inline policy is empty, put, overwritten and deleted', async () => {
  const { sso, InstanceArn, permissionSet } = await start();
  const set = { InstanceArn, PermissionSetArn: await permissionSet('Admin') };
  const read = async () => (await sso.getInlinePolicyForPermissionSet(set)).InlinePolicy;
  expect(await read()).toBe('');
  const statement = '{"Effect":"Deny","Action":"s3:*","Resource":"*"}';
  await sso.putInlinePolicyToPermissionSet({ ...set, InlinePolicy: `{"Statement":${statement}}` });
  const InlinePolicy = `{"Version":"2012-10-17","Statement":[${statement}]}`;
  await sso.putInlinePolicyToPermissionSet({ ...set, InlinePolicy });
  expect(await read()).toBe(InlinePolicy);
  await sso.deleteInlinePolicyFromPermissionSet(set);
  expect(await read()).toBe('');
});

test('an inline policy is of the grammar of IAM, and white space does not count towards its size', async () => {
  const { sso, InstanceArn, permissionSet } = await start();
  const set = { InstanceArn, PermissionSetArn: await permissionSet('Admin') };
  const put = (InlinePolicy: string) => sso.putInlinePolicyToPermissionSet({ ...set, InlinePolicy });
  const refuses = (text: string, Message: string) =>
    expect(put(text)).rejects.toMatchObject({ name: 'ValidationException', message: Message });
  await refuses('Allow all', 'Invalid PermissionsPolicy Document: Syntax errors in policy.');
  const policy = (Id: string, partition = 'aws'): string =>
    JSON.stringify({ Id, Statement: { Effect: 'Deny', Action: 's3:*', Resource: `arn:${partition}:s3:::b` } });
  await refuses(
    policy('', 'aws-cn'),
    'Invalid PermissionsPolicy Document: Partition "aws-cn" is not valid for resource "arn:aws-cn:s3:::b".',
  );
  const rest = 10_240 - policy('').length;
  await put(policy('x'.repeat(rest)) + ' '.repeat(20_000));
  await refuses(
    policy('x'.repeat(rest + 1)),
    'Current size of the non-whitespace characters present in the InlinePolicy Document is 10241 bytes which has exceeded the maximum limit of 10240 bytes',
  );
});

test('the permissions boundary is one of two kinds, never both', async () => {
  const { sso, InstanceArn, permissionSet } = await start();
  const set = { InstanceArn, PermissionSetArn: await permissionSet('Admin') };
  const CustomerManagedPolicyReference = { Name: 'boundary' };
  const put = (PermissionsBoundary: object) =>
    sso.putPermissionsBoundaryToPermissionSet({ ...set, PermissionsBoundary });
  await expect(put({})).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'ManagedPolicyArn or CustomerManagedPolicyReference should be given.',
  });
  await expect(put({ ManagedPolicyArn: admin, CustomerManagedPolicyReference })).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Only ManagedPolicyArn or CustomerManagedPolicyReference should be given.',
  });
  await put({ ManagedPolicyArn: admin });
  await put({ CustomerManagedPolicyReference });
  expect((await sso.getPermissionsBoundaryForPermissionSet(set)).PermissionsBoundary).toEqual({
    CustomerManagedPolicyReference: { Name: 'boundary', Path: '/' },
  });
});

test('tags are added, replaced and removed; those of AWS are refused', async () => {
  const { sso, InstanceArn } = await start();
  const { PermissionSet } = await sso.createPermissionSet({
    InstanceArn,
    Name: 'Admin',
    Tags: [{ Key: 'team', Value: 'one' }],
  });
  const resource = { InstanceArn, ResourceArn: PermissionSet?.PermissionSetArn };
  const tag = (Key: string, Value: string) => sso.tagResource({ ...resource, Tags: [{ Key, Value }] });
  await tag('team', 'two');
  await tag('cost', '7');
  expect((await sso.listTagsForResource(resource)).Tags).toEqual([
    { Key: 'cost', Value: '7' },
    { Key: 'team', Value: 'two' },
  ]);
  await expect(tag('aws:cost', '7')).rejects.toMatchObject({ name: 'ValidationException' });
  await sso.untagResource({ ...resource, TagKeys: ['team', 'absent'] });
  expect((await sso.listTagsForResource(resource)).Tags).toEqual([{ Key: 'cost', Value: '7' }]);
});

test('there are no more permission sets than the quota has', async () => {
  const { permissionSet } = await start({ behaviour: { quotas: { permissionSets: 1 } } });
  await permissionSet('One');
  await expect(permissionSet('Two')).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' });
});

import { ProvisioningStatus } from '@aws-sdk/client-sso-admin';
import { expect, test } from 'vitest';
import { type Fixture, production, start, staging } from './clients.ts';

const stale = ProvisioningStatus.LATEST_PERMISSION_SET_NOT_PROVISIONED;
const billing = 'arn:aws:iam::aws:policy/job-function/Billing';

/** A permission set that hanako has in these accounts. */
async function assigned(fixture: Fixture, ...accounts: string[]) {
  const [PrincipalId, PermissionSetArn] = [await fixture.user('hanako'), await fixture.permissionSet('Admin')];
  for (const TargetId of accounts) await fixture.assign({ PermissionSetArn, PrincipalId, TargetId });
  return { InstanceArn: fixture.InstanceArn, PermissionSetArn, PrincipalId };
}

async function provisionAll({ sso, clock }: Fixture, set: { InstanceArn: string; PermissionSetArn: string }) {
  const { InstanceArn, PermissionSetArn } = set;
  const { PermissionSetProvisioningStatus } = await sso.provisionPermissionSet({
    InstanceArn,
    PermissionSetArn,
    TargetType: 'ALL_PROVISIONED_ACCOUNTS',
  });
  clock.pass(50);
  return sso.describePermissionSetProvisioningStatus({
    InstanceArn,
    ProvisionPermissionSetRequestId: PermissionSetProvisioningStatus?.RequestId,
  });
}

async function staleAccounts({ sso }: Fixture, set: { InstanceArn: string; PermissionSetArn: string }) {
  const { InstanceArn, PermissionSetArn } = set;
  const input = { InstanceArn, PermissionSetArn, ProvisioningStatus: stale };
  return (await sso.listAccountsForProvisionedPermissionSet(input)).AccountIds;
}

test('an edit makes every provisioned copy stale until it is provisioned', async () => {
  const fixture = await start();
  const { sso, emulator, changes } = fixture;
  const { PrincipalId: _principal, ...set } = await assigned(fixture, production, staging);
  expect(await staleAccounts(fixture, set)).toEqual([]);
  await sso.attachManagedPolicyToPermissionSet({ ...set, ManagedPolicyArn: billing });
  expect(await staleAccounts(fixture, set)).toEqual([production, staging]);
  const contents = () => emulator.world.provisioned.rows().map((row) => row.Content.ManagedPolicyArns);
  expect(contents()).toEqual([[], []]);

  const status = await provisionAll(fixture, set);
  expect(status.PermissionSetProvisioningStatus).toMatchObject({ Status: 'SUCCEEDED' });
  expect(status.PermissionSetProvisioningStatus?.AccountId).toBeUndefined();
  expect(await staleAccounts(fixture, set)).toEqual([]);
  expect(contents()).toEqual([[billing], [billing]]);
  expect(changes.slice(-2)).toEqual([
    { type: 'permission-set-provisioned', accountId: production, permissionSetArn: set.PermissionSetArn },
    { type: 'permission-set-provisioned', accountId: staging, permissionSetArn: set.PermissionSetArn },
  ]);
});

const denying = (Action: string): string => JSON.stringify({ Statement: { Effect: 'Deny', Action, Resource: '*' } });

test('what is edited while it is being provisioned stays stale', async () => {
  const fixture = await start();
  const { sso, clock } = fixture;
  const { PrincipalId: _principal, ...set } = await assigned(fixture, production);
  await sso.putInlinePolicyToPermissionSet({ ...set, InlinePolicy: denying('s3:*') });
  await sso.provisionPermissionSet({ ...set, TargetType: 'AWS_ACCOUNT', TargetId: production });
  await sso.putInlinePolicyToPermissionSet({ ...set, InlinePolicy: denying('ec2:*') });
  clock.pass(50);
  expect(await staleAccounts(fixture, set)).toEqual([production]);
});

test('every part of a role makes it stale; tags do not', async () => {
  const fixture = await start();
  const { sso } = fixture;
  const { PrincipalId: _principal, ...set } = await assigned(fixture, production);
  const CustomerManagedPolicyReference = { Name: 'deployer' };
  const edits: (() => Promise<unknown>)[] = [
    () => sso.updatePermissionSet({ ...set, SessionDuration: 'PT2H' }),
    () => sso.attachManagedPolicyToPermissionSet({ ...set, ManagedPolicyArn: billing }),
    () => sso.detachManagedPolicyFromPermissionSet({ ...set, ManagedPolicyArn: billing }),
    () => sso.attachCustomerManagedPolicyReferenceToPermissionSet({ ...set, CustomerManagedPolicyReference }),
    () => sso.detachCustomerManagedPolicyReferenceFromPermissionSet({ ...set, CustomerManagedPolicyReference }),
    () => sso.putInlinePolicyToPermissionSet({ ...set, InlinePolicy: denying('s3:*') }),
    () => sso.deleteInlinePolicyFromPermissionSet(set),
    () => sso.putPermissionsBoundaryToPermissionSet({ ...set, PermissionsBoundary: { ManagedPolicyArn: billing } }),
    () => sso.deletePermissionsBoundaryFromPermissionSet(set),
  ];
  for (const edit of edits) {
    await edit();
    expect(await staleAccounts(fixture, set)).toEqual([production]);
    await provisionAll(fixture, set);
  }
  await sso.tagResource({ ResourceArn: set.PermissionSetArn, Tags: [{ Key: 'a', Value: 'b' }] });
  expect(await staleAccounts(fixture, set)).toEqual([]);
});

test('a later assignment leaves a stale role stale', async () => {
  const fixture = await start();
  const { PrincipalId: _principal, ...set } = await assigned(fixture, production);
  await fixture.sso.updatePermissionSet({ ...set, SessionDuration: 'PT2H' });
  await fixture.assign({ PermissionSetArn: set.PermissionSetArn, PrincipalId: await fixture.user('taro') });
  expect(await staleAccounts(fixture, set)).toEqual([production]);
});

test('an account can have a permission set that nobody is assigned', async () => {
  const { sso, clock, InstanceArn, permissionSet } = await start();
  const PermissionSetArn = await permissionSet('Admin');
  await sso.provisionPermissionSet({ InstanceArn, PermissionSetArn, TargetType: 'AWS_ACCOUNT', TargetId: production });
  clock.pass(50);
  expect(await sso.listPermissionSetsProvisionedToAccount({ InstanceArn, AccountId: production })).toMatchObject({
    PermissionSets: [PermissionSetArn],
  });
  await expect(sso.deletePermissionSet({ InstanceArn, PermissionSetArn })).rejects.toMatchObject({
    name: 'ConflictException',
  });
});

test('provisioning everywhere succeeds where there is nowhere, and needs no target', async () => {
  const fixture = await start();
  const set = { InstanceArn: fixture.InstanceArn, PermissionSetArn: await fixture.permissionSet('Admin') };
  expect(await provisionAll(fixture, set)).toMatchObject({ PermissionSetProvisioningStatus: { Status: 'SUCCEEDED' } });
  await expect(fixture.sso.provisionPermissionSet({ ...set, TargetType: 'AWS_ACCOUNT' })).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('the same permission set is not provisioned twice at once, nor are four', async () => {
  const fixture = await start();
  const { sso, InstanceArn, permissionSet } = fixture;
  const provision = (PermissionSetArn: string, TargetId: string) =>
    sso.provisionPermissionSet({ InstanceArn, PermissionSetArn, TargetType: 'AWS_ACCOUNT', TargetId });
  const arn = await permissionSet('Set0');
  await provision(arn, production);
  await expect(provision(arn, production)).rejects.toMatchObject({ name: 'ConflictException' });
  await provision(arn, staging);
  await expect(
    sso.provisionPermissionSet({ InstanceArn, PermissionSetArn: arn, TargetType: 'ALL_PROVISIONED_ACCOUNTS' }),
  ).rejects.toMatchObject({ name: 'ConflictException' });
  await provision(await permissionSet('Set1'), production);
  await expect(provision(await permissionSet('Set2'), production)).rejects.toMatchObject({
    name: 'ThrottlingException',
  });
});

test('provisioning everywhere fails where the last assignment goes meanwhile', async () => {
  const fixture = await start();
  const { sso, clock } = fixture;
  const { PrincipalId, ...set } = await assigned(fixture, production);
  await sso.deleteAccountAssignment({
    ...set,
    TargetId: production,
    TargetType: 'AWS_ACCOUNT',
    PrincipalType: 'USER',
    PrincipalId,
  });
  const { PermissionSetProvisioningStatus } = await sso.provisionPermissionSet({
    ...set,
    TargetType: 'ALL_PROVISIONED_ACCOUNTS',
  });
  clock.pass(100);
  const status = await sso.describePermissionSetProvisioningStatus({
    InstanceArn: set.InstanceArn,
    ProvisionPermissionSetRequestId: PermissionSetProvisioningStatus?.RequestId,
  });
  expect(status.PermissionSetProvisioningStatus).toMatchObject({
    Status: 'FAILED',
    FailureReason: 'Received a 404 status error: Assignment not found.',
  });
});

test('an account is not provisioned while an assignment there is under way', async () => {
  const { sso, InstanceArn, user, permissionSet } = await start();
  const [PrincipalId, PermissionSetArn] = [await user('hanako'), await permissionSet('Admin')];
  const target = { InstanceArn, PermissionSetArn, TargetId: production, TargetType: 'AWS_ACCOUNT' } as const;
  await sso.createAccountAssignment({ ...target, PrincipalType: 'USER', PrincipalId });
  await expect(sso.provisionPermissionSet(target)).rejects.toMatchObject({ name: 'ConflictException' });
});

test('one account that is suspended fails the whole request, and the others are provisioned', async () => {
  const fixture = await start();
  const { emulator, sso } = fixture;
  const { PrincipalId: _principal, ...set } = await assigned(fixture, production, staging);
  const account = emulator.world.accounts.get(staging);
  if (account) emulator.world.accounts.put({ ...account, State: 'SUSPENDED' });
  await sso.updatePermissionSet({ ...set, SessionDuration: 'PT2H' });
  const { PermissionSetProvisioningStatus } = await provisionAll(fixture, set);
  expect(PermissionSetProvisioningStatus?.FailureReason).toContain(`'${staging}'`);
  expect(await staleAccounts(fixture, set)).toEqual([staging]);
});

const elevenPolicies = [
  'AdministratorAccess',
  'PowerUserAccess',
  'ReadOnlyAccess',
  'SecurityAudit',
  'AmazonS3FullAccess',
  'AmazonS3ReadOnlyAccess',
  'AmazonEC2FullAccess',
  'AmazonEC2ReadOnlyAccess',
  'IAMFullAccess',
  'IAMReadOnlyAccess',
  'AWSBillingReadOnlyAccess',
];

test('a role takes ten managed policies, and customer managed ones only where they exist', async () => {
  const { sso, InstanceArn, user, permissionSet, assign } = await start({
    seed: {
      accounts: [
        { id: production, name: 'production', customerManagedPolicies: ['/team/deployer'] },
        { id: staging, name: 'staging', customerManagedPolicies: [] },
      ],
    },
  });
  const [PrincipalId, PermissionSetArn] = [await user('hanako'), await permissionSet('Deployer')];
  await sso.attachCustomerManagedPolicyReferenceToPermissionSet({
    InstanceArn,
    PermissionSetArn,
    CustomerManagedPolicyReference: { Name: 'deployer', Path: '/team/' },
  });
  expect(await assign({ PermissionSetArn, PrincipalId })).toMatchObject({ Status: 'SUCCEEDED' });
  expect(await assign({ PermissionSetArn, PrincipalId, TargetId: staging })).toMatchObject({
    Status: 'FAILED',
    FailureReason: `Received a 404 status error: Not supported policy arn:aws:iam::${staging}:policy/team/deployer.`,
  });

  const wide = await permissionSet('Wide');
  for (const name of elevenPolicies) {
    const ManagedPolicyArn = `arn:aws:iam::aws:policy/${name}`;
    await sso.attachManagedPolicyToPermissionSet({ InstanceArn, PermissionSetArn: wide, ManagedPolicyArn });
  }
  expect(await assign({ PermissionSetArn: wide, PrincipalId })).toMatchObject({
    Status: 'FAILED',
    FailureReason: expect.stringContaining('PoliciesPerRole: 10'),
  });
});

test('the status lists filter, and hold three members of each request', async () => {
  const fixture = await start();
  const { sso, InstanceArn } = fixture;
  const { PrincipalId: _principal, ...set } = await assigned(fixture, production);
  await provisionAll(fixture, set);
  await sso.provisionPermissionSet({ ...set, TargetType: 'ALL_PROVISIONED_ACCOUNTS' });
  const list = async (Status?: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED') =>
    (await sso.listPermissionSetProvisioningStatus({ InstanceArn, ...(Status && { Filter: { Status } }) }))
      .PermissionSetsProvisioningStatus ?? [];
  expect((await list()).map(({ Status }) => Status)).toEqual(['SUCCEEDED', 'IN_PROGRESS']);
  expect((await list('IN_PROGRESS')).map((row) => Object.keys(row).sort())).toEqual([
    ['CreatedDate', 'RequestId', 'Status'],
  ]);
  expect(await list('FAILED')).toEqual([]);
});

test('a request takes effect in time even if nobody calls', async () => {
  const changes: string[] = [];
  const { sso, InstanceArn, permissionSet, emulator } = await start({
    behaviour: { now: Date.now, asyncMs: 5 },
    onChange: ({ type }) => changes.push(type),
  });
  const PermissionSetArn = await permissionSet('Admin');
  await sso.provisionPermissionSet({ InstanceArn, PermissionSetArn, TargetType: 'AWS_ACCOUNT', TargetId: production });
  await expect.poll(() => changes).toContain('permission-set-provisioned');
  expect(emulator.calls.at(-1)?.operation).toBe('ProvisionPermissionSet');
});

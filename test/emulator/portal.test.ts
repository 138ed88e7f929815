import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { GetRoleCredentialsCommand, type RoleCredentials, SSOClient } from '@aws-sdk/nested-clients/sso';
import { expect, it, onTestFinished } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/index.ts';
import { signIn } from '../support/sign-in.ts';
import { management, production, staging, start, suspended } from './clients.ts';

/** Ann is signed in; the portal is asked by the SDK's client for credentials, and by hand for what it has no client for. */
async function prepare(options: EmulatorOptions = {}) {
  const fixture = await start(options);
  const { url } = fixture.emulator;
  const portal = new SSOClient({ endpoint: url, region: 'us-east-1', maxAttempts: 1 });
  onTestFinished(() => portal.destroy());
  const ann = await fixture.user('ann');
  const { accessToken } = await signIn(url, ann);
  const credentials = async (accountId: string, roleName: string, bearer = accessToken) =>
    (await portal.send(new GetRoleCredentialsCommand({ accountId, roleName, accessToken: bearer }))).roleCredentials;
  const ask = async (path: string, query: Record<string, string> = {}, method = 'GET', bearer = accessToken) => {
    const response = await fetch(`${url}${path}?${new URLSearchParams(query).toString()}`, {
      method,
      headers: { 'x-amz-sso_bearer_token': bearer },
    });
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status, error: response.headers.get('x-amzn-errortype'), body };
  };
  const identity = async (given: RoleCredentials = {}) => {
    const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = given;
    const sts = new STSClient({
      endpoint: url,
      region: 'us-east-1',
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey, sessionToken },
    });
    try {
      const { Arn, UserId, Account } = await sts.send(new GetCallerIdentityCommand({}));
      return { Arn, UserId, Account };
    } finally {
      sts.destroy();
    }
  };
  return { ...fixture, url, ann, accessToken, credentials, ask, identity };
}

type Prepared = Awaited<ReturnType<typeof prepare>>;

/** Ann holds Admin in production herself, and Reader in staging through a group. */
async function grant({ assign, permissionSet, group, store, IdentityStoreId, ann }: Prepared) {
  const [admin, reader] = [await permissionSet('Admin'), await permissionSet('Reader')];
  const ops = await group('ops');
  const { MembershipId } = await store.createGroupMembership({
    IdentityStoreId,
    GroupId: ops,
    MemberId: { UserId: ann },
  });
  await assign({ PermissionSetArn: admin, PrincipalId: ann });
  await assign({ PermissionSetArn: reader, PrincipalType: 'GROUP', PrincipalId: ops, TargetId: staging });
  return { admin, reader, ops, MembershipId };
}

const noAccess = { name: 'ForbiddenException', message: 'No access', $metadata: { httpStatusCode: 403 } };

it('lists what a person reaches, through groups too', async () => {
  const prepared = await prepare();
  await grant(prepared);
  const { ask } = prepared;
  expect((await ask('/assignment/accounts')).body).toEqual({
    accountList: [
      { accountId: production, accountName: 'production', emailAddress: expect.stringContaining('@') },
      { accountId: staging, accountName: 'staging', emailAddress: expect.stringContaining('@') },
    ],
  });
  expect((await ask('/assignment/roles', { account_id: staging })).body).toEqual({
    roleList: [{ roleName: 'Reader', accountId: staging }],
  });
  expect(await ask('/assignment/roles', { account_id: management })).toMatchObject({
    status: 403,
    error: 'ForbiddenException',
    body: { message: 'No access' },
  });
  expect(await ask('/assignment/roles')).toMatchObject({ status: 400, error: 'InvalidRequestException' });
});

it('gives credentials for as long as the permission set says, and STS knows them', async () => {
  const prepared = await prepare();
  const { admin } = await grant(prepared);
  const { sso, InstanceArn, credentials, identity, clock, ann, assign } = prepared;
  await sso.updatePermissionSet({ InstanceArn, PermissionSetArn: admin, SessionDuration: 'PT1H30M' });
  const before = await credentials(production, 'Admin');
  expect(before?.expiration).toBe(clock.now() + 60 * 60 * 1000);
  await sso.provisionPermissionSet({
    InstanceArn,
    PermissionSetArn: admin,
    TargetType: 'AWS_ACCOUNT',
    TargetId: production,
  });
  clock.pass(50);
  const given = await credentials(production, 'Admin');
  expect(given?.expiration).toBe(clock.now() + 90 * 60 * 1000);

  const who = await identity(given);
  expect(who).toEqual({
    Account: production,
    Arn: expect.stringMatching(
      new RegExp(`^arn:aws:sts::${production}:assumed-role/AWSReservedSSO_Admin_[0-9a-f]{16}/ann$`),
    ),
    UserId: expect.stringMatching(/^AROA[0-9A-Z]{17}:ann$/),
  });
  expect(await identity(before)).toEqual(who);
  await assign({ PermissionSetArn: admin, PrincipalId: ann, TargetId: staging });
  expect((await identity(await credentials(staging, 'Admin'))).UserId).not.toBe(who.UserId);

  await expect(identity({ ...given, sessionToken: 'other' })).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  await expect(identity({ ...given, accessKeyId: 'ASIALOCALAAAAAAAAAAA' })).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  });
  clock.pass(90 * 60 * 1000);
  await expect(identity(given)).rejects.toMatchObject({ name: 'ExpiredToken' });
  const other = await identity({ accessKeyId: 'local', secretAccessKey: 'local' });
  expect(other).toMatchObject({ Account: management });
});

it('refuses at once what is removed, directly or through a group', async () => {
  const prepared = await prepare();
  const { admin, MembershipId } = await grant(prepared);
  const { credentials, sso, store, IdentityStoreId, InstanceArn, ann, clock, ask } = prepared;
  await credentials(staging, 'Reader');
  await store.deleteGroupMembership({ IdentityStoreId, MembershipId });
  await expect(credentials(staging, 'Reader')).rejects.toMatchObject(noAccess);
  await credentials(production, 'Admin');
  await sso.deleteAccountAssignment({
    InstanceArn,
    PermissionSetArn: admin,
    PrincipalType: 'USER',
    PrincipalId: ann,
    TargetType: 'AWS_ACCOUNT',
    TargetId: production,
  });
  clock.pass(50);
  await expect(credentials(production, 'Admin')).rejects.toMatchObject(noAccess);
  expect((await ask('/assignment/accounts')).body).toEqual({ accountList: [] });
});

it('gives nothing that is not held, and nothing in a suspended account', async () => {
  const prepared = await prepare();
  const { admin } = await grant(prepared);
  const { credentials, emulator, user, assign, ask } = prepared;
  const { world } = emulator;
  await assign({ PermissionSetArn: admin, PrincipalId: await user('bob'), TargetId: management });
  await expect(credentials(management, 'Admin')).rejects.toMatchObject(noAccess);
  await expect(credentials(production, 'Reader')).rejects.toMatchObject(noAccess);
  await expect(credentials(suspended, 'Admin')).rejects.toMatchObject(noAccess);
  const account = world.accounts.get(production);
  if (account) world.accounts.put({ ...account, State: 'SUSPENDED' });
  await expect(credentials(production, 'Admin')).rejects.toMatchObject(noAccess);
  expect(await ask('/assignment/roles', { account_id: production })).toMatchObject({ status: 403 });
});

it('refuses a token that is made up, signed out, too old, or of a user who left', async () => {
  const prepared = await prepare();
  await grant(prepared);
  const { url, user, credentials, ask, clock, emulator, ann } = prepared;
  const unauthorized = { name: 'UnauthorizedException', $metadata: { httpStatusCode: 401 } };
  await expect(credentials(production, 'Admin', 'made up')).rejects.toMatchObject(unauthorized);
  expect(await ask('/assignment/accounts', {}, 'GET', '')).toMatchObject({
    status: 401,
    error: 'UnauthorizedException',
    body: { message: 'Session token not found or invalid' },
  });

  const once = await signIn(url, ann);
  expect((await ask('/logout', {}, 'POST', once.accessToken)).status).toBe(200);
  await expect(credentials(production, 'Admin', once.accessToken)).rejects.toMatchObject(unauthorized);
  expect((await ask('/logout', {}, 'POST', once.accessToken)).status).toBe(401);
  await expect(
    fetch(`${url}/token`, { method: 'POST', body: JSON.stringify({ ...once, grantType: 'refresh_token' }) }).then(
      (response) => response.json(),
    ),
  ).resolves.toMatchObject({ error: 'invalid_grant' });

  const bob = await user('bob');
  const his = await signIn(url, bob);
  emulator.world.users.delete(bob);
  await expect(credentials(production, 'Admin', his.accessToken)).rejects.toMatchObject(unauthorized);

  clock.pass(8 * 60 * 60 * 1000);
  await expect(credentials(production, 'Admin')).rejects.toMatchObject(unauthorized);
});

it.each([
  ['as asked', {}, { max_result: '1' }],
  ['short and empty ones', { shortPages: 7 }, {}],
])('pages: %s', async (_what, behaviour, query) => {
  const prepared = await prepare({ behaviour });
  const { permissionSet, assign, ask, ann } = prepared;
  for (const name of ['C', 'A', 'B']) await assign({ PermissionSetArn: await permissionSet(name), PrincipalId: ann });
  const found: unknown[] = [];
  let token: string | undefined;
  do {
    const next: Record<string, string> = { ...query, account_id: production, ...(token && { next_token: token }) };
    const { body } = await ask('/assignment/roles', next);
    found.push(...(body['roleList'] as { roleName: string }[]).map(({ roleName }) => roleName));
    token = body['nextToken'] as string | undefined;
  } while (token !== undefined);
  expect(found).toEqual(['A', 'B', 'C']);
});

it('refuses a page size or a token that is none', async () => {
  const { ask } = await prepare();
  for (const query of [{ max_result: '0' }, { max_result: '101' }, { max_result: 'x' }, { next_token: 'x' }]) {
    expect(await ask('/assignment/accounts', query)).toMatchObject({ status: 400, error: 'InvalidRequestException' });
  }
});

it('records its calls without what is secret in them', async () => {
  const prepared = await prepare();
  const { emulator, accessToken, ask } = prepared;
  await ask('/assignment/accounts');
  expect(emulator.calls.at(-1)).toEqual({ service: 'sso', operation: 'ListAccounts', input: {}, outcome: 'ok' });
  expect(JSON.stringify(emulator.calls)).not.toContain(accessToken);
});

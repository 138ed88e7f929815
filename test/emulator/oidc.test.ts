import { CreateTokenCommand, type CreateTokenCommandInput, SSOOIDCClient } from '@aws-sdk/nested-clients/sso-oidc';
import { expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../src/emulator/index.ts';
import {
  decide,
  deviceGrant,
  pkce,
  postJson,
  register,
  type Registration,
  signIn,
  startDevice,
} from '../support/sign-in.ts';
import { type Fixture, start } from './clients.ts';

const hours = 60 * 60 * 1000;

/** An emulator with one user, a client of it, and the SDK's own call for tokens. */
async function prepare(registration: object = {}) {
  const fixture = await start();
  const { url } = fixture.emulator;
  const oidc = new SSOOIDCClient({ endpoint: url, region: 'us-east-1', maxAttempts: 1 });
  onTestFinished(() => oidc.destroy());
  const client = await register(url, registration);
  const ann = await fixture.user('ann');
  const token = (input: Partial<CreateTokenCommandInput>, by: Registration = client) =>
    oidc.send(
      new CreateTokenCommand({
        clientId: by.clientId,
        clientSecret: by.clientSecret,
        grantType: deviceGrant,
        ...input,
      }),
    );
  return { ...fixture, url, client, ann, token };
}

function disable({ emulator: { world } }: Pick<Fixture, 'emulator'>, userId: string): void {
  const user = world.users.get(userId);
  if (user) world.users.put({ ...user, UserStatus: 'DISABLED' });
}

it('a device waits for a person, is told to be patient, and gets its token once', async () => {
  const { url, client, ann, token, clock } = await prepare();
  const { deviceCode, userCode, ...device } = await startDevice(url, client);
  expect(userCode).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
  expect(device).toEqual({
    verificationUri: `${url}/device`,
    verificationUriComplete: `${url}/device?user_code=${userCode}`,
    expiresIn: 600,
    interval: 1,
  });
  await expect(token({ deviceCode })).rejects.toMatchObject({
    name: 'AuthorizationPendingException',
    error: 'authorization_pending',
    $metadata: { httpStatusCode: 400 },
  });
  await expect(token({ deviceCode })).rejects.toMatchObject({ name: 'SlowDownException', error: 'slow_down' });
  clock.pass(1000);
  await expect(token({ deviceCode })).rejects.toMatchObject({ name: 'AuthorizationPendingException' });
  expect(await (await decide(device.verificationUriComplete, ann)).text()).toContain('You can close this page');
  const tokens = await token({ deviceCode });
  expect(tokens).toMatchObject({ tokenType: 'Bearer', expiresIn: 8 * 60 * 60 });
  expect(new Set([tokens.accessToken, tokens.refreshToken, undefined]).size).toBe(3);
  await expect(token({ deviceCode })).rejects.toMatchObject({ name: 'InvalidGrantException', error: 'invalid_grant' });
});

it('a device asks with a start URL of this Identity Center, and with no other', async () => {
  const { url, client, emulator } = await prepare();
  const { IdentityStoreId: id, InstanceArn } = emulator.world.instance;
  const instance = InstanceArn.split('/').at(-1);
  const ask = (startUrl?: unknown) => postJson(`${url}/device_authorization`, { ...client, startUrl });
  const own = [
    `${url}/start`,
    `${url}/start/#/`,
    `http://localhost:${emulator.port}/start`,
    `https://${id}.awsapps.com/start`,
    `https://${id}.awsapps.com/start/#`,
    `https://start.us-gov-home.awsapps.com/directory/${id}`,
    `https://start.home.awsapps.cn/directory/${id}`,
    `https://${id}.awsapps.cn/start`,
    `https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/${id}`,
    `https://start.cn-north-1.home.awsapps.cn/directory/${id}#/`,
    `https://${instance}.portal.us-east-1.app.aws`,
    `https://${instance}.us-east-1.portal.amazonaws.com/`,
    `https://${instance}.cn-north-1.portal.amazonaws.com.cn`,
    `https://${instance}.eusc-de-east-1.portal.amazonaws.eu`,
    `https://${instance}.portal.cn-north-1.app.amazonwebservices.com.cn`,
    `https://${instance}.portal.eusc-de-east-1.api.amazonwebservices.eu`,
    `https://${instance}.portal.us-gov-west-1.app.aws/start`,
    `https://${instance}.us-gov-west-1.portal.amazonaws.com/start/#/`,
    `https://${instance}.portal.cn-north-1.app.amazonwebservices.com.cn/start`,
    `https://${instance}.portal.eusc-de-east-1.api.amazonwebservices.eu/start/`,
    `https://identitycenter.amazonaws.com/${instance}`,
    `https://identitycenter.us-gov.amazonaws.com/${instance}`,
    `https://identitycenter.amazonaws.com.cn/${instance}`,
    `https://identitycenter.amazonaws.eu/${instance}`,
    // The case of a host says nothing.
    `https://${id.toUpperCase()}.AWSAPPS.com/start`,
    // An alias, which no API tells.
    'https://my-sso-portal.awsapps.com/start',
  ];
  for (const startUrl of own) expect(await ask(startUrl), startUrl).toMatchObject({ status: 200 });
  const others = [
    undefined,
    '',
    7,
    'start',
    url,
    `${url}/device`,
    `http://localhost:${emulator.port + 1}/start`,
    'http://example.com/start',
    'https://d-0123456789.awsapps.com/start',
    'https://start.us-gov-home.awsapps.com/directory/d-0123456789',
    'https://ssoins-0000000000000000.portal.us-east-1.app.aws',
    'https://identitycenter.amazonaws.com/ssoins-0000000000000000',
    `https://${id}.awsapps.com/`,
    `https://${id}.awsapps.com.example.com/start`,
    `https://${id}.awsapps.com@example.com/start`,
    `https://someone@${id}.awsapps.com/start`,
    `https://${id}.awsapps.com/start?account=1`,
    `http://${id}.awsapps.com/start`,
    `https://identitycenter.amazonaws.com/${id}/${instance}`,
    'https://myapps.microsoft.com/signin',
  ];
  for (const startUrl of others) {
    const answer = await ask(startUrl);
    expect(answer, String(startUrl)).toMatchObject({
      status: 400,
      error: 'InvalidRequestException',
      body: { error: 'invalid_request' },
    });
  }
});

it('a device that is denied, or waits for too long, gets none', async () => {
  const { url, client, ann, token, clock } = await prepare();
  const first = await startDevice(url, client);
  expect(await (await decide(first.verificationUriComplete, ann, 'deny')).text()).toContain('The sign-in was denied');
  await expect(token({ deviceCode: first.deviceCode })).rejects.toMatchObject({
    name: 'AccessDeniedException',
    error: 'access_denied',
  });
  const second = await startDevice(url, client);
  clock.pass(600_000);
  await expect(token({ deviceCode: second.deviceCode })).rejects.toMatchObject({
    name: 'ExpiredTokenException',
    error: 'expired_token',
  });
});

it('a client proves itself, and asks only for what is its own', async () => {
  const { url, client, ann, token } = await prepare({ grantTypes: [deviceGrant] });
  const { deviceCode, verificationUriComplete } = await startDevice(url, client);
  await decide(verificationUriComplete, ann);
  await expect(token({ deviceCode }, { ...client, clientSecret: 'guess' })).rejects.toMatchObject({
    name: 'InvalidClientException',
    error: 'invalid_client',
    $metadata: { httpStatusCode: 401 },
  });
  const other = await register(url);
  await expect(token({ deviceCode }, other)).rejects.toMatchObject({ name: 'InvalidGrantException' });
  await expect(token({ deviceCode, grantType: 'password' })).rejects.toMatchObject({
    name: 'UnsupportedGrantTypeException',
  });
  await expect(token({ grantType: 'refresh_token', refreshToken: 'x' })).rejects.toMatchObject({
    name: 'UnauthorizedClientException',
  });
  await expect(token({})).rejects.toMatchObject({ name: 'InvalidRequestException', error: 'invalid_request' });
  expect((await token({ deviceCode })).accessToken).toBeDefined();
});

it.each([
  ['no client name', { clientName: '' }, 'InvalidRequestException'],
  ['a confidential client', { clientType: 'confidential' }, 'InvalidClientMetadataException'],
  ['a redirect that leaves the machine', { redirectUris: ['https://example.com/'] }, 'InvalidRedirectUriException'],
  ['one that only looks local', { redirectUris: ['http://127.0.0.1.example.com/'] }, 'InvalidRedirectUriException'],
  ['one with a user', { redirectUris: ['http://a@127.0.0.1/'] }, 'InvalidRedirectUriException'],
  ['another grant', { grantTypes: ['client_credentials'] }, 'UnsupportedGrantTypeException'],
  ['scopes that are no list', { scopes: 'all' }, 'InvalidRequestException'],
])('nobody registers with %s', async (_what, input, error) => {
  const { url } = (await start()).emulator;
  const answer = await postJson(`${url}/client/register`, { clientName: 'a', clientType: 'public', ...input });
  expect(answer).toMatchObject({ status: 400, error });
});

it('a registration outlives the emulator, and ends after 90 days', async () => {
  const { url, client, clock, emulator } = await prepare();
  await emulator.close();
  const next = await startEmulator({ behaviour: { now: clock.now } });
  onTestFinished(next.close);
  expect(next.url).not.toBe(url);
  expect((await startDevice(next.url, client)).interval).toBe(1);
  clock.pass(90 * 24 * hours);
  await expect(startDevice(next.url, client)).rejects.toThrow('invalid_client');
});

const redirectUris = ['http://127.0.0.1/oauth/callback'];
const redirectUri = 'http://127.0.0.1:43210/oauth/callback';

/** Sends a browser to /authorize; where it is sent on to. */
async function authorize(url: string, { clientId }: Registration, query: Record<string, string>): Promise<Response> {
  const all = { response_type: 'code', client_id: clientId, redirect_uri: redirectUri, ...query };
  return fetch(`${url}/authorize?${new URLSearchParams(all).toString()}`, { redirect: 'manual' });
}

it('a browser comes back with a code, which only who began can turn into tokens', async () => {
  const { url, client, ann, token } = await prepare({ redirectUris });
  const { verifier, challenge } = pkce();
  const code = async (): Promise<string> => {
    const begun = await authorize(url, client, {
      state: 'a&b',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const page = new URL(begun.headers.get('location') ?? '', url);
    expect(page.pathname).toBe('/authorize');
    const back = new URL((await decide(page.href, ann)).headers.get('location') ?? '');
    expect(back.origin + back.pathname).toBe(redirectUri);
    expect(back.searchParams.get('state')).toBe('a&b');
    return back.searchParams.get('code') ?? '';
  };
  const input = { grantType: 'authorization_code', redirectUri, codeVerifier: verifier };
  const good = await code();
  expect((await token({ ...input, code: good })).refreshToken).toBeDefined();
  const wrong: Partial<CreateTokenCommandInput>[] = [
    { code: good },
    { code: await code(), codeVerifier: pkce().verifier },
    { code: await code(), redirectUri: 'http://127.0.0.1:1/oauth/callback' },
  ];
  for (const part of wrong) {
    await expect(token({ ...input, ...part })).rejects.toMatchObject({ name: 'InvalidGrantException' });
  }
  const other = await register(url, { redirectUris });
  await expect(token({ ...input, code: await code() }, other)).rejects.toMatchObject({ name: 'InvalidGrantException' });
});

it('a browser is never sent where the client does not listen', async () => {
  const { url, client } = await prepare({ redirectUris });
  for (const wrong of [
    'https://example.com/',
    'http://127.0.0.1:43210/other',
    'http://localhost:43210/oauth/callback',
  ]) {
    const answer = await authorize(url, client, { redirect_uri: wrong });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  }
  expect((await authorize(url, { clientId: 'x', clientSecret: '' }, {})).status).toBe(400);
});

it('a browser brings back what is wrong, or that it was denied', async () => {
  const { url, client, ann } = await prepare({ redirectUris });
  const proof = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
  const errors: [Record<string, string>, string][] = [
    [{ ...proof, response_type: 'token' }, 'unsupported_response_type'],
    [{}, 'invalid_request'],
    [{ ...proof, code_challenge_method: 'plain' }, 'invalid_request'],
  ];
  for (const [query, error] of errors) {
    const answer = await authorize(url, client, { ...query, state: 's' });
    expect(answer.headers.get('location')).toBe(`${redirectUri}?error=${error}&state=s`);
  }
  const page = (await authorize(url, client, proof)).headers.get('location') ?? '';
  const denied = await decide(new URL(page, url).href, ann, 'deny');
  expect(denied.headers.get('location')).toBe(`${redirectUri}?error=access_denied`);
});

it('a refresh token gives another access token, while its user may sign in', async () => {
  const fixture = await prepare();
  const { url, ann, token, client, clock } = fixture;
  const { accessToken, refreshToken } = await signIn(url, ann, client);
  const accounts = async (bearer = '') =>
    (await fetch(`${url}/assignment/accounts`, { headers: { 'x-amz-sso_bearer_token': bearer } })).status;
  clock.pass(8 * hours);
  expect(await accounts(accessToken)).toBe(401);
  const refresh = { grantType: 'refresh_token', refreshToken };
  const second = await token(refresh);
  const third = await token(refresh);
  // Programs that share a cache may still hold the one before: each lasts as long as it said.
  expect(await accounts(second.accessToken)).toBe(200);
  expect(await accounts(third.accessToken)).toBe(200);
  expect(await accounts(accessToken)).toBe(401);
  await expect(token(refresh, await register(url))).rejects.toMatchObject({ name: 'InvalidGrantException' });
  await expect(token({ ...refresh, refreshToken: 'x' })).rejects.toMatchObject({ name: 'InvalidGrantException' });
  disable(fixture, ann);
  await expect(token(refresh)).rejects.toMatchObject({ name: 'InvalidGrantException' });
  expect(await accounts(second.accessToken)).toBe(401);
});

it.each([
  ['that holds', 0, 200],
  ['that is too old', 8 * hours, 401],
  ['that is forgotten by most', 3 * 24 * hours, 401],
])('logging out with a token %s ends the whole sign-in', async (_what, age, status) => {
  const { url, ann, token, client, clock } = await prepare();
  const ask = async (path: string, bearer = '', method = 'GET') =>
    (await fetch(`${url}${path}`, { method, headers: { 'x-amz-sso_bearer_token': bearer } })).status;
  const { accessToken, refreshToken } = await signIn(url, ann, client);
  const other = await signIn(url, ann, client);
  clock.pass(age);
  const refresh = { grantType: 'refresh_token', refreshToken };
  const { accessToken: second } = await token(refresh);
  expect(await ask('/assignment/accounts', second)).toBe(200);
  expect(await ask('/logout', accessToken, 'POST')).toBe(status);
  expect(await ask('/assignment/accounts', second)).toBe(401);
  await expect(token(refresh)).rejects.toMatchObject({ name: 'InvalidGrantException' });
  expect(await ask('/logout', second, 'POST')).toBe(401);
  const { accessToken: others } = await token({ ...refresh, refreshToken: other.refreshToken });
  expect(await ask('/assignment/accounts', others)).toBe(200);
});

it('a client without scopes gets no refresh token', async () => {
  const { url, ann } = await prepare();
  const { refreshToken } = await signIn(url, ann, await register(url, { scopes: [] }));
  expect(refreshToken).toBeUndefined();
});

it('who is disabled after the approval gets no token', async () => {
  const fixture = await prepare();
  const { url, client, ann, token } = fixture;
  const { deviceCode, verificationUriComplete } = await startDevice(url, client);
  await decide(verificationUriComplete, ann);
  disable(fixture, ann);
  await expect(token({ deviceCode })).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

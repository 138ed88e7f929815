import { request } from 'node:http';
import { parse } from 'parse5';
import { expect, it } from 'vitest';
import { decide, formOf, pkce, register, startDevice } from '../support/sign-in.ts';
import { production, start } from './clients.ts';

async function prepare() {
  const fixture = await start();
  const { url } = fixture.emulator;
  const client = await register(url);
  const ann = await fixture.user('ann');
  const { verificationUriComplete: address, userCode } = await startDevice(url, client);
  return { ...fixture, url, client, ann, address, userCode };
}

async function read(address: string | URL): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(address);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** A GET or POST with headers that fetch would not send. */
function ask(address: string, headers: Record<string, string>, form?: URLSearchParams): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(address, { headers, method: form ? 'POST' : 'GET' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end(form?.toString());
  });
}

it('says that it is not AWS, and what approving opens', async () => {
  const { url, ann, address, permissionSet, assign, userCode } = await prepare();
  await assign({ PermissionSetArn: await permissionSet('Admin'), PrincipalId: ann });
  const list = await read(address);
  const sure = await read(`${address}&user=${ann}`);
  for (const { status, text } of [list, sure]) {
    expect(status).toBe(200);
    expect(text).toContain('nothing here is AWS, no password is asked');
    expect(text).toContain(userCode);
    expect(text).toContain('test-client');
    expect(text).not.toContain('<script');
  }
  for (const { text } of [sure, await read(`${url}/start?user=${ann}`)]) {
    expect(text).toContain('Admin');
    expect(text).toContain(production);
  }
});

it('is found with a slash at the end of the start URL too', async () => {
  const { url } = await prepare();
  const [bare, slashed] = [await read(`${url}/start`), await read(`${url}/start/`)];
  expect([slashed.status, slashed.text]).toEqual([200, bare.text]);
});

it('finds a code however a person types it', async () => {
  const { url, userCode } = await prepare();
  expect((await read(`${url}/device`)).text).toContain('name="user_code"');
  const typed = userCode.toLowerCase().replace('-', ' ');
  expect((await read(`${url}/device?user_code=${encodeURIComponent(typed)}`)).text).toContain('Who are you?');
});

it('puts nothing into a page as markup', async () => {
  const { url, store, IdentityStoreId } = await prepare();
  const evil = `<img src=x onerror=alert(1)>"'&`;
  const { UserId = '' } = await store.createUser({
    IdentityStoreId,
    UserName: 'eve',
    DisplayName: evil,
    Name: { GivenName: 'Eve', FamilyName: 'Eve' },
  });
  const client = await register(url, { clientName: evil });
  const { verificationUriComplete } = await startDevice(url, client);
  for (const path of [verificationUriComplete, `${verificationUriComplete}&user=${UserId}`, `${url}/start`]) {
    const { text } = await read(path);
    expect(text).not.toContain('<img');
    expect(text).toContain('&#60;img');
    const errors: string[] = [];
    parse(text, { onParseError: ({ code }) => errors.push(code) });
    expect(errors).toEqual([]);
  }
});

it('lets a browser load nothing, run nothing and send forms nowhere else', async () => {
  const { url, address } = await prepare();
  const { headers } = await read(address);
  const policy = headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'; style-src 'sha256-");
  expect(policy).toContain("form-action 'self';");
  expect(policy).toContain("frame-ancestors 'none'");

  const redirectUris = ['http://127.0.0.1/back', 'http://[::1]/back'];
  const client = await register(url, { redirectUris });
  for (const [redirectUri, source] of [
    ['http://127.0.0.1:5000/back', 'http://127.0.0.1:5000'],
    ['http://[::1]:5000/back', 'http:'],
  ] as const) {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: client.clientId,
      redirect_uri: redirectUri,
      code_challenge: pkce().challenge,
      code_challenge_method: 'S256',
    });
    const authorize = await read(`${url}/authorize?${query.toString()}`);
    expect(authorize.headers.get('content-security-policy')).toContain(`form-action 'self' ${source};`);
  }
});

it('is for this machine alone, by whatever name it is asked, and so is all that is served with it', async () => {
  const { url, address, emulator } = await prepare();
  const { port } = new URL(url);
  for (const host of [`localhost:${port}`, 'LOCALHOST', `127.0.0.1:${port}`, `127.1.2.3:${port}`, `[::1]:${port}`]) {
    expect(await ask(address, { host })).toBe(200);
  }
  const foreign = ['rebound.example', `127.0.0.1.rebound.example:${port}`, `localhost.rebound.example:${port}`];
  const { calls } = emulator;
  const before = calls.length;
  for (const host of foreign) {
    for (const path of [address, `${url}/`, `${url}/start`, `${url}/authorize`, `${url}/assignment/accounts`]) {
      expect(await ask(path, { host })).toBe(421);
    }
    for (const path of ['/client/register', '/device_authorization', '/token', '/logout', '/device', '/']) {
      expect(await ask(`${url}${path}`, { host }, new URLSearchParams())).toBe(421);
    }
    const target = { host, 'x-amz-target': 'SWBExternalService.ListInstances' };
    expect(await ask(url, target, new URLSearchParams())).toBe(421);
  }
  expect(calls.length).toBe(before);
});

it('takes a form once, from its own page, for what the page was about', async () => {
  const { url, client, ann, address, userCode } = await prepare();
  const { port } = new URL(url);
  const form = async (from: string) => {
    const fields = formOf((await read(`${from}&user=${ann}`)).text);
    fields.set('decision', 'approve');
    return fields;
  };
  const device = `${url}/device`;
  expect(await ask(device, { origin: 'http://evil.example' }, await form(address))).toBe(403);
  expect(await ask(device, { host: `rebound.example:${port}` }, await form(address))).toBe(421);
  expect(await ask(device, {}, new URLSearchParams({ user_code: userCode, user: ann, decision: 'approve' }))).toBe(403);

  const other = await startDevice(url, client);
  const foreign = await form(other.verificationUriComplete);
  foreign.set('user_code', userCode);
  expect(await ask(device, {}, foreign)).toBe(403);

  const good = await form(address);
  expect(await ask(device, { origin: url }, good)).toBe(200);
  expect(await ask(device, { origin: url }, good)).toBe(410);
});

it('says what is wrong with a code or a user', async () => {
  const { url, address, ann, clock, emulator, client } = await prepare();
  expect(await read(`${url}/device?user_code=nope`)).toMatchObject({
    status: 404,
    text: expect.stringContaining('Nothing waits for this code'),
  });
  expect((await read(`${url}/authorize?request=nope`)).status).toBe(404);
  expect((await read(`${address}&user=nope`)).status).toBe(403);
  await decide(address, ann);
  expect(await read(address)).toMatchObject({ status: 410, text: expect.stringContaining('decided before') });

  const second = await startDevice(url, client);
  const row = emulator.world.users.get(ann);
  if (row) emulator.world.users.put({ ...row, UserStatus: 'DISABLED' });
  const { text } = await read(second.verificationUriComplete);
  expect(text).toContain('no user who can sign in');
  expect(text).not.toContain('type="radio"');
  expect((await read(`${second.verificationUriComplete}&user=${ann}`)).status).toBe(403);
  clock.pass(600_000);
  expect(await read(second.verificationUriComplete)).toMatchObject({
    status: 410,
    text: expect.stringContaining('too old'),
  });
});

it('searches where there are more users than a list is good for', async () => {
  const { address, user } = await prepare();
  const radios = async (query = ''): Promise<number> =>
    (await read(`${address}${query}`)).text.match(/type="radio"/g)?.length ?? 0;
  for (let number = 1; number < 20; number++) await user(`person-${number}`);
  expect((await read(address)).text).not.toContain('type="search"');
  expect(await radios()).toBe(20);
  for (let number = 20; number < 200; number++) await user(`person-${number}`);
  expect((await read(address)).text).toContain('type="search"');
  expect(await radios()).toBe(200);
  await user('zoe');
  const long = await read(address);
  expect(long.text).toContain('type="search"');
  expect(long.text).toContain('The first 200 of 201');
  expect(await radios('&search=ZO')).toBe(1);
  expect((await read(`${address}&search=%3Cb%3E`)).text).toContain('Nobody matches “&#60;b&#62;”');
});

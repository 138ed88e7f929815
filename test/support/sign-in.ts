import { createHash, randomBytes } from 'node:crypto';

// What a client and a browser do to sign somebody in, step by step over HTTP: the operations that the SDK has no client
// for, and the pages without a browser.

export interface Registration {
  clientId: string;
  clientSecret: string;
}

export interface Device {
  deviceCode: string;
  userCode: string;
  verificationUri: string;
  verificationUriComplete: string;
  expiresIn: number;
  interval: number;
}

export interface Tokens {
  accessToken: string;
  expiresIn: number;
  refreshToken?: string;
}

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

export async function postJson(
  url: string,
  body: object,
): Promise<{ status: number; error: string | null; body: object }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    error: response.headers.get('x-amzn-errortype'),
    body: (await response.json()) as object,
  };
}

async function mustPost<Answer>(url: string, input: object): Promise<Answer> {
  const { status, body } = await postJson(url, input);
  if (status !== 200) throw new Error(`${url} answered ${status} ${JSON.stringify(body)}`);
  return body as Answer;
}

/** As the AWS CLI registers: with the scope of profiles that share a session. */
export function register(url: string, input: object = {}): Promise<Registration> {
  const standard = { clientName: 'test-client', clientType: 'public', scopes: ['sso:account:access'] };
  return mustPost(`${url}/client/register`, { ...standard, ...input });
}

export function startDevice(
  url: string,
  { clientId, clientSecret }: Registration,
  startUrl = `${url}/start`,
): Promise<Device> {
  return mustPost(`${url}/device_authorization`, { clientId, clientSecret, startUrl });
}

/** Presses a button of the page at this address, for this user. Redirects are not followed. */
export async function decide(address: string, userId: string, decision = 'approve'): Promise<Response> {
  const page = new URL(address);
  page.searchParams.set('user', userId);
  const form = formOf(await (await fetch(page)).text());
  form.set('decision', decision);
  return fetch(new URL(page.pathname, page), { method: 'POST', body: form, redirect: 'manual' });
}

/** What the form of a page that posts carries along. */
export function formOf(text: string): URLSearchParams {
  const form = /<form method="post"[^]*?<\/form>/.exec(text)?.[0] ?? '';
  const fields = form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]+)"/g);
  return new URLSearchParams(Array.from(fields, ([, name = '', value = '']): [string, string] => [name, value]));
}

/** Signs a user in by a device code. */
export async function signIn(url: string, userId: string, client?: Registration): Promise<Tokens & Registration> {
  const { clientId, clientSecret } = client ?? (await register(url));
  const { deviceCode, verificationUriComplete } = await startDevice(url, { clientId, clientSecret });
  await decide(verificationUriComplete, userId);
  const input = { clientId, clientSecret, grantType: deviceGrant, deviceCode };
  return { clientId, clientSecret, ...(await mustPost<Tokens>(`${url}/token`, input)) };
}

export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

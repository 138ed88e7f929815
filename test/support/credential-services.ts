import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What gives out credentials beside the emulator: containers, machines, and STS for whoever has a token of an issuer. */
export interface CredentialServices {
  url: string;
  /** The access keys that signed what was sent on, each once. */
  keys: Set<string>;
  close(): Promise<void>;
}

const expiration = '2099-01-01T00:00:00Z';
const given = (name: string): object => ({
  AccessKeyId: name,
  SecretAccessKey: 'secret',
  Token: 'session',
  SessionToken: 'session',
  Expiration: expiration,
});

const assumed = (
  name: string,
): string => `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult><Credentials>
    <AccessKeyId>${name}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
    <SessionToken>session</SessionToken><Expiration>${expiration}</Expiration>
  </Credentials></AssumeRoleWithWebIdentityResult>
</AssumeRoleWithWebIdentityResponse>`;

/** Starts them, in front of an emulator: all else is sent on to it. */
export async function startCredentialServices(emulator: string): Promise<CredentialServices> {
  const keys = new Set<string>();
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const path = request.url ?? '/';
    const json = (value: object): unknown =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (path === '/container') return void json(given('FROMCONTAINER'));
    if (path === '/latest/api/token') {
      return void response.writeHead(200, { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' }).end('token');
    }
    if (path === '/latest/meta-data/iam/security-credentials/') return void response.end('machine');
    if (path === '/latest/meta-data/iam/security-credentials/machine') {
      return void json({
        Code: 'Success',
        Type: 'AWS-HMAC',
        LastUpdated: '2026-01-01T00:00:00Z',
        ...given('FROMMACHINE'),
      });
    }
    if (body.toString().includes('Action=AssumeRoleWithWebIdentity')) {
      return void response.writeHead(200, { 'content-type': 'text/xml' }).end(assumed('FROMISSUER'));
    }
    const key = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1];
    if (key !== undefined) keys.add(key);
    const dropped = ['host', 'connection', 'content-length', 'expect'];
    const headers = Object.entries(request.headers).filter(([name]) => !dropped.includes(name)) as [string, string][];
    const isPost = request.method === 'POST';
    const sent = await fetch(emulator + path, { method: request.method ?? 'GET', headers, ...(isPost && { body }) });
    response.writeHead(sent.status, { 'content-type': sent.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await sent.arrayBuffer()));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

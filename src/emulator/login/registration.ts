import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { isLoopback } from './loopback.ts';
import type { World } from '../core/world.ts';
import { oidcError } from './oidc-errors.ts';

/** A client that registered. */
export interface Client {
  id: string;
  name: string;
  scopes: readonly string[];
  redirectUris: readonly string[];
  grantTypes: readonly string[];
  /** In the clock's milliseconds. */
  expiresAt: number;
}

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const grantTypes = [deviceGrant, 'authorization_code', 'refresh_token'];
const lifetimeMs = 90 * 24 * 60 * 60 * 1000;

/**
 * Registers a client. Nothing is kept: the id says it all, and the secret proves it. AWS's clients keep a registration
 * for its 90 days and never ask for another, so it has to outlive a restart.
 */
export function registerClient(
  world: World,
  now: number,
  input: Readonly<Record<string, unknown>>,
): { client: Client; clientSecret: string } {
  const { clientName, clientType } = input;
  if (typeof clientName !== 'string' || clientName === '') throw invalid('clientName is required');
  if (clientType !== 'public') {
    throw oidcError('InvalidClientMetadataException', 'Only the client type public is supported');
  }
  const redirectUris = textsAt(input, 'redirectUris');
  if (!redirectUris.every((uri) => loopbackUri(uri) !== undefined)) {
    throw oidcError('InvalidRedirectUriException', 'A redirect URI must be http on a loopback address');
  }
  const wanted = textsAt(input, 'grantTypes');
  if (!wanted.every((type) => grantTypes.includes(type))) {
    throw oidcError('UnsupportedGrantTypeException', `Grant types are ${grantTypes.join(', ')}`);
  }
  const registered: Omit<Client, 'id'> = {
    name: clientName.slice(0, 200),
    scopes: textsAt(input, 'scopes'),
    redirectUris,
    grantTypes: wanted.length > 0 ? wanted : grantTypes,
    expiresAt: now + lifetimeMs,
  };
  const id = Buffer.from(JSON.stringify({ ...registered, unique: randomUUID() })).toString('base64url');
  return { client: { id, ...registered }, clientSecret: secretOf(world, id) };
}

/** The client behind an id that no secret proves, as a browser brings it. */
export function readClient(id: string, now: number): Client | undefined {
  try {
    const { name, scopes, redirectUris, grantTypes, expiresAt } = JSON.parse(
      Buffer.from(id, 'base64url').toString(),
    ) as Client;
    const lists = [scopes, redirectUris, grantTypes];
    const isWhole = typeof name === 'string' && typeof expiresAt === 'number' && lists.every(isTexts);
    if (!isWhole || expiresAt <= now) return undefined;
    return { id, name, scopes, redirectUris, grantTypes, expiresAt };
  } catch {
    return undefined;
  }
}

/** The client that a request is from. */
export function authenticateClient(world: World, now: number, input: Readonly<Record<string, unknown>>): Client {
  const { clientId, clientSecret } = input;
  if (typeof clientId !== 'string' || typeof clientSecret !== 'string') {
    throw invalid('clientId and clientSecret are required');
  }
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const client = readClient(clientId, now);
  if (!client || !timingSafeEqual(digest(clientSecret), digest(secretOf(world, clientId)))) {
    throw oidcError('InvalidClientException', 'The client is not registered, or its registration has expired');
  }
  return client;
}

/** Whether the client registered this redirect URI; its port is the client's to choose each time (RFC 8252, 7.3). */
export function mayRedirectTo({ redirectUris }: Client, uri: string): boolean {
  const wanted = loopbackUri(uri);
  return wanted !== undefined && redirectUris.some((registered) => loopbackUri(registered) === wanted);
}

/** A redirect URI without its port; undefined where it leaves the machine. */
function loopbackUri(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, pathname, search, username, password, hash } = new URL(text);
  if (protocol !== 'http:' || !isLoopback(hostname) || username || password || hash) return undefined;
  return `${hostname}${pathname}${search}`;
}

/** Whoever reaches the port may register, so this need not be a secret; it has to be the same after a restart. */
function secretOf({ instance }: World, clientId: string): string {
  return createHmac('sha256', `${instance.InstanceArn} ${instance.IdentityStoreId}`)
    .update(clientId)
    .digest('base64url');
}

function textsAt(input: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = input[name] ?? [];
  if (!isTexts(value)) throw invalid(`${name} must be a list of texts`);
  return value;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function invalid(description: string): ReturnType<typeof oidcError> {
  return oidcError('InvalidRequestException', description);
}

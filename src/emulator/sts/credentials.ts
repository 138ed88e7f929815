import { randomBytes } from 'node:crypto';
import { createKept } from '../login/kept.ts';
import { secret } from '../login/secrets.ts';
import type { Identity } from './role-session.ts';

export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Milliseconds since 1970. */
  readonly expiration: number;
}

/** Whose credentials these are; undefined where the emulator did not make them. */
export type Identified = Identity | 'expired' | 'invalid' | undefined;

export interface CredentialDesk {
  give(identity: Identity, lifetimeSeconds: number): RoleCredentials;
  identify(accessKeyId: string, sessionToken: string | undefined): Identified;
}

/** What the emulator's access keys begin with, so that those of before a restart are told from a client's own. */
const prefix = 'ASIALOCAL';

/** Temporary credentials of roles; in memory alone. */
export function createCredentialDesk(now: () => number): CredentialDesk {
  const given = createKept<{ expiresAt: number; sessionToken: string; identity: Identity }>(now);
  return {
    give(identity, lifetimeSeconds) {
      const accessKeyId = `${prefix}${base32(11)}`;
      const sessionToken = secret();
      const expiration = now() + Math.floor(lifetimeSeconds * 1000);
      given.put(accessKeyId, { expiresAt: expiration, sessionToken, identity });
      return { accessKeyId, secretAccessKey: secret(), sessionToken, expiration };
    },
    identify(accessKeyId, sessionToken) {
      if (!accessKeyId.startsWith(prefix)) return undefined;
      const found = given.get(accessKeyId);
      if (!found || found.sessionToken !== sessionToken) return 'invalid';
      return found.expiresAt > now() ? found.identity : 'expired';
    },
  };
}

function base32(length: number): string {
  return Array.from(randomBytes(length), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
}

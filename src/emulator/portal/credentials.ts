import { randomBytes } from 'node:crypto';
import { reservedRoleArns, roleSession } from '../resources/provisioned-permission-set/role.ts';
import { secondsOf } from '../core/duration.ts';
import { createKept } from '../login/kept.ts';
import { secret } from '../login/secrets.ts';
import type { PermissionSet } from '../resources/permission-set/table.ts';
import type { User } from '../resources/user/table.ts';
import type { World } from '../core/world.ts';

/** Who a request is from, as STS tells it. */
export interface Identity {
  arn: string;
  userId: string;
  accountId: string;
}

export interface RoleCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  /** Milliseconds since 1970, as this service has it. */
  expiration: number;
}

export interface CredentialDesk {
  give(user: User, accountId: string, permissionSet: PermissionSet): RoleCredentials;
  /** Whose credentials these are; undefined where they are none of the portal's. */
  identify(accessKeyId: string, sessionToken: string | undefined): Identity | 'expired' | 'invalid' | undefined;
}

/** What the portal's access keys begin with, so that those of before a restart are told from a client's own. */
const prefix = 'ASIALOCAL';

/** Credentials of roles, for as long as the permission set's session lasts; in memory alone. */
export function createCredentialDesk(world: World, now: () => number): CredentialDesk {
  const given = createKept<{ expiresAt: number; sessionToken: string; identity: Identity }>(now);
  return {
    give(user, accountId, permissionSet) {
      const accessKeyId = `${prefix}${base32(11)}`;
      const sessionToken = secret();
      const expiration = now() + Math.floor((secondsOf(permissionSet.SessionDuration) ?? 0) * 1000);
      const { role } = reservedRoleArns(world, accountId, permissionSet);
      given.put(accessKeyId, {
        expiresAt: expiration,
        sessionToken,
        identity: { accountId, ...roleSession(role, user.UserName) },
      });
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

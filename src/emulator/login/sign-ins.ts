import { createKept } from './kept.ts';
import type { Client } from './registration.ts';
import { secret } from './secrets.ts';

/** A person who is signed in, in one client. */
interface SignIn {
  readonly userId: string;
  readonly client: Client;
  readonly expiresAt: number;
  accessToken: string;
}

/** What a client gets of a sign-in. */
export interface Tokens {
  accessToken: string;
  expiresIn: number;
  refreshToken?: string;
}

const lifetimeSeconds = 8 * 60 * 60;

export interface SignIns {
  begin(userId: string, client: Client): Tokens;
  /** Another access token in place of the one before; undefined where the refresh token is not this client's. */
  refresh(refreshToken: string, client: Client): { userId: string; renew(): Tokens } | undefined;
  /** Whose access token this is, while it holds. */
  userOf(accessToken: string): string | undefined;
  /** False where nobody was signed in by it. */
  end(accessToken: string): boolean;
}

export function createSignIns(now: () => number): SignIns {
  const byAccess = createKept<{ expiresAt: number; userId: string; refreshToken: string | undefined }>(now);
  const byRefresh = createKept<SignIn>(now);

  const giveAccess = (userId: string, refreshToken: string | undefined): string => {
    const accessToken = secret();
    byAccess.put(accessToken, { expiresAt: now() + lifetimeSeconds * 1000, userId, refreshToken });
    return accessToken;
  };
  const valid = (accessToken: string): ReturnType<typeof byAccess.get> => {
    const found = byAccess.get(accessToken);
    return found && found.expiresAt > now() ? found : undefined;
  };

  return {
    begin(userId, client) {
      // A client that asks for no scope is one of before there were refresh tokens.
      const refreshToken = client.scopes.length > 0 ? secret() : undefined;
      const accessToken = giveAccess(userId, refreshToken);
      if (refreshToken === undefined) return { accessToken, expiresIn: lifetimeSeconds };
      byRefresh.put(refreshToken, { userId, client, accessToken, expiresAt: client.expiresAt });
      return { accessToken, expiresIn: lifetimeSeconds, refreshToken };
    },
    refresh(refreshToken, client) {
      const signIn = byRefresh.get(refreshToken);
      if (!signIn || signIn.client.id !== client.id || signIn.expiresAt <= now()) return undefined;
      const { userId } = signIn;
      return {
        userId,
        renew() {
          byAccess.delete(signIn.accessToken);
          signIn.accessToken = giveAccess(userId, refreshToken);
          return { accessToken: signIn.accessToken, expiresIn: lifetimeSeconds, refreshToken };
        },
      };
    },
    userOf: (accessToken) => valid(accessToken)?.userId,
    end(accessToken) {
      const found = valid(accessToken);
      byAccess.delete(accessToken);
      if (found?.refreshToken !== undefined) byRefresh.delete(found.refreshToken);
      return found !== undefined;
    },
  };
}

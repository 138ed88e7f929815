import { createKept } from './kept.ts';
import type { Client } from './registration.ts';
import { secret } from './secrets.ts';

/** A person who is signed in, in one client: all the tokens that it got for that. */
interface SignIn {
  readonly userId: string;
  readonly client: Client;
  /** In the clock's milliseconds: when its refresh token ends. */
  readonly expiresAt: number;
  isOver: boolean;
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
  /** Another access token beside those before, which other programs may still hold; undefined where the refresh token is not this client's. */
  refresh(refreshToken: string, client: Client): { userId: string; renew(): Tokens } | undefined;
  /** Whose access token this is, while it holds. */
  userOf(accessToken: string): string | undefined;
  /** Ends the whole sign-in that it belongs to, even where it is too old itself. False where it did not hold any more. */
  end(accessToken: string): boolean;
}

export function createSignIns(now: () => number): SignIns {
  const byRefresh = createKept<SignIn>(now);
  // Kept as long as the refresh token: who logs out with an old one means the sign-in all the same.
  const byAccess = createKept<{ signIn: SignIn; validUntil: number; expiresAt: number }>(now);

  const giveAccess = (signIn: SignIn): Pick<Tokens, 'accessToken' | 'expiresIn'> => {
    const accessToken = secret();
    const validUntil = now() + lifetimeSeconds * 1000;
    byAccess.put(accessToken, { signIn, validUntil, expiresAt: Math.max(validUntil, signIn.expiresAt) });
    return { accessToken, expiresIn: lifetimeSeconds };
  };
  const valid = (accessToken: string): SignIn | undefined => {
    const found = byAccess.get(accessToken);
    return found && found.validUntil > now() && !found.signIn.isOver ? found.signIn : undefined;
  };

  return {
    begin(userId, client) {
      const signIn: SignIn = { userId, client, expiresAt: client.expiresAt, isOver: false };
      // A client that asks for no scope is one of before there were refresh tokens.
      if (client.scopes.length === 0) return giveAccess(signIn);
      const refreshToken = secret();
      byRefresh.put(refreshToken, signIn);
      return { ...giveAccess(signIn), refreshToken };
    },
    refresh(refreshToken, client) {
      const signIn = byRefresh.get(refreshToken);
      if (!signIn || signIn.isOver || signIn.client.id !== client.id || signIn.expiresAt <= now()) return undefined;
      return { userId: signIn.userId, renew: () => ({ ...giveAccess(signIn), refreshToken }) };
    },
    userOf: (accessToken) => valid(accessToken)?.userId,
    end(accessToken) {
      const held = valid(accessToken) !== undefined;
      const found = byAccess.get(accessToken);
      if (found) found.signIn.isOver = true;
      return held;
    },
  };
}

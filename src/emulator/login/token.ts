import { createHash } from 'node:crypto';
import type { World } from '../core/world.ts';
import { maySignIn } from './may-sign-in.ts';
import { oidcError } from './oidc-errors.ts';
import { type Client, deviceGrant } from './registration.ts';
import { type LoginRequest, type LoginRequests, pollSeconds } from './requests.ts';
import type { SignIns, Tokens } from './sign-ins.ts';

interface TokenDesk {
  world: World;
  now: () => number;
  requests: LoginRequests;
  signIns: SignIns;
}

type Input = Readonly<Record<string, unknown>>;

/** The tokens that a client asks for, by one of three grants. */
export function createToken(desk: TokenDesk, client: Client, input: Input): Tokens {
  const grantType = textAt(input, 'grantType');
  const grant = grants.get(grantType);
  if (!grant) throw oidcError('UnsupportedGrantTypeException', `Unknown grant type ${grantType}`);
  if (!client.grantTypes.includes(grantType)) {
    throw oidcError('UnauthorizedClientException', 'The client is not registered for this grant type');
  }
  return grant(desk, client, input);
}

const grants = new Map([
  [deviceGrant, byDeviceCode],
  ['authorization_code', byAuthorizationCode],
  ['refresh_token', byRefreshToken],
]);

function byDeviceCode(desk: TokenDesk, client: Client, input: Input): Tokens {
  const request = desk.requests.byDeviceCode(textAt(input, 'deviceCode'));
  if (request?.flow.type !== 'device' || request.client.id !== client.id) throw invalidGrant('device code');
  const { flow, outcome, expiresAt } = request;
  if (outcome === 'used') throw invalidGrant('device code');
  if (expiresAt <= desk.now()) throw oidcError('ExpiredTokenException', 'The device code has expired');
  if (outcome === 'denied') throw oidcError('AccessDeniedException', 'The request was denied');
  if (outcome === 'waiting') {
    const { polledAt } = flow;
    flow.polledAt = desk.now();
    // Timers may be early by a little.
    if (polledAt !== undefined && desk.now() - polledAt < pollSeconds * 900) {
      throw oidcError('SlowDownException', `Ask every ${pollSeconds} seconds, not more often`);
    }
    throw oidcError('AuthorizationPendingException', 'The request waits for approval');
  }
  return signIn(desk, request, outcome.userId);
}

function byAuthorizationCode(desk: TokenDesk, client: Client, input: Input): Tokens {
  const [code, redirectUri, verifier] = [
    textAt(input, 'code'),
    textAt(input, 'redirectUri'),
    textAt(input, 'codeVerifier'),
  ];
  const request = desk.requests.takeCode(code);
  if (request?.flow.type !== 'code' || request.client.id !== client.id) throw invalidGrant('authorization code');
  const { flow, outcome } = request;
  if (flow.redirectUri !== redirectUri) throw invalidGrant('redirect URI');
  if (createHash('sha256').update(verifier).digest('base64url') !== flow.challenge) throw invalidGrant('code verifier');
  if (typeof outcome === 'string') throw invalidGrant('authorization code');
  return signIn(desk, request, outcome.userId);
}

function byRefreshToken({ world, signIns }: TokenDesk, client: Client, input: Input): Tokens {
  const found = signIns.refresh(textAt(input, 'refreshToken'), client);
  if (!found || !maySignIn(world.users.get(found.userId))) throw invalidGrant('refresh token');
  return found.renew();
}

function signIn({ world, signIns }: TokenDesk, request: LoginRequest, userId: string): Tokens {
  request.outcome = 'used';
  // Somebody may have left since they approved it.
  if (!maySignIn(world.users.get(userId))) throw oidcError('AccessDeniedException', 'The user can not sign in');
  return signIns.begin(userId, request.client);
}

function textAt(input: Input, name: string): string {
  const value = input[name];
  if (typeof value !== 'string' || value === '') throw oidcError('InvalidRequestException', `${name} is required`);
  return value;
}

function invalidGrant(what: string): ReturnType<typeof oidcError> {
  return oidcError('InvalidGrantException', `The ${what} is not valid`);
}

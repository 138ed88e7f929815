import { createKept } from './kept.ts';
import type { Client } from './registration.ts';
import { secret, userCode } from './secrets.ts';

/** Somebody's client wants to be signed in, and waits for a person to say who they are. */
export interface LoginRequest {
  /** What names it in the page's address: the user code of a device, else a secret. */
  readonly id: string;
  readonly client: Client;
  readonly flow: DeviceFlow | CodeFlow;
  readonly expiresAt: number;
  /** `used`: the client has its token. */
  outcome: 'waiting' | 'denied' | 'used' | { readonly userId: string };
}

export interface DeviceFlow {
  readonly type: 'device';
  readonly deviceCode: string;
  polledAt: number | undefined;
}

export interface CodeFlow {
  readonly type: 'code';
  readonly redirectUri: string;
  readonly state: string | undefined;
  /** PKCE: the SHA-256 of what the client will show. */
  readonly challenge: string;
}

/** As AWS answers them. */
export const deviceLifetimeSeconds = 600;
export const pollSeconds = 1;
const codeLifetimeMs = 5 * 60 * 1000;

export interface LoginRequests {
  startDevice(client: Client): LoginRequest & { readonly flow: DeviceFlow };
  startCode(client: Client, flow: Omit<CodeFlow, 'type'>): LoginRequest;
  find(id: string): LoginRequest | undefined;
  byDeviceCode(code: string): LoginRequest | undefined;
  /** The code that a client turns into tokens, once. */
  giveCode(request: LoginRequest): string;
  takeCode(code: string): LoginRequest | undefined;
}

export function createLoginRequests(now: () => number): LoginRequests {
  const requests = createKept<LoginRequest>(now);
  const devices = createKept<LoginRequest>(now);
  const codes = createKept<{ expiresAt: number; request: LoginRequest }>(now);
  const expiresAt = (): number => now() + deviceLifetimeSeconds * 1000;
  return {
    startDevice(client) {
      const flow: DeviceFlow = { type: 'device', deviceCode: secret(), polledAt: undefined };
      const request = { id: userCode(), client, flow, expiresAt: expiresAt(), outcome: 'waiting' as const };
      requests.put(request.id, request);
      devices.put(flow.deviceCode, request);
      return request;
    },
    startCode(client, flow) {
      const request: LoginRequest = {
        id: secret(),
        client,
        flow: { type: 'code', ...flow },
        expiresAt: expiresAt(),
        outcome: 'waiting',
      };
      requests.put(request.id, request);
      return request;
    },
    find: requests.get,
    byDeviceCode: devices.get,
    giveCode(request) {
      const code = secret();
      codes.put(code, { expiresAt: now() + codeLifetimeMs, request });
      return code;
    },
    takeCode(code) {
      const found = codes.get(code);
      codes.delete(code);
      return found && found.expiresAt > now() ? found.request : undefined;
    },
  };
}

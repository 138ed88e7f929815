import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Limits of the service, from the user guide's page on quotas. Those that AWS raises on request can be lowered here. Each
 * resource adds its own.
 */
export interface Quotas {}

/**
 * How the emulator behaves where AWS's documentation leaves it open, so that a client can be tested both ways. The
 * defaults follow the documentation where there is any, else the reading that is harder on the client. Each resource adds
 * its own.
 */
export interface Behaviour {
  /** The clock, in milliseconds since 1970. Asynchronous requests end by it. */
  now: () => number;
  /** Waits so many milliseconds before an answer. */
  sleep: (ms: number) => Promise<void>;
  /** Calls back in so many milliseconds, unless what it answers is called first. */
  wake: (ms: number, call: () => void) => () => void;
  /** How long an assignment, its removal, a provisioning or an account takes once it has its turn. */
  asyncMs: number;
  /** Status reads of a new request that answer ResourceNotFoundException before the request is known. */
  statusLagReads: number;
  quotas: Quotas;
  /** No page is longer than this, whatever MaxResults asks for. */
  pageSizeCap: number;
  /** A seed: pages come out short, and some empty, with a NextToken, in an order that the seed decides. */
  shortPages: number | undefined;
}

/** A part of it. */
export type BehaviourOptions = Partial<Omit<Behaviour, 'quotas'>> & { readonly quotas?: Partial<Quotas> };

const coreDefaults = {
  now: Date.now,
  sleep: (ms: number) => sleep(ms, undefined, { ref: false }),
  wake: (ms: number, call: () => void) => {
    const timer = setTimeout(call, ms).unref();
    return () => clearTimeout(timer);
  },
  asyncMs: 50,
  statusLagReads: 0,
  pageSizeCap: Infinity,
  shortPages: undefined,
};

/** Members that the core itself has a default for. */
export type CoreMember = keyof typeof coreDefaults | 'quotas';

/** One of its parts, of which a later one overrides an earlier one; together they have every member. */
export function createBehaviour(parts: readonly BehaviourOptions[]): Behaviour {
  const quotas = Object.assign({}, ...parts.map((part) => part.quotas)) as Quotas;
  return { ...(Object.assign({}, coreDefaults, ...parts) as Behaviour), quotas };
}

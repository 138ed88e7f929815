/** What can go wrong with a call, beside all that its operation itself refuses. */
export const faults = [
  /** Refused as too fast, in each service's own words. */
  'throttle',
  /** "There are too many requests processing": of calls that start an asynchronous request. */
  'tooManyAtWork',
  /** An error of the service's own, with status 500; the call has no effect. */
  'internal',
  /** The connection is closed without an answer, before the call takes effect. */
  'cutBefore',
  /** The connection is closed without an answer, after the call took effect. */
  'cutAfter',
  /** The call takes effect, and no answer ever comes; the connection stays open. */
  'silent',
  /** ConflictException that says "busy"; the write has no effect. */
  'busy',
  /** The write arrives twice, and the second answer is the one that is given: "exists" of what creates or attaches. */
  'repeated',
  /** The call reaches a host that is behind: it reads what was, or knows nothing of what the call names. */
  'stale',
  /** A page's token is no longer valid. */
  'tokenExpired',
  /** The credentials have expired. */
  'credentialsExpired',
  /** The asynchronous request that the call starts ends FAILED and has no effect; the next like it is drawn anew. */
  'failed',
  /** As above, and so does every other request for the same. */
  'failedForGood',
  /** The status of the request that the call starts is unknown to Describe at first. */
  'statusUnknown',
  /** The request that the call starts is missing from the list of statuses at first. */
  'statusUnlisted',
] as const;

export type Fault = (typeof faults)[number];

/** How often each fault happens to a call that it can happen to: from 0 to 1. */
export type FaultRates = Partial<Readonly<Record<Fault, number>>>;

/** A fault of one call, whatever the rates say. */
export interface ScriptedFault {
  /** Which call, counted from 1: of all calls, or of those of one operation. A call that is repeated counts again. */
  readonly at: number | { readonly operation: string; readonly nth: number };
  readonly fault: Fault;
  /** How many calls of that count, this one included; 1 by default, and Infinity for all from there on. */
  readonly times?: number;
}

/**
 * Faults of sso-admin, the Identity Store and Organizations; signing in and STS have none.
 *
 * A fault is decided by the seed, the operation, what is asked for (by name, since ids depend on the order in which
 * things are made), and how often the same was asked for before. So a run that makes the same calls meets the same
 * faults, in whatever order its calls arrive. What can't be repeated: how often a client looks at a status, which is a
 * matter of time, and how much of what is new a host that is behind has, which is one too; and a script that counts all
 * calls follows the order in which they arrive.
 */
export interface Faults {
  readonly seed: number;
  readonly rates?: FaultRates;
  /** By the operation's bare name, where it is not as above. */
  readonly byOperation?: Readonly<Record<string, FaultRates>>;
  readonly script?: readonly ScriptedFault[];
  /** So many calls for the same in a row meet a fault of the rates at most; 3 by default. */
  readonly mostInARow?: number;
  /** How far behind a host can be, and how long a status can be unknown: milliseconds of the clock, 200 by default. */
  readonly behindMs?: number;
}

declare module '../core/behaviour.ts' {
  interface Behaviour {
    /** Undefined: nothing goes wrong but what the operations themselves refuse. */
    faults?: Faults | undefined;
  }
}

/** Every fault that a client gets through by asking again, often enough that a run of some hundred calls meets most. */
export function everyFault(seed: number): Faults {
  const rates = {
    throttle: 0.05,
    tooManyAtWork: 0.02,
    internal: 0.02,
    cutBefore: 0.01,
    cutAfter: 0.01,
    silent: 0.002,
    busy: 0.03,
    repeated: 0.02,
    stale: 0.05,
    tokenExpired: 0.02,
    failed: 0.02,
    statusUnknown: 0.1,
    statusUnlisted: 0.1,
  };
  return { seed, rates };
}

/** Throws a RangeError that says what of it makes no sense. */
export function checkFaults(given: Faults): Faults {
  const { rates = {}, byOperation = {}, script = [], mostInARow = 1, behindMs = 0 } = given;
  const known = new Set<string>(faults);
  for (const [fault, rate] of [rates, ...Object.values(byOperation)].flatMap((some) => Object.entries(some))) {
    if (!known.has(fault)) throw new RangeError(`Unknown fault ${fault}`);
    if (!(rate >= 0 && rate <= 1)) throw new RangeError("A fault's rate is a number from 0 to 1");
  }
  for (const { at, fault, times = 1 } of script) {
    if (!known.has(fault)) throw new RangeError(`Unknown fault ${fault}`);
    if (!((typeof at === 'number' ? at : at.nth) >= 1 && times >= 1)) throw new RangeError('Calls count from 1');
  }
  if (!(mostInARow >= 1)) throw new RangeError('mostInARow is a number from 1 up');
  if (!(behindMs >= 0)) throw new RangeError('behindMs is a number from 0 up');
  return given;
}

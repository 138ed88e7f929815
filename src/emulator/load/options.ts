/** From least to most, in milliseconds. */
export type Range = readonly [least: number, most: number];

/** Calls a second: sso-admin's over all operations, the Identity Store's for each of them, Organizations' over all. */
export interface Rates {
  readonly ssoAdmin: number;
  readonly identityStorePerOperation: number;
  readonly organizations: number;
}

/**
 * How the service behaves under load. What is left out has no limit and takes no time. Only sso-admin, the Identity Store
 * and Organizations are under load; signing in and STS are not.
 */
export interface Load {
  /** Decides every length of time, and when the other client calls. */
  readonly seed: number;
  /**
   * From 1 to 10: latencies and requests take that much less time, and rates are that much higher, so that ten minutes
   * pass in one. A client's own pacing, and the seconds that a throttled one is told to wait, are not changed.
   */
  readonly timeScale?: number;
  /** How long an answer takes, by the operation's bare name where it is not the default. */
  readonly latencyMs?: { readonly default?: Range; readonly byOperation?: Readonly<Record<string, Range>> };
  readonly ratesPerSecond?: Partial<Rates>;
  /** Calls that may come at once after a pause; 5 by default. */
  readonly burst?: number;
  /** How long the work of a request takes in one account once it has its turn there; `asyncMs` by default. */
  readonly requestMs?: { readonly creation?: Range; readonly deletion?: Range; readonly provisioning?: Range };
  /** The share of each rate, from 0 to 1, at which somebody else calls too. */
  readonly otherClient?: Partial<Rates>;
}

declare module '../core/behaviour.ts' {
  interface Behaviour {
    /** Undefined: calls are answered at once, however many there are, and all requests take `asyncMs`. */
    load?: Load | undefined;
  }
}

const read: Range = [60, 140];
const write: Range = [120, 300];

/**
 * A service about as slow and as strict as AWS. The rates of sso-admin and the Identity Store are the user guide's. All
 * else is assumed, for AWS publishes neither Organizations' rate nor how long anything takes: the order of magnitude of
 * requests is that at which Terraform's AWS provider looks at them, after 10 seconds and then every 5.
 */
export function realisticLoad(seed: number, timeScale = 1): Load {
  return {
    seed,
    timeScale,
    latencyMs: {
      default: read,
      byOperation: {
        CreateAccountAssignment: write,
        DeleteAccountAssignment: write,
        ProvisionPermissionSet: write,
        CreatePermissionSet: write,
        DeletePermissionSet: write,
      },
    },
    ratesPerSecond: { ssoAdmin: 20, identityStorePerOperation: 20, organizations: 10 },
    burst: 5,
    requestMs: { creation: [3000, 12_000], deletion: [3000, 12_000], provisioning: [4000, 15_000] },
  };
}

/** Throws a RangeError that says what of it makes no sense. */
export function checkLoad(load: Load): Load {
  const { timeScale = 1, burst = 1, ratesPerSecond = {}, otherClient = {}, latencyMs = {}, requestMs = {} } = load;
  const ranges = [latencyMs.default, ...Object.values(latencyMs.byOperation ?? {}), ...Object.values(requestMs)];
  if (!(timeScale >= 1 && timeScale <= 10)) throw new RangeError('timeScale is a number from 1 to 10');
  if (!(burst >= 1)) throw new RangeError('burst is a number from 1 up');
  if (!Object.values(ratesPerSecond).every((rate) => rate > 0)) throw new RangeError('A rate is a number above 0');
  if (!Object.values(otherClient).every((share) => share >= 0 && share <= 1)) {
    throw new RangeError("The other client's share is a number from 0 to 1");
  }
  if (!ranges.every((range) => range === undefined || (range[0] >= 0 && range[0] <= range[1]))) {
    throw new RangeError('A range is two numbers from 0 up, the lower first');
  }
  return load;
}

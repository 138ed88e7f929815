import type { Behaviour } from '../core/behaviour.ts';
import { ServiceError, throttled } from '../core/errors.ts';
import type { ServiceName } from '../core/service.ts';
import { type Bucket, createBucket } from './bucket.ts';
import type { Rates } from './options.ts';
import { createRandom } from './random.ts';

interface Limit {
  readonly rate: keyof Rates;
  readonly isPerOperation: boolean;
  /** What the service answers to a call that comes too soon after others. */
  readonly refusal: () => ServiceError;
}

export const limits: Partial<Record<ServiceName, Limit>> = {
  'sso-admin': { rate: 'ssoAdmin', isPerOperation: false, refusal: () => throttled('Rate exceeded') },
  identitystore: {
    rate: 'identityStorePerOperation',
    isPerOperation: true,
    refusal: () => new ServiceError('ThrottlingException', 'Rate exceeded', { RetryAfterSeconds: 1 }),
  },
  organizations: {
    rate: 'organizations',
    isPerOperation: false,
    // The API model describes the error so; what AWS puts into its message is not documented.
    refusal: () =>
      new ServiceError(
        'TooManyRequestsException',
        'You have sent too many requests in too short a period of time. The quota helps protect against denial-of-service attacks. Try again later.',
      ),
  },
};

/** Throws what the service answers to a call that comes too soon after others. */
export function createRates({ load, now }: Behaviour): (service: ServiceName, operation: string) => void {
  const { seed = 0, timeScale = 1, ratesPerSecond = {}, burst = 5, otherClient = {} } = load ?? {};
  const buckets = new Map<string, Bucket>();
  return (service, operation) => {
    const limit = limits[service];
    const perSecond = limit && ratesPerSecond[limit.rate];
    if (limit === undefined || perSecond === undefined) return;
    const name = limit.isPerOperation ? `${service} ${operation}` : service;
    const bucket =
      buckets.get(name) ??
      createBucket({
        rate: (perSecond * timeScale) / 1000,
        burst,
        start: now(),
        otherShare: otherClient[limit.rate] ?? 0,
        random: createRandom(seed, `other client ${name}`),
      });
    buckets.set(name, bucket);
    if (!bucket.take(now())) throw limit.refusal();
  };
}

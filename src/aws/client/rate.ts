import type { Clock } from '../../core/clock.ts';

/** Spends calls at a quota's pace; slower at once where the service throttles, and step by step faster again. */
export interface Bucket {
  /** Waits for a call's turn. What it resolves with tells at what pace the call left. */
  take(): Promise<number>;
  /** @param pace of the call that was throttled, as `take` told it. */
  throttled(pace: number): void;
}

/** Calls that may catch up after a pause. AWS does not say how many its own buckets hold, so these are few. */
const burst = 2;
/** A throttle takes this share of the pace away. */
const cut = 0.3;
/** Calls after which the pace is again what it was when it was throttled. */
const recovery = 150;

/**
 * Others spend from the same quota, so the pace that is left over has to be found. Like CUBIC (RFC 9438) it comes back
 * soon to just below where it was too much, stays there, and only then tries for more; but by calls instead of seconds,
 * so that about one call in a hundred is throttled, whatever the pace.
 * @param rate calls a second, never more; Infinity for no limit.
 */
export function createBucket(rate: number, { elapsed, sleep }: Pick<Clock, 'elapsed' | 'sleep'>): Bucket {
  if (rate === Infinity) return { take: () => Promise.resolve(0), throttled: () => {} };
  let throttledAt = rate;
  let sent = recovery;
  let paces = 0;
  let nextAt = 0;
  let queue = Promise.resolve(0);

  const current = (): number => Math.min(rate, throttledAt * (1 + cut * (sent / recovery - 1) ** 3));

  /** The pace counts when a call leaves, not when it came: a throttle slows down all that waits. */
  async function leave(): Promise<number> {
    const came = elapsed();
    if (nextAt > came) await sleep(nextAt - came);
    const gap = 1000 / current();
    nextAt = Math.max(nextAt, came - burst * gap) + gap;
    sent += 1;
    return paces;
  }

  return {
    take() {
      queue = queue.then(leave);
      return queue;
    },
    throttled(pace) {
      // Calls that left before the pace went down say nothing about the new one.
      if (pace !== paces) return;
      throttledAt = Math.max(rate / 20, current());
      sent = 0;
      paces += 1;
    },
  };
}

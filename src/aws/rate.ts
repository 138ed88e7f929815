import { setTimeout as sleep } from 'node:timers/promises';

/** Spends calls at a quota's pace, slower after a throttle, and recovers step by step. */
export interface Bucket {
  take(): Promise<void>;
  throttled(): void;
}

/** @param rate calls a second; Infinity for no limit. */
export function createBucket(rate: number): Bucket {
  let current = rate;
  let nextAt = 0;
  let adjustedAt = 0;
  let queue = Promise.resolve();

  /** The pace counts when a call leaves, not when it came: a throttle slows down all that waits. */
  async function leave(): Promise<void> {
    const now = Date.now();
    if (current < rate && now - adjustedAt > 1000) {
      current = Math.min(rate, current + rate / 20);
      adjustedAt = now;
    }
    if (nextAt > now) await sleep(nextAt - now);
    nextAt = Math.max(now, nextAt) + 1000 / current;
  }

  return {
    take() {
      if (rate === Infinity) return Promise.resolve();
      const turn = queue.then(leave);
      queue = turn;
      return turn;
    },
    throttled() {
      const now = Date.now();
      // One throttled burst is one sign, however many calls of it were refused.
      if (rate === Infinity || now - adjustedAt < 500) return;
      current = Math.max(1, current * 0.7);
      adjustedAt = now;
    },
  };
}

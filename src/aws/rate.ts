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
  return {
    async take() {
      if (rate === Infinity) return;
      const now = Date.now();
      if (current < rate && now - adjustedAt > 1000) {
        current = Math.min(rate, current + rate / 20);
        adjustedAt = now;
      }
      const at = Math.max(now, nextAt);
      nextAt = at + 1000 / current;
      if (at > now) await sleep(at - now);
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

import type { Random } from './random.ts';

/** A token bucket. */
export interface Bucket {
  /** Whether there is a token at this time of the clock; where there is, it is taken. */
  take(now: number): boolean;
}

export interface BucketOptions {
  /** Tokens a millisecond. */
  rate: number;
  /** Tokens that it holds at most, and at first. */
  burst: number;
  /** The time of the clock, in milliseconds. */
  start: number;
  /** How often somebody else takes a token: a share of the rate, from 0 to 1. */
  otherShare: number;
  /** Decides when they do. */
  random: Random;
}

/** Milliseconds. What the other client did in a longer silence isn't replayed, for the bucket is full again by then. */
const longestReplay = 10_000;

export function createBucket({ rate, burst, start, otherShare, random }: BucketOptions): Bucket {
  let tokens = burst;
  let filledAt = start;
  /** Calls that know nothing of each other have exponential gaps between them. */
  const gap = (): number => -Math.log(1 - random()) / (rate * otherShare);
  let otherAt = otherShare > 0 ? start + gap() : Infinity;

  const fill = (time: number): void => {
    tokens = Math.min(burst, tokens + Math.max(0, time - filledAt) * rate);
    filledAt = Math.max(filledAt, time);
  };

  return {
    take(now) {
      otherAt = Math.max(otherAt, now - longestReplay);
      for (; otherAt <= now; otherAt += gap()) {
        fill(otherAt);
        // It comes again until it is served, so a token that isn't there yet will be its own.
        tokens = Math.max(-burst, tokens - 1);
      }
      fill(now);
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

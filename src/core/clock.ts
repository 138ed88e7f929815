import { setTimeout } from 'node:timers/promises';

/** Time and waiting. Everything that takes time is given a clock, so that a test need not wait for it. */
export interface Clock {
  /** The time of day. */
  now(): Date;
  /** Milliseconds since some moment. Unlike the time of day it never goes back. */
  elapsed(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  sleep: (milliseconds) => setTimeout(milliseconds),
};

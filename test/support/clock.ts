import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/core/clock.ts';

/** A clock of which nobody has to wait: a sleep is over at once, and that much time has passed. */
export interface JumpingClock extends Clock {
  /** What happens meanwhile: called at every sleep, which lasts until it is over. */
  meanwhile?: (() => Promise<void>) | undefined;
}

/** Give the emulator the same `now`, so that what it does in its own time is over when a client has slept for so long. */
export function createJumpingClock(start = new Date('2026-06-15T12:00:00Z')): JumpingClock {
  let time = 0;
  const clock: JumpingClock = {
    now: () => new Date(start.getTime() + time),
    elapsed: () => time,
    async sleep(milliseconds) {
      const wake = time + milliseconds;
      await clock.meanwhile?.();
      // Others get their turn, and so do answers that are on their way.
      await setImmediate();
      time = Math.max(time, wake);
    },
  };
  return clock;
}

import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/core/clock.ts';

/** A clock of which no one has to wait: a sleep is over at once, and that much time has passed. */
export interface JumpingClock extends Clock {
  /** What happens meanwhile: called at every sleep, which lasts until it is over. */
  meanwhile?: (() => Promise<void>) | undefined;
  /** Calls back when so much time has passed because others slept, unless what it answers is called first. */
  wake(milliseconds: number, call: () => void): () => void;
}

export function createJumpingClock(start = new Date('2026-06-15T12:00:00Z')): JumpingClock {
  let time = 0;
  const alarms = new Map<() => void, number>();
  const ring = (): void => {
    for (const [call, due] of alarms) if (due <= time && alarms.delete(call)) call();
  };
  const clock: JumpingClock = {
    now: () => new Date(start.getTime() + time),
    elapsed: () => time,
    async sleep(milliseconds) {
      const end = time + milliseconds;
      await clock.meanwhile?.();
      // Others get their turn, and so do answers that are on their way.
      await setImmediate();
      time = Math.max(time, end);
      ring();
    },
    wake(milliseconds, call) {
      alarms.set(call, time + milliseconds);
      return () => void alarms.delete(call);
    },
  };
  return clock;
}

/** That of every run, client and emulator that is not given another one. */
export const testClock = createJumpingClock();

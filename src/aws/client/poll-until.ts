import type { Clock } from '../../core/clock.ts';
import type { Limits } from './limits.ts';

/**
 * Polls until what has been written can be seen, for the host that is asked may be behind the one that took it. Answers
 * the last look, seen or not, once the time is over in which a host catches up.
 */
export type PollUntil = <Seen>(look: () => Promise<Seen>, isThere: (seen: Seen) => Promise<boolean>) => Promise<Seen>;

export function createPollUntil({ pollMs, pollCapMs, behindMs }: Limits, { elapsed, sleep }: Clock): PollUntil {
  return async (look, isThere) => {
    const end = elapsed() + behindMs;
    for (let pause = pollMs; ; pause = Math.min(pollCapMs, pause * 1.5)) {
      const seen = await look();
      if ((await isThere(seen)) || elapsed() >= end) return seen;
      await sleep(pause);
    }
  };
}

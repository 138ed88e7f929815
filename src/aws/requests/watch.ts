import type { Clock } from '../../core/clock.ts';
import { isAwsError, ReportedError } from '../../core/errors.ts';
import type { Limits } from '../client/limits.ts';
import type { Family, RequestStatus } from './families.ts';

interface Waiting {
  resolve(status: RequestStatus): void;
  reject(error: unknown): void;
  began: number;
}

/** For requests of which one that is alone is asked itself, as soon as that and then ever more seldom, up to the cap. */
export interface AloneLooks {
  firstMs: number;
  capMs: number;
}

/** How often to look, and the time that passes meanwhile. */
export interface Timing {
  limits: Limits;
  clock: Clock;
}

/**
 * Resolves with the end of a request. While any is under way, one list call watches all of them; what has left it is asked
 * for its end.
 * @param onLook hears of all that is in progress.
 * @param alone absent: one list call watches one request too, and so hears of what others do.
 */
export function createWatch(
  family: Family,
  { limits: { pollMs, pollCapMs, requestMs }, clock }: Timing,
  onLook: (inProgress: ReadonlySet<string | undefined>) => Promise<void>,
  alone?: AloneLooks,
): (id: string) => Promise<RequestStatus> {
  const outstanding = new Map<string, Waiting>();
  let pause = pollMs;
  let watching = false;

  /** Looks until nothing is outstanding. What has left the list of those in progress is asked for its end. */
  async function watch(): Promise<void> {
    while (outstanding.size > 0) {
      await clock.sleep(nextPause());
      const asked = [...outstanding.keys()];
      const inProgress = alone && asked.length === 1 ? new Set<string>() : await look();
      await Promise.all(asked.filter((id) => !inProgress.has(id)).map(settle));
      for (const [id, { reject, began }] of outstanding) {
        if (clock.elapsed() < began + requestMs) continue;
        outstanding.delete(id);
        reject(
          new ReportedError(
            'request-unfinished',
            `AWS has not finished request ${id} after ${Math.round(requestMs / 60_000)} minutes.`,
          ),
        );
      }
    }
  }

  function nextPause(): number {
    const [first, second] = [...outstanding.values()];
    if (alone && first && !second) return Math.min(alone.capMs, Math.max(alone.firstMs, clock.elapsed() - first.began));
    const now = pause;
    pause = Math.min(pollCapMs, pause * 1.5);
    return now;
  }

  async function look(): Promise<ReadonlySet<string | undefined>> {
    const inProgress = new Set((await family.list()).map(({ RequestId }) => RequestId));
    await onLook(inProgress);
    return inProgress;
  }

  async function settle(id: string): Promise<void> {
    // A request made a moment ago may be missing from the list and unknown to Describe: only an end counts as the end.
    const status = await family.describe(id).catch((error: unknown) => {
      if (isAwsError(error, 'ResourceNotFoundException')) return undefined;
      throw error;
    });
    if (status?.Status !== 'SUCCEEDED' && status?.Status !== 'FAILED') return;
    outstanding.get(id)?.resolve(status);
    outstanding.delete(id);
  }

  return function finish(id) {
    return new Promise((resolve, reject) => {
      outstanding.set(id, { resolve, reject, began: clock.elapsed() });
      pause = pollMs;
      if (watching) return;
      watching = true;
      watch()
        .catch((error: unknown) => {
          for (const waiting of outstanding.values()) waiting.reject(error);
          outstanding.clear();
        })
        .finally(() => {
          watching = false;
        });
    });
  };
}

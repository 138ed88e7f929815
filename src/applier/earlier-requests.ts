import type { Aws } from '../aws/connect.ts';
import type { Clock } from '../core/clock.ts';
import { ReportedError } from '../core/errors.ts';

/** Looks at which requests that were not there at first end the waiting: somebody is at work, and goes on. */
const newcomersAtMost = 3;

/**
 * Waits for the requests that an earlier run has left under way: what is live moves until they end. A provisioning that is
 * under way changes nothing of what the file says. Errors: a `ReportedError` where new ones keep coming, since then another
 * run is at work.
 * @param onWaiting hears how many there are, before the waiting begins.
 */
export async function waitForEarlier(
  { requests, limits }: Pick<Aws, 'requests' | 'limits'>,
  { elapsed, sleep }: Pick<Clock, 'elapsed' | 'sleep'>,
  onWaiting: (count: number) => void,
): Promise<void> {
  const look = (): Promise<string[]> => requests.underWay(['creation', 'deletion']);
  const first = await look();
  if (first.length === 0) return;
  onWaiting(first.length);
  const known = new Set(first);
  const deadline = elapsed() + limits.requestMs;
  for (let newcomers = 0; elapsed() < deadline;) {
    await sleep(limits.pollCapMs);
    const now = await look();
    if (now.length === 0) return;
    if (now.some((id) => !known.has(id))) newcomers += 1;
    for (const id of now) known.add(id);
    if (newcomers < newcomersAtMost) continue;
    throw new ReportedError(
      'another-run',
      'Another run or tool is changing assignments of this instance: new requests keep coming.',
      'Nothing was changed. Run this again when they have finished.',
    );
  }
  throw new ReportedError(
    'request-unfinished',
    'Requests for assignments that began before this run have not finished.',
    'Nothing was changed. Run this again later.',
  );
}

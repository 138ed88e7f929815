import type { Aws } from '../aws/connect.ts';
import { ReportedError } from '../core/errors.ts';
import { countOf } from '../core/words.ts';
import type { Io } from '../cli/io.ts';

/** Looks at which requests that were not there at first end the waiting: somebody is at work, and goes on. */
const newcomersAtMost = 3;

/**
 * Waits for the requests that an earlier run has left under way: what is live moves until they end. A provisioning that is
 * under way changes nothing of what the file says. Errors: a `ReportedError` where new ones keep coming, since then another
 * run is at work.
 */
export async function waitForEarlier(
  { err, elapsed, sleep }: Pick<Io, 'err' | 'elapsed' | 'sleep'>,
  { requests, pace }: Pick<Aws, 'requests' | 'pace'>,
): Promise<void> {
  const look = (): Promise<string[]> => requests.underWay(['creation', 'deletion']);
  const first = await look();
  if (first.length === 0) return;
  err(`Waiting for ${countOf(first.length, 'request')} that somebody, or an earlier run, has begun in AWS …\n`);
  const known = new Set(first);
  const deadline = elapsed() + pace.requestMs;
  for (let newcomers = 0; elapsed() < deadline;) {
    await sleep(pace.pollCapMs);
    const now = await look();
    if (now.length === 0) return;
    if (now.some((id) => !known.has(id))) newcomers += 1;
    for (const id of now) known.add(id);
    if (newcomers < newcomersAtMost) continue;
    throw new ReportedError(
      'another-run',
      'Somebody else is changing assignments of this instance: new requests keep coming.',
      'Nothing was changed. Run this again when they have ended.',
    );
  }
  throw new ReportedError(
    'request-unfinished',
    'Requests that were there before this run do not end.',
    'Try again later.',
  );
}

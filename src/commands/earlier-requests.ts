import { setTimeout as sleep } from 'node:timers/promises';
import type { Aws } from '../aws/connect.ts';
import type { FamilyName } from '../aws/request-families.ts';
import { ReportedError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { countOf } from '../core/words.ts';

/** Looks at which requests that were not there at first end the waiting: somebody is at work, and goes on. */
const newcomersAtMost = 3;

/**
 * Waits for the requests that an earlier run has left under way, as far as the plan's own steps could meet them. Resolves
 * with whether there were any: then what is live has moved since the plan was made. Errors: a `ReportedError` where new
 * ones keep coming, since then another run is at work.
 */
export async function waitForEarlier(
  say: (text: string) => void,
  { requests, pace }: Pick<Aws, 'requests' | 'pace'>,
  { steps }: Plan,
): Promise<boolean> {
  const touched = new Set(steps.flatMap(({ kind, action }) => familiesOf(kind, action)));
  if (touched.size === 0) return false;
  const first = await requests.underWay([...touched]);
  if (first.length === 0) return false;
  say(`Waiting for ${countOf(first.length, 'request')} that somebody, or an earlier run, has begun in AWS …\n`);
  const known = new Set(first);
  const deadline = Date.now() + pace.requestMs;
  for (let newcomers = 0; Date.now() < deadline;) {
    await sleep(pace.pollCapMs);
    const now = await requests.underWay([...touched]);
    if (now.length === 0) return true;
    if (now.some((id) => !known.has(id))) newcomers += 1;
    for (const id of now) known.add(id);
    if (newcomers < newcomersAtMost) continue;
    throw new ReportedError(
      'another-run',
      'Somebody else is changing assignments or permission sets of this instance: new requests keep coming.',
      'Nothing was changed. Run this again when they have ended.',
    );
  }
  throw new ReportedError(
    'request-unfinished',
    'Requests that were there before this run do not end.',
    'Try again later.',
  );
}

function familiesOf(kind: string, action: string): FamilyName[] {
  if (kind === 'assignment') return ['creation', 'deletion'];
  return kind === 'permission-set' && action === 'update' ? ['provisioning'] : [];
}

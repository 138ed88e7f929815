import type { Plan, Step } from '../core/plan.ts';

// The service's quotas: calls a second over all of sso-admin, and outstanding assignment requests (user guide).
const callsPerSecond = 20;
const outstanding = 15;
// An asynchronous request takes a few seconds; nobody publishes how many. Each also costs its share of the polling.
const secondsPerRequest = 4;
const callsPerRequest = 2.5;

/** What an apply of these steps will cost, by the service's quotas: an estimate. */
export function estimateCost(steps: readonly Step[]): Plan['cost'] {
  let apiCalls = 0;
  let requests = 0;
  for (const { kind, action, changes } of steps) {
    if (kind === 'assignment') {
      requests += 1;
      apiCalls += callsPerRequest;
    } else if (kind === 'permission-set' && action !== 'delete') {
      const edits = changes.map((change) => (change.type === 'set' ? change.added.length + change.removed.length : 1));
      apiCalls += edits.reduce((sum, count) => sum + count, 1);
      if (action === 'update') apiCalls += callsPerRequest;
    } else {
      apiCalls += 1;
    }
  }
  const seconds = Math.max(apiCalls / callsPerSecond, (requests / outstanding) * secondsPerRequest);
  return { apiCalls: Math.ceil(apiCalls), seconds: Math.ceil(seconds) };
}

import { afterEach, beforeEach, expect, it } from 'vitest';
import { testClock } from '../../support/clock.ts';
import { connect } from '../../../src/aws/connect.ts';
import { applySteps } from '../../../src/reconcile/apply.ts';
import { kinds } from '../../../src/kinds/index.ts';
import { makePlan } from '../../../src/planner/make-plan.ts';
import { liveSource } from '../../../src/source/live.ts';
import { load, person, startLive, type LiveSetup } from '../../support/live.ts';
import { startProxy, type Intercept } from '../../support/proxy.ts';

const document = (policy: string) => ({
  users: { ann: person('ann') },
  permissionSets: { Dev: { managedPolicies: [policy] } },
  assignments: [{ users: ['ann'], permissionSets: ['Dev'], accounts: ['production', 'staging'] }],
});
let live: LiveSetup;

beforeEach(async () => {
  live = await startLive();
  await live.apply(document('ReadOnlyAccess'));
});
afterEach(() => live.emulator.close());

async function edit(intercept: Intercept): Promise<string[]> {
  const proxy = await startProxy(live.emulator.url, intercept);
  const events: string[] = [];
  try {
    const aws = await connect({
      clock: testClock,
      region: 'us-east-1',
      local: { endpoint: proxy.url },
      askCaller: true,
    });
    const options = { removeOrphans: false, now: new Date() };
    const made = await makePlan(liveSource(aws, { isLocal: true }), load(document('PowerUserAccess')), options);
    await applySteps(kinds, aws, made.plan.steps, made.live, ({ type }) => events.push(type));
  } finally {
    await proxy.close();
  }
  return events;
}

it('where the one request for all accounts fails, no role is left stale, were AWS slow to say which are', async () => {
  let asked = 0;
  const answer = (body: object) => Promise.resolve({ status: 200, body: JSON.stringify(body) });
  const events = await edit((operation, forward) => {
    if (operation === 'ProvisionPermissionSet' && (asked += 1) === 1) {
      return answer({ PermissionSetProvisioningStatus: { Status: 'FAILED', FailureReason: 'Something else.' } });
    }
    if (operation === 'ListAccountsForProvisionedPermissionSet' && asked === 1) {
      asked += 1;
      return answer({ AccountIds: [] });
    }
    return forward();
  });
  expect(events).toEqual(['started', 'succeeded']);
  expect((await live.plan(document('PowerUserAccess'))).plan.steps).toEqual([]);
});

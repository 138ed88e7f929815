import { expect, it, onTestFinished } from 'vitest';
import { testClock } from '../support/clock.ts';
import { connect } from '../../src/aws/connect.ts';
import { makePlan } from '../../src/planner/make-plan.ts';
import { liveSource } from '../../src/source/live.ts';
import { applySteps, type ApplyEvent } from '../../src/reconcile/apply.ts';
import { kinds } from '../../src/kinds/index.ts';
import { load, person, startLive, now } from '../support/live.ts';
import { startProxy, type Intercept } from '../support/proxy.ts';

const failure = (status: number, name: string, message: string) => ({
  status,
  body: JSON.stringify({ __type: name, Message: message }),
});

/** The first call of every operation goes as told, all others reach the service. */
function firstOfEach(answer: (forward: Parameters<Intercept>[1]) => ReturnType<Intercept>): Intercept {
  const seen = new Set<string>();
  return (operation, forward) => {
    if (seen.has(operation)) return forward();
    seen.add(operation);
    return answer(forward);
  };
}

const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const everything = {
  users: { ann: { ...person('ann'), phoneNumber: '+1' }, bob: person('bob') },
  groups: { ops: { description: 'Runs it', members: ['ann', 'bob'] } },
  permissionSets: {
    Full: {
      managedPolicies: ['ReadOnlyAccess'],
      customerManagedPolicies: [{ name: 'deployer' }],
      permissionsBoundary: { managedPolicy: 'PowerUserAccess' },
      inlinePolicy: policy,
      tags: { a: '1' },
    },
  },
  assignments: [{ groups: ['ops'], users: ['bob'], permissionSets: ['Full'], accounts: ['production', 'staging'] }],
};
const changed = {
  users: { ann: { ...person('ann'), title: 'Lead' }, bob: person('bob') },
  groups: { ops: { members: ['ann'] } },
  permissionSets: { Full: { managedPolicies: ['SecurityAudit'], tags: { b: '2' } } },
  assignments: [{ groups: ['ops'], permissionSets: ['Full'], accounts: ['production', 'staging'] }],
};
const nothing = { users: {}, groups: {}, permissionSets: {}, assignments: [] };

it.each<[string, () => Intercept]>([
  ['is throttled', () => firstOfEach(async () => failure(400, 'ThrottlingException', 'Rate exceeded'))],
  ['meets a broken service', () => firstOfEach(async () => failure(500, 'InternalServerException', 'Try again'))],
  ['meets a busy service', () => firstOfEach(async () => failure(400, 'ConflictException', 'Try again later.'))],
  [
    'is done, but the answer gets lost',
    () =>
      firstOfEach(async (forward) => {
        await forward();
        return failure(500, 'InternalServerException', 'lost');
      }),
  ],
])('the whole story ends well where the first call of every operation %s', async (_what, intercept) => {
  const { emulator } = await startLive();
  onTestFinished(() => emulator.close());
  for (const document of [everything, changed, nothing]) {
    // A proxy of its own for each run, so that every operation fails anew.
    const proxy = await startProxy(emulator.url, intercept());
    onTestFinished(() => proxy.close());
    const aws = await connect({
      clock: testClock,
      region: 'us-east-1',
      local: { endpoint: proxy.url },
      askCaller: false,
    });
    const { plan, live } = await makePlan(liveSource(aws, { isLocal: true }), load(document), {
      removeOrphans: false,
      now,
    });
    const unhappy: ApplyEvent[] = [];
    await applySteps(kinds, aws, plan.steps, live, (event) => {
      if (event.type === 'failed' || event.type === 'skipped') unhappy.push(event);
    });
    expect(unhappy).toEqual([]);
    const again = await makePlan(liveSource(aws, { isLocal: true }), load(document), { removeOrphans: false, now });
    expect(again.plan.steps).toEqual([]);
  }
  expect(emulator.world.users.size + emulator.world.permissionSets.size + emulator.world.assignments.size).toBe(0);
});

import { expect, it, onTestFinished } from 'vitest';
import { testClock } from '../support/clock.ts';
import { connect } from '../../src/aws/connect.ts';
import { localLimits } from '../../src/aws/client/limits.ts';
import type { ReportedError } from '../../src/core/errors.ts';
import { everyFault, type Emulator } from '../../src/emulator/index.ts';
import { accounts, person, startLive, type LiveSetup } from '../support/live.ts';
import { changed, everything, nothing } from '../support/whole-story.ts';

async function start(): Promise<LiveSetup> {
  const live = await startLive();
  onTestFinished(() => live.emulator.close());
  return live;
}

const faultsMet = ({ calls }: Emulator): string[] =>
  calls.flatMap(({ operation, fault }) => (fault ? [`${operation} ${fault}`] : []));

it.each([1, 2, 3])(
  'whatever goes wrong, what succeeded is so and the next run does the rest: seed %i',
  async (seed) => {
    const live = await start();
    const limits = { ...localLimits, silenceMs: 1000 };
    live.aws = await connect({
      clock: testClock,
      region: 'us-east-1',
      local: { endpoint: live.emulator.url },
      askCaller: true,
      limits,
    });
    for (const document of [everything, changed, nothing]) {
      live.emulator.setFaults(everyFault(seed));
      live.emulator.calls.length = 0;
      const unhappy = await live.apply(document);
      expect(faultsMet(live.emulator).length).toBeGreaterThan(0);
      live.emulator.setFaults(undefined);
      if (unhappy.length > 0) expect(await live.apply(document)).toEqual([]);
      expect((await live.plan(document)).plan.steps).toEqual([]);
    }
  },
);

it('an edit reaches the roles although the host that is asked for the stale ones is behind', async () => {
  const live = await start();
  const policies = (managedPolicies: string[]) => ({
    users: { ann: person('ann') },
    permissionSets: { Full: { managedPolicies } },
    assignments: [{ users: ['ann'], permissionSets: ['Full'], accounts: ['production', 'staging'] }],
  });
  await live.apply(policies(['AdministratorAccess']));
  // One that is out of reach: all at once would fail, so AWS is asked which are stale.
  const { world } = live.emulator;
  const staging = world.accounts.get(accounts.staging);
  if (staging) world.accounts.put({ ...staging, State: 'SUSPENDED' });
  await live.reconnect();
  live.emulator.calls.length = 0;
  await live.plan(policies(['ReadOnlyAccess']));
  const operation = 'ListAccountsForProvisionedPermissionSet';
  const nth = live.emulator.calls.filter((call) => call.operation === operation).length + 1;
  live.emulator.setFaults({
    seed: 1,
    script: [{ at: { operation, nth }, fault: 'stale', times: 3 }],
    behindMs: 60_000,
  });
  expect(await live.apply(policies(['ReadOnlyAccess']))).toEqual([]);
  expect(faultsMet(live.emulator)).toEqual(Array.from({ length: 3 }, () => `${operation} stale`));
  const held = world.provisioned.rows().map(({ AccountId, Content }) => [AccountId, ...Content.ManagedPolicyArns]);
  expect(held).toEqual([
    [accounts.production, 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
    [accounts.staging, 'arn:aws:iam::aws:policy/AdministratorAccess'],
  ]);
});

it('what was made, and whose answer was lost, is found although the host that is asked for it is behind', async () => {
  const live = await start();
  const made = [
    ['CreateUser', 'GetUserId'],
    ['CreateGroup', 'GetGroupId'],
    ['CreateGroupMembership', 'GetGroupMembershipId'],
  ] as const;
  live.emulator.setFaults({
    seed: 1,
    script: made.flatMap(([create, find]) => [
      { at: { operation: create, nth: 1 }, fault: 'cutAfter' as const },
      { at: { operation: find, nth: 1 }, fault: 'stale' as const },
    ]),
    behindMs: 60_000,
  });
  live.emulator.calls.length = 0;
  const document = { users: { ann: person('ann') }, groups: { ops: { members: ['ann'] } } };
  expect(await live.apply(document)).toEqual([]);
  expect(faultsMet(live.emulator).toSorted()).toEqual(
    made.flatMap(([create, find]) => [`${create} cutAfter`, `${find} stale`]).toSorted(),
  );
  expect((await live.plan(document)).plan.steps).toEqual([]);
});

it.each([0.4, 0.6, 0.9])('credentials that expire after %d of the calls: the next run does the rest', async (share) => {
  const live = await start();
  live.emulator.calls.length = 0;
  await live.apply(everything);
  const at = Math.round(live.emulator.calls.length * share);
  await live.apply(nothing);
  live.emulator.setFaults({ seed: 1, script: [{ at, fault: 'credentialsExpired', times: Infinity }] });
  const unhappy = await live.apply(everything);
  const codes = unhappy.flatMap((event) => (event.type === 'failed' ? [event.error as ReportedError] : []));
  expect(new Set(codes.map(({ code }) => code))).toEqual(new Set(['bad-credentials']));
  live.emulator.setFaults(undefined);
  expect(await live.apply(everything)).toEqual([]);
  expect((await live.plan(everything)).plan.steps).toEqual([]);
});

it('a request that ends for a reason of AWS’s own is made again in the same run, and no other is', async () => {
  const seen = { again: 0, final: 0 };
  for (let seed = 1; seed <= 12; seed += 1) {
    const live = await start();
    live.emulator.setFaults({
      seed,
      script: [{ at: { operation: 'CreateAccountAssignment', nth: 1 }, fault: 'failed' }],
    });
    const unhappy = await live.apply({
      users: { ann: person('ann') },
      permissionSets: { Read: {} },
      assignments: [{ users: ['ann'], permissionSets: ['Read'], accounts: ['staging'] }],
    });
    const requests = live.emulator.world.requests.rows();
    const isPassing = requests[0]?.FailureReason === 'An unexpected internal service exception was encountered';
    seen[isPassing ? 'again' : 'final'] += 1;
    expect(unhappy.map(({ type }) => type)).toEqual(isPassing ? [] : ['failed']);
    expect(requests).toHaveLength(isPassing ? 2 : 1);
  }
  expect(seen.again * seen.final).toBeGreaterThan(0);
});

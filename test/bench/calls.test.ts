import { afterEach, describe, expect, it } from 'vitest';
import { sizes } from '../../bench/dimensions.ts';
import { lowerBound } from '../../bench/lower-bound.ts';
import { createOrganisation, type Organisation } from '../../bench/organisation.ts';
import { plantOrganisation, seedOf } from '../../bench/plant.ts';
import { connect, type Aws } from '../../src/aws/connect.ts';
import { type Limits, serviceLimits } from '../../src/aws/client/limits.ts';
import { makePlanToShow } from '../../src/planner/make-plan.ts';
import { liveSource } from '../../src/source/live.ts';
import type { PlanResult } from '../../src/planner/plan.ts';
import { startEmulator, type TimedEmulator } from '../support/emulator.ts';
import { applySteps } from '../../src/reconcile/apply.ts';
import { kinds } from '../../src/kinds/index.ts';
import { load, now } from '../support/live.ts';

// What `npm run bench` measures in full: here only the counts of calls, which are the same on any machine.

let emulator: TimedEmulator;
afterEach(() => emulator.close());

async function start(
  organisation: Organisation,
  { asyncMs, limits }: { asyncMs: number; limits?: Limits },
): Promise<Aws> {
  emulator = await startEmulator({ seed: seedOf(organisation), behaviour: { asyncMs } });
  plantOrganisation(emulator.world, organisation);
  return connect({
    clock: emulator.clock,
    region: 'us-east-1',
    local: { endpoint: emulator.url },
    askCaller: true,
    ...(limits && { limits }),
  });
}

const plan = (aws: Aws, organisation: Organisation, removeOrphans = false): Promise<PlanResult> =>
  makePlanToShow(liveSource(aws, { isLocal: true }), load(organisation), { removeOrphans, now });

/** Since the emulator started; who the caller is costs the services nothing. */
const callsSoFar = (): number => emulator.calls.filter(({ service }) => service !== 'sts').length;

describe.each(['S', 'M', 'L'] as const)('a plan of %s without a change', (size) => {
  const organisation = createOrganisation(sizes[size]);
  const bound = lowerBound(sizes[size]);

  it.each([
    ['takes the calls that no tool can do without', false, bound.calls],
    ['takes those where orphans must be seen', true, bound.callsWithOrphans],
  ])('%s', async (_name, removeOrphans, least) => {
    const aws = await start(organisation, { asyncMs: 1 });
    expect((await plan(aws, organisation, removeOrphans)).plan.steps).toEqual([]);
    expect(callsSoFar()).toBeLessThanOrEqual(least * 1.05);
    const calls = emulator.calls.map(({ operation, input }) => `${operation} ${JSON.stringify(input)}`);
    expect(new Set(calls).size).toBe(calls.length);
  });
});

it('one policy of L is planned and applied in five calls more, with a provisioning that takes its time', async () => {
  const organisation = createOrganisation(sizes.L);
  const aws = await start(organisation, { asyncMs: 150, limits: serviceLimits });
  await plan(aws, organisation);
  const unchanged = callsSoFar();
  const [[name, set] = ['', {}]] = Object.entries(organisation.permissionSets);
  const permissionSets = { ...organisation.permissionSets, [name]: { ...set, sessionDuration: '3h' } };
  const { plan: made, live } = await plan(aws, { ...organisation, permissionSets });
  expect(made.steps.map(({ id, action }) => `${action} ${id}`)).toEqual([`update permission-set/${name}`]);
  const failed: unknown[] = [];
  await applySteps(kinds, aws, made.steps, live, (event) => {
    if (event.type === 'failed') failed.push(event.error);
  });
  expect(failed).toEqual([]);
  expect(callsSoFar() - unchanged).toBeLessThanOrEqual(unchanged + 5);
});

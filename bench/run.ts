import { performance } from 'node:perf_hooks';
import { connect, type Aws } from '../src/aws/connect.ts';
import { serviceLimits } from '../src/aws/client/limits.ts';
import { systemClock, type Clock } from '../src/core/clock.ts';
import { makePlanToShow } from '../src/planner/make-plan.ts';
import { liveSource } from '../src/source/live.ts';
import type { PlanResult } from '../src/planner/plan.ts';
import { loadIdentityFile } from '../src/config/load.ts';
import { applySteps } from '../src/reconcile/apply.ts';
import { kinds } from '../src/kinds/index.ts';
import { addCounts, callsOf, serveOrganisation, type Counts, type ServeOptions } from './emulator.ts';
import type { Organisation } from './organisation.ts';

/** What one run of the tool took. */
export interface Run {
  calls: number;
  /** Of them, those of the plan. */
  planCalls: number;
  counts: Counts;
  /** Of the service's time. */
  planSeconds: number;
  applySeconds: number;
  plan: PlanResult['plan'];
  /** Steps that did not succeed. */
  failed: number;
  /** True where this machine's processor, and not the service's quota, set the pace. */
  isHeldBack: boolean;
}

export interface RunOptions {
  live: Organisation;
  isEmpty?: boolean;
  wanted: Organisation;
  load?: { seed: number; timeScale: number; otherShare?: number };
  seesOrphans?: boolean;
}

/** Plans the wanted organisation against a live one, and applies what there is to do, through the real clients. */
export async function run({ live, isEmpty = false, wanted, load, seesOrphans = false }: RunOptions): Promise<Run> {
  const { timeScale = 1 } = load ?? {};
  const serve: ServeOptions = {
    organisation: live,
    isEmpty,
    ...(load && { load: { otherShare: 0, ...load } }),
  };
  const emulator = await serveOrganisation(serve);
  try {
    const loaded = loadIdentityFile('identity.yaml', () => JSON.stringify(wanted));
    const seconds = (from: number): number => ((performance.now() - from) / 1000) * timeScale;
    const idle = performance.eventLoopUtilization();
    const begun = performance.now();
    const aws = await connect({
      region: 'us-east-1',
      local: { endpoint: emulator.url },
      askCaller: true,
      clock: fasterClock(timeScale),
      ...(load && { limits: serviceLimits }),
    });
    const { plan, live: state } = await planWith(aws, loaded, seesOrphans);
    const planSeconds = seconds(begun);
    const planned = await emulator.takeCounts();
    const written = performance.now();
    let failed = 0;
    await applySteps(kinds, aws, plan.steps, state, ({ type }) => {
      if (type === 'failed' || type === 'skipped') failed += 1;
    });
    const applySeconds = plan.steps.length === 0 ? 0 : seconds(written);
    const counts = addCounts(planned, await emulator.takeCounts());
    return {
      calls: callsOf(counts),
      planCalls: callsOf(planned),
      counts,
      planSeconds,
      applySeconds,
      plan,
      failed,
      isHeldBack: load !== undefined && performance.eventLoopUtilization(idle).utilization > 0.7,
    };
  } finally {
    await emulator.close();
  }
}

const planWith = (aws: Aws, loaded: ReturnType<typeof loadIdentityFile>, removeOrphans: boolean): Promise<PlanResult> =>
  makePlanToShow(liveSource(aws, { isLocal: true }), loaded, { removeOrphans, now: new Date() });

/** A clock on which so many times more passes: a pause of a second takes a tenth of one with 10. */
const fasterClock = (times: number): Clock => ({
  ...systemClock,
  elapsed: () => systemClock.elapsed() * times,
  sleep: (milliseconds) => systemClock.sleep(milliseconds / times),
});

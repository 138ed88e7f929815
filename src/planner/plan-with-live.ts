import type { Aws } from '../aws/connect.ts';
import type { LoadedFile } from '../config/load.ts';
import { readLive } from '../reconcile/read.ts';
import { nameLive, type LiveState } from '../reconcile/state.ts';
import { kinds } from '../kinds/index.ts';
import { withLookUps } from '../source/look-ups.ts';
import { planChanges, type PlanOptions, type PlanResult } from './plan.ts';
import { readSurroundings } from '../source/context.ts';
import { readOptionsOf, renamesInPlace, resolveFile, type ResolvedFile } from './compile.ts';

export interface MadePlan extends PlanResult {
  /** The plan that the same file and the same live state would have made at another time. Reads nothing. */
  asOf(time: Date): PlanResult;
}

/** Reads the live state and compares it with the file. Changes nothing. */
export async function makePlan(connected: Aws, loaded: LoadedFile, options: PlanOptions): Promise<MadePlan> {
  const aws = await withLookUps(connected, loaded.document);
  const surroundings = await readSurroundings(aws, loaded.document);
  const file = resolveFile(loaded, surroundings, options.now);
  const { live, seesOrphans } = await readNamed(aws, file, options.removeOrphans);
  const planAt = (then: ResolvedFile, now: Date): PlanResult =>
    planChanges(then, live, surroundings, { ...options, seesOrphans, now });
  return { ...planAt(file, options.now), asOf: (time) => planAt(resolveFile(loaded, surroundings, time), time) };
}

/** In a function of its own: what AWS answered is let go before the plan is made. */
async function readNamed(
  aws: Aws,
  file: ResolvedFile,
  needsOrphans: boolean,
): Promise<{ live: LiveState; seesOrphans: boolean }> {
  const { reading, seesOrphans } = await readLive(kinds, aws, readOptionsOf(file, needsOrphans));
  return { live: nameLive(kinds, reading, renamesInPlace(file), file.desired), seesOrphans };
}

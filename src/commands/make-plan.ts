import type { Aws } from '../aws/connect.ts';
import type { LoadedFile } from '../config/load.ts';
import { readLive } from '../engine/read.ts';
import { nameLive } from '../engine/state.ts';
import { kinds } from '../kinds/index.ts';
import { planChanges, type PlanOptions, type PlanResult } from './plan-changes.ts';
import { readOptionsOf, renamesInPlace, resolveFile } from './resolve-file.ts';

export interface MadePlan extends PlanResult {
  /** The plan that the same file and the same live state would have made at another time. Reads nothing. */
  asOf(time: Date): PlanResult;
}

/** Reads the live state and compares it with the file. Changes nothing. */
export async function makePlan(aws: Aws, loaded: LoadedFile, options: PlanOptions): Promise<MadePlan> {
  const file = resolveFile(loaded, aws, options.now);
  const reading = await readLive(kinds, aws, readOptionsOf(file, options.removeOrphans));
  const live = nameLive(kinds, reading, renamesInPlace(file));
  return {
    ...planChanges(file, live, aws, options),
    asOf: (time) => planChanges(resolveFile(loaded, aws, time), live, aws, { ...options, now: time }),
  };
}

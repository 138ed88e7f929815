import type { Aws } from '../aws/connect.ts';
import type { LoadedFile } from '../config/load.ts';
import { readLive } from '../engine/read.ts';
import { nameLive } from '../engine/state.ts';
import { kinds } from '../kinds/index.ts';
import { planChanges, type PlanOptions, type PlanResult } from './plan-changes.ts';
import { readOptionsOf, renamesInPlace, resolveFile } from './resolve-file.ts';

/** Reads the live state and compares it with the file. Changes nothing. */
export async function makePlan(aws: Aws, loaded: LoadedFile, options: PlanOptions): Promise<PlanResult> {
  const file = resolveFile(loaded, aws);
  const reading = await readLive(kinds, aws, readOptionsOf(file, options.removeOrphans));
  return planChanges(file, nameLive(kinds, reading, renamesInPlace(file)), aws, options);
}

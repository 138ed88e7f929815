import type { Aws } from '../aws/connect.ts';
import type { LoadedFile } from '../config/load.ts';
import { readLive } from '../engine/state.ts';
import { kinds } from '../kinds/index.ts';
import { planChanges, type PlanOptions, type PlanResult } from './plan-changes.ts';
import { readOptionsOf, resolveFile } from './resolve-file.ts';

/** Reads the live state and compares it with the file. Changes nothing. */
export async function makePlan(aws: Aws, loaded: LoadedFile, options: PlanOptions): Promise<PlanResult> {
  const file = resolveFile(loaded, aws);
  const live = await readLive(kinds, aws, readOptionsOf(file));
  return planChanges(file, live, aws, options);
}

import { renderJson } from '../../render/json.ts';
import { exitCodes, type Io } from '../io.ts';
import { annotateRefusal } from '../github-job.ts';
import { loadFile } from '../../source/load-file.ts';
import { makePlanFrom, type SourceFlags } from '../../planner/plan-from.ts';
import { notePassedTime } from '../../planner/expired-since-review.ts';
import { printPlan, type PrintFlags } from '../print-plan.ts';
import { readPlan } from '../../planner/saved-plan.ts';
import { writePrivately } from '../write-text.ts';

export interface PlanFlags extends PrintFlags, SourceFlags {
  out?: string;
  detailedExitcode?: boolean;
  orphans?: boolean;
  only?: 'expired';
}

/** Shows what an apply would do; changes nothing. */
export async function plan(io: Io, flags: PlanFlags, file: string): Promise<number> {
  const loaded = loadFile(file);
  const made = await makePlanFrom(io, flags, loaded, {
    file,
    removeOrphans: flags.orphans ?? false,
    only: flags.only,
  });
  const plan =
    flags.reviewed === undefined
      ? made.plan
      : notePassedTime(made, loaded.document, readPlan(flags.reviewed), io.now());
  if (flags.out !== undefined) writePrivately(flags.out, renderJson(plan));
  printPlan(io, flags, plan);
  annotateRefusal(io, plan);
  if (plan.violations.length > 0) return exitCodes.refused;
  return flags.detailedExitcode && plan.steps.length > 0 ? exitCodes.pending : exitCodes.done;
}

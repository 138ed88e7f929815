import { planJson } from '../../render/json.ts';
import { isPending } from '../../core/plan.ts';
import { exitCodes, type Io } from '../io.ts';
import { annotateRefusal, annotateWarnings } from '../github-job.ts';
import { loadBase } from '../../source/base.ts';
import { loadFile } from '../../source/load-file.ts';
import { makePlanToShow } from '../../planner/make-plan.ts';
import { noteExpiredSinceReview } from '../../planner/expired-since-review.ts';
import { printPlan, type PrintFlags } from '../print-plan.ts';
import { withSource, type SourceFlags } from '../session.ts';
import { readPlan } from '../../planner/saved-plan.ts';
import { writePrivately } from '../../files/write-privately.ts';

export interface PlanFlags extends PrintFlags, SourceFlags {
  out?: string;
  detailedExitcode?: boolean;
  orphans?: boolean;
  only?: 'expired';
  base?: string;
}

/** Shows what an apply would do; changes nothing. */
export async function plan(io: Io, flags: PlanFlags, file: string, version: string): Promise<number> {
  const loaded = loadFile(file);
  const base = flags.base === undefined ? undefined : loadBase(flags.base, file);
  const wishes = { base, removeOrphans: flags.orphans ?? false, only: flags.only, now: io.now() };
  const made = await withSource(io, flags, loaded, file, (source) => makePlanToShow(source, loaded, wishes));
  const judged =
    flags.reviewed === undefined
      ? made.plan
      : noteExpiredSinceReview(made, loaded.document, readPlan(flags.reviewed), io.now());
  const plan = { ...judged, toolVersion: version };
  if (flags.out !== undefined) writePrivately(flags.out, planJson(plan));
  printPlan(io, flags, plan);
  annotateRefusal(io, plan);
  annotateWarnings(io, made.unresolved);
  if (plan.violations.length > 0) return exitCodes.refused;
  return flags.detailedExitcode && isPending(plan) ? exitCodes.pending : exitCodes.done;
}

import { renderJson } from '../render/json.ts';
import { exitCodes, type Io } from './io.ts';
import { annotateRefusal } from './job-log.ts';
import { loadFile } from './load-file.ts';
import { makePlanFrom, type SourceFlags } from './make-plan-from.ts';
import { printPlan, type PrintFlags } from './print-plan.ts';
import { writeText } from './write-file.ts';

export interface PlanFlags extends PrintFlags, SourceFlags {
  out?: string;
  detailedExitcode?: boolean;
  orphans?: boolean;
  only?: 'expired';
}

/** Shows what an apply would do; changes nothing. */
export async function plan(io: Io, flags: PlanFlags, file: string): Promise<number> {
  const { plan } = await makePlanFrom(io, flags, loadFile(file), {
    file,
    removeOrphans: flags.orphans ?? false,
    only: flags.only,
  });
  if (flags.out !== undefined) writeText(flags.out, renderJson(plan));
  printPlan(io, flags, plan);
  annotateRefusal(io, plan);
  if (plan.violations.length > 0) return exitCodes.refused;
  return flags.detailedExitcode && plan.steps.length > 0 ? exitCodes.pending : exitCodes.done;
}

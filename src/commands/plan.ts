import { renderJson } from '../render/json.ts';
import { exitCodes, type Io } from './io.ts';
import { annotateRefusal } from './job-log.ts';
import { loadFile } from './load-file.ts';
import { makePlan } from './make-plan.ts';
import { printPlan, type PrintFlags } from './print-plan.ts';
import { openSession } from './session.ts';
import { writeText } from './write-file.ts';

export interface PlanFlags extends PrintFlags {
  out?: string;
  detailedExitcode?: boolean;
  orphans?: boolean;
  only?: 'expired';
}

/** Shows what an apply would do; changes nothing. */
export async function plan(io: Io, flags: PlanFlags, file: string): Promise<number> {
  const loaded = loadFile(file);
  const session = await openSession(io, flags, loaded.document, file);
  try {
    const { plan } = await makePlan(session.aws, loaded, {
      removeOrphans: flags.orphans ?? false,
      only: flags.only,
      isLocal: flags.local ?? false,
      now: io.now(),
    });
    session.doneReading();
    if (flags.out !== undefined) writeText(flags.out, renderJson(plan));
    printPlan(io, flags, plan);
    annotateRefusal(io, plan);
    if (plan.violations.length > 0) return exitCodes.refused;
    return flags.detailedExitcode && plan.steps.length > 0 ? exitCodes.pending : exitCodes.done;
  } finally {
    await session.close();
  }
}

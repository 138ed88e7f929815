import { readFileSync } from 'node:fs';
import type { LoadedFile } from '../config/load.ts';
import { RefusedError, ReportedError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { renderApplyJson, renderApplySummary, type ApplyOutcome } from '../render/apply-summary.ts';
import { renderJson } from '../render/json.ts';
import { parsePlan } from '../render/plan-schema.ts';
import { renderText } from '../render/text.ts';
import { exitCodes, wantsColor, type CommonFlags, type Io } from './io.ts';
import { loadFile } from './load-file.ts';
import { makePlan } from './make-plan.ts';
import { makeFolder, writeAllProfiles } from './profiles.ts';
import { runSteps } from './run-steps.ts';
import { loadedFromPlan } from './saved-plan.ts';
import { openSession } from './session.ts';

export interface ApplyFlags extends CommonFlags {
  yes?: boolean;
  digest?: string;
  format?: 'text' | 'json';
  orphans?: boolean;
  profiles?: string;
}

/** Plans, asks, and carries out exactly that. A saved plan is planned again from the document inside it. */
export async function apply(io: Io, flags: ApplyFlags, file: string): Promise<number> {
  if (flags.profiles !== undefined) makeFolder(flags.profiles);
  const saved = file.endsWith('.json') ? parsePlan(readText(file)) : undefined;
  const loaded: LoadedFile = saved ? loadedFromPlan(saved, file) : loadFile(file);
  // A saved plan may lie anywhere; the local Identity Center is the one beside the file.
  const session = await openSession(io, flags, loaded.document, saved ? (flags.file ?? file) : file);
  try {
    const { aws } = session;
    const made = await makePlan(aws, loaded, {
      removeOrphans: flags.orphans ?? false,
      isLocal: flags.local ?? false,
    });
    session.doneReading();
    const { plan, names, live } = made;
    const isJson = flags.format === 'json';
    const options = { color: wantsColor(io, flags, io.outIsTerminal), width: io.columns() };
    if (!isJson) io.out(renderText(plan, { ...options, names }));
    // Nobody is asked about what they have not seen.
    else if (!flags.yes)
      io.err(renderText(plan, { ...options, color: wantsColor(io, flags, io.errIsTerminal), names }));

    checkReviewed(plan, saved, flags.digest);
    if (plan.violations.length > 0) {
      if (isJson) io.out(renderJson(plan));
      io.err('Nothing was changed.\n');
      return exitCodes.refused;
    }
    if (plan.steps.length > 0) await confirm(io, flags, plan.steps.length);
    const outcome: ApplyOutcome = {
      ...(await runSteps(io, flags, aws, plan.steps, live)),
      notices: plan.warnings.filter(({ code }) => code === 'no-invitation'),
    };
    if (isJson) io.out(renderApplyJson(outcome));
    else if (plan.steps.length > 0) io.out(`\n${renderApplySummary(outcome, options)}`);

    if (outcome.succeeded.length < plan.steps.length) return exitCodes.failed;
    if (flags.profiles !== undefined) writeAllProfiles(io, flags.profiles, loaded, made, aws.instance);
    return exitCodes.done;
  } finally {
    await session.close();
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ReportedError('unreadable-file', `${file} can't be read: ${(error as Error).message}`);
  }
}

/** What was reviewed is what is applied, or nothing. */
function checkReviewed(plan: Plan, saved: Plan | undefined, digest: string | undefined): void {
  if (saved && saved.instance.arn !== plan.instance.arn) {
    throw new RefusedError(`The saved plan is for ${saved.instance.arn}, and this is ${plan.instance.arn}.`);
  }
  for (const reviewed of [digest, saved?.digest]) {
    if (reviewed === undefined || reviewed === plan.digest) continue;
    throw new RefusedError(
      `This is not the plan that was reviewed: that was ${reviewed}, this is ${plan.digest}. The file, the live state or the flags (--orphans) have changed since; review the plan again. Nothing was changed.`,
    );
  }
}

async function confirm(io: Io, flags: ApplyFlags, count: number): Promise<void> {
  if (flags.yes) return;
  if (!io.canAsk) {
    throw new RefusedError(
      'There is no terminal to ask on, so nothing was changed. Add --yes to apply without a question.',
    );
  }
  const answer = await io.ask(
    `\nApply ${count === 1 ? 'this change' : `these ${count} changes`}? Only "yes" is a yes: `,
  );
  if (answer.trim() !== 'yes') throw new RefusedError('There was no "yes", so nothing was changed.');
}

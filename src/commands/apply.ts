import type { LoadedFile } from '../config/load.ts';
import { subjectAddress } from '../core/address.ts';
import { comparePlans } from '../core/plan-difference.ts';
import { RefusedError } from '../core/errors.ts';
import type { Plan, Step, Warning } from '../core/plan.ts';
import { renderApplyJson, renderApplySummary, type ApplyOutcome } from '../render/apply-summary.ts';
import { renderJson } from '../render/json.ts';
import { renderApplyMarkdown } from '../render/markdown-apply.ts';
import { renderMarkdown } from '../render/markdown.ts';
import { renderText } from '../render/text.ts';
import { exitCodes, wantsColor, type Io } from './io.ts';
import { annotateRefusal } from './job-log.ts';
import { loadFile } from './load-file.ts';
import { makePlan } from './make-plan.ts';
import { differenceText, markdownFlags, type PrintFlags } from './print-plan.ts';
import { makeFolder, writeAllProfiles } from './profiles.ts';
import { runSteps } from './run-steps.ts';
import { loadedFromPlan, readPlan } from './saved-plan.ts';
import { openSession } from './session.ts';

export interface ApplyFlags extends PrintFlags {
  yes?: boolean;
  digest?: string;
  orphans?: boolean;
  profiles?: string;
}

/** Plans, asks, and carries out exactly that. A saved plan is planned again from the document inside it. */
export async function apply(io: Io, flags: ApplyFlags, file: string): Promise<number> {
  if (flags.profiles !== undefined) makeFolder(flags.profiles);
  const saved = file.endsWith('.json') ? readPlan(file) : undefined;
  const reviewed = flags.reviewed === undefined ? saved : readPlan(flags.reviewed);
  const loaded: LoadedFile = saved ? loadedFromPlan(saved, file) : loadFile(file);
  // A saved plan may lie anywhere; the local Identity Center is the one beside the file.
  const session = await openSession(io, flags, loaded.document, saved ? (flags.file ?? file) : file);
  try {
    const { aws } = session;
    const made = await makePlan(aws, loaded, {
      removeOrphans: flags.orphans ?? false,
      isLocal: flags.local ?? false,
      now: io.now(),
    });
    session.doneReading();
    const { plan, live } = made;
    const { format = 'text' } = flags;
    const options = { color: wantsColor(io, flags, io.outIsTerminal), width: io.columns() };
    if (format === 'text') io.out(renderText(plan, options));
    // Nobody is asked about what they have not seen.
    else if (!flags.yes) io.err(renderText(plan, { ...options, color: wantsColor(io, flags, io.errIsTerminal) }));

    annotateRefusal(io, plan);
    checkReviewed(io, flags, plan, reviewed);
    if (plan.violations.length > 0) {
      if (format === 'json') io.out(renderJson(plan));
      if (format === 'markdown') io.out(refusalMarkdown(flags, plan));
      io.err('Nothing was changed.\n');
      return exitCodes.refused;
    }
    if (plan.steps.length > 0) await confirm(io, flags, plan.steps.length);
    const done = await runSteps(io, flags, aws, plan.steps, live);
    const outcome: ApplyOutcome = { ...done, notices: noticesOf(plan, done.succeeded) };
    if (format === 'json') io.out(renderApplyJson(outcome));
    else if (format === 'markdown') io.out(renderApplyMarkdown(outcome, { ...markdownFlags(flags), plan }));
    else if (plan.steps.length > 0) io.out(`\n${renderApplySummary(outcome, options)}`);

    if (outcome.succeeded.length < plan.steps.length) return exitCodes.failed;
    if (flags.profiles !== undefined) writeAllProfiles(io, flags.profiles, loaded, made, aws.instance);
    return exitCodes.done;
  } finally {
    await session.close();
  }
}

/** What people have to do now; nobody is written to who has not been made a user. */
function noticesOf({ warnings }: Plan, succeeded: readonly Step[]): Warning[] {
  const made = new Set(succeeded.map(({ id }) => id));
  return warnings
    .filter(({ code }) => code === 'no-invitation')
    .map(({ toSend = [], ...rest }) => ({
      ...rest,
      toSend: toSend.filter(({ to }) => made.has(subjectAddress('user', to))),
    }));
}

/** What was reviewed is what is applied, or nothing. */
function checkReviewed(io: Io, flags: ApplyFlags, plan: Plan, reviewed: Plan | undefined): void {
  if (reviewed && reviewed.instance.arn !== plan.instance.arn) {
    throw new RefusedError(`The reviewed plan is for ${reviewed.instance.arn}, and this is ${plan.instance.arn}.`);
  }
  const other = [flags.digest, reviewed?.digest].find((digest) => digest !== undefined && digest !== plan.digest);
  if (other === undefined) return;
  const difference = reviewed && comparePlans(reviewed, plan);
  if (flags.format === 'markdown') io.out(refusalMarkdown(flags, plan, difference));
  io.err(differenceText(difference, plan, { color: wantsColor(io, flags, io.errIsTerminal), width: io.columns() }));
  const hint = reviewed
    ? ''
    : ' With --reviewed plan.json, the plan that was saved when it was reviewed, it is said what differs.';
  throw new RefusedError(
    `This is not the plan that was reviewed: that was ${other}, this is ${plan.digest}. The file, the live state or the flags (--orphans) have changed since; review the plan again. Nothing was changed.${hint}`,
  );
}

function refusalMarkdown(flags: ApplyFlags, plan: Plan, difference?: ReturnType<typeof comparePlans>): string {
  const note =
    plan.violations.length > 0
      ? 'Nothing was applied.'
      : 'Nothing was applied: this is not the plan that was reviewed. Review this one.';
  return renderMarkdown(plan, { marker: 'apply', note, ...markdownFlags(flags), difference });
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

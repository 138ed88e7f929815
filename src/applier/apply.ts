import { guardedThings } from '../access/guarded.ts';
import type { LoadedFile } from '../config/load.ts';
import { subjectAddress } from '../core/address.ts';
import { RefusedError } from '../core/errors.ts';
import { managementAccountOf, type Plan, type Step, type Warning } from '../core/plan.ts';
import { comparePlans } from '../core/plan-difference.ts';
import { renderApplyJson, renderApplySummary, type ApplyOutcome } from '../render/text/apply-summary.ts';
import { renderApplyMarkdown } from '../render/markdown/apply.ts';
import { renderText } from '../render/text/text.ts';
import { checkReviewed, printRefusal } from '../planner/check-reviewed.ts';
import { waitForEarlier } from './earlier-requests.ts';
import { exitCodes, wantsColor, type Io } from '../cli/io.ts';
import { annotateRefusal } from '../cli/github-job.ts';
import { makePlan } from '../planner/plan-with-live.ts';
import { findPassedEnd, isReviewed, passedText, type Reviewed } from '../planner/expired-since-review.ts';
import { markdownFlags, type PrintFlags } from '../cli/print-plan.ts';
import { writeAllProfiles } from '../cli/run/profiles.ts';
import { runSteps } from './steps.ts';
import type { Session } from '../source/session.ts';

export interface ApplyFlags extends PrintFlags {
  yes?: boolean;
  digest?: string;
  orphans?: boolean;
  only?: 'expired';
  profiles?: string;
  journal?: string;
  /** Known only to be refused. */
  snapshot?: string;
}

/**
 * Plans over an open session, asks, and carries out exactly that. Answers the exit code.
 * @param plans what was reviewed; none where nothing was saved
 */
export async function applyLoaded(
  io: Io,
  flags: ApplyFlags,
  session: Omit<Session, 'close'>,
  loaded: LoadedFile,
  plans: readonly Plan[],
): Promise<number> {
  const { aws } = session;
  await waitForEarlier(io, aws);
  const now = io.now();
  const options = { removeOrphans: flags.orphans ?? false, only: flags.only, isLocal: flags.local ?? false, now };
  const made = await makePlan(aws, loaded, options);
  session.doneReading();
  const { plan, live } = made;
  const { format = 'text' } = flags;
  const look = { color: wantsColor(io, flags, io.outIsTerminal), width: io.columns() };
  if (format === 'text') io.out(renderText(plan, look));
  // Nobody is asked about what they have not seen.
  else if (!flags.yes) io.err(renderText(plan, { ...look, color: wantsColor(io, flags, io.errIsTerminal) }));

  annotateRefusal(io, plan);
  const wanted: Reviewed = { digest: flags.digest, plans };
  const passed = isReviewed(plan, wanted) ? undefined : findPassedEnd(made, loaded.document, wanted, now);
  if (passed) io.err(`${passedText(passed, plan)}\n`);
  else checkReviewed(io, flags, plan, plans);
  if (plan.violations.length > 0) {
    printRefusal(io, flags, plan, { note: 'Nothing was applied.' });
    io.err('Nothing was changed.\n');
    return exitCodes.refused;
  }
  if (plan.steps.length > 0 && (await confirm(io, flags, plan.steps.length))) {
    // Whoever is asked may take their time, and others don't wait.
    const { plan: since } = await makePlan(aws, loaded, options);
    session.doneReading();
    if (comparePlans(plan, since)) {
      throw new RefusedError('What is live has changed since the question, so nothing was changed. Run it again.');
    }
  }
  session.journal?.begin({ instance: aws.instance, caller: aws.caller?.arn, plan });
  const guarded = guardedThings({
    facts: made.facts,
    managementAccount: managementAccountOf(plan.instance),
    protectedAccess: (loaded.document.safety.protected ?? []).map((one) => ({
      ...one,
      account: made.accountId(one.account),
    })),
  });
  const done = await runSteps(io, flags, session, plan.steps, live, guarded);
  const outcome: ApplyOutcome = { ...done, runId: session.runId, notices: noticesOf(plan, done.succeeded) };
  if (format === 'json') io.out(renderApplyJson(outcome));
  else if (format === 'markdown') io.out(renderApplyMarkdown(outcome, { ...markdownFlags(flags), plan }));
  else if (plan.steps.length > 0) io.out(`\n${renderApplySummary(outcome, look)}`);

  if (outcome.succeeded.length < plan.steps.length) return exitCodes.failed;
  if (flags.profiles !== undefined) writeAllProfiles(io, flags.profiles, loaded, made, aws.instance);
  return exitCodes.done;
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

/** Whether somebody was asked. */
async function confirm(io: Io, flags: ApplyFlags, count: number): Promise<boolean> {
  if (flags.yes) return false;
  if (!io.canAsk) {
    throw new RefusedError(
      'There is no terminal to ask on, so nothing was changed. Add --yes to apply without a question.',
    );
  }
  const answer = await io.ask(
    `\nApply ${count === 1 ? 'this change' : `these ${count} changes`}? Only "yes" is a yes: `,
  );
  if (answer.trim() !== 'yes') throw new RefusedError('There was no "yes", so nothing was changed.');
  return true;
}

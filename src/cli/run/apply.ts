import { randomUUID } from 'node:crypto';
import type { LoadedFile } from '../../config/load.ts';
import { applyPlan, failureText, type ApplyListener } from '../../applier/apply.ts';
import { waitForEarlier } from '../../applier/earlier-requests.ts';
import { openJournal, type Journal } from '../../applier/journal.ts';
import { RefusedError, ReportedError } from '../../core/errors.ts';
import { comparePlans } from '../../core/plan-difference.ts';
import type { Plan } from '../../core/plan.ts';
import { version } from '../../core/version.ts';
import { countOf, listOf } from '../../core/words.ts';
import {
  findExpirySinceReview,
  isReviewed,
  expiredSinceReviewText,
  type Reviewed,
} from '../../planner/expired-since-review.ts';
import { makePlan, type MadePlan } from '../../planner/make-plan.ts';
import { baseFromPlan, loadedFromPlan, readPlan } from '../../planner/saved-plan.ts';
import { invitationWarning } from '../../planner/user-warnings.ts';
import { sanitize } from '../../core/sanitize.ts';
import { renderApplyMarkdown } from '../../render/markdown/apply.ts';
import { renderApplyJson, renderApplySummary, type ApplyOutcome } from '../../render/text/apply-summary.ts';
import { createProgress, type Progress } from '../../render/text/progress.ts';
import { renderDifference } from '../../render/text/text-difference.ts';
import { renderText } from '../../render/text/text.ts';
import { liveSource } from '../../source/live.ts';
import { loadBase, type Base } from '../../source/base.ts';
import { loadFile } from '../../source/load-file.ts';
import { checkDigest, checkReviewed, printRefusal } from '../check-reviewed.ts';
import { annotateRefusal, annotateWarnings } from '../github-job.ts';
import { exitCodes, wantsColor, type Io } from '../io.ts';
import { lessText, markdownFlags, type PrintFlags } from '../print-plan.ts';
import { openCliSession, type CliSession } from '../session.ts';
import { makeProfilesFolder, writeAllProfiles } from './profiles.ts';

export interface ApplyFlags extends PrintFlags {
  yes?: boolean;
  digest?: string;
  orphans?: boolean;
  only?: 'expired';
  base?: string;
  profiles?: string;
  journal?: string;
  /** Known only to be refused. */
  snapshot?: string;
}

/** Plans, asks, and carries out exactly that. A saved plan is planned again from the document inside it. */
export async function apply(io: Io, flags: ApplyFlags, file: string): Promise<number> {
  if (flags.snapshot !== undefined) {
    throw new ReportedError(
      'apply-from-snapshot',
      'An apply always reads what is live, and never a snapshot. Nothing was changed.',
      'Leave --snapshot away. A plan that was saved from a snapshot can be applied, where the live state still leads to it: idc apply plan.json.',
    );
  }
  if (flags.profiles !== undefined) makeProfilesFolder(flags.profiles);
  const saved = file.endsWith('.json') ? readPlan(file) : undefined;
  const reviewed = [...(saved ? [saved] : []), ...(flags.reviewed === undefined ? [] : [readPlan(flags.reviewed)])];
  checkDigest(flags.digest, reviewed);
  const loaded: LoadedFile = saved ? loadedFromPlan(saved, file) : loadFile(file);
  // A saved plan may lie anywhere; what is beside the file is not beside it.
  const path = saved ? (flags.file ?? file) : file;
  // What was reviewed was compared with the same file before.
  const [first] = reviewed;
  const base = flags.base === undefined ? first && baseFromPlan(first, file) : loadBase(flags.base, path);
  const runId = randomUUID();
  const journal = flags.journal === undefined ? undefined : openJournal(flags.journal, runId, version, io.now);
  try {
    const session = await openCliSession(io, flags, loaded.document, path, { runId, journal });
    try {
      return await applyWith(io, flags, { ...session, journal }, loaded, { reviewed, base });
    } finally {
      await session.close();
    }
  } finally {
    journal?.close();
  }
}

/**
 * The same over an open session. Answers the exit code.
 * @param reviewed what was reviewed; none where nothing was saved
 * @param base the file before; undefined where none was given
 */
export async function applyWith(
  io: Io,
  flags: ApplyFlags,
  { aws, runId, journal, doneReading }: Omit<CliSession, 'close'> & { journal?: Journal | undefined },
  loaded: LoadedFile,
  { reviewed, base }: { reviewed: readonly Plan[]; base?: Base | undefined },
): Promise<number> {
  await waitForEarlier(aws, io, (count) =>
    io.err(`Waiting for ${countOf(count, 'request')} that somebody, or an earlier run, has begun in AWS …\n`),
  );
  const now = io.now();
  const source = liveSource(aws, { isLocal: flags.local ?? false });
  const wishes = { base, removeOrphans: flags.orphans ?? false, only: flags.only, now };
  const made = await makePlan(source, loaded, wishes);
  doneReading();
  const { plan } = made;
  const { format = 'text' } = flags;
  const look = { color: wantsColor(io, flags, io.outIsTerminal), width: io.columns() };
  if (format === 'text') io.out(renderText(plan, look));
  // Nobody is asked about what they have not seen.
  else if (!flags.yes) io.err(renderText(plan, { ...look, color: wantsColor(io, flags, io.errIsTerminal) }));

  annotateRefusal(io, plan);
  annotateWarnings(io, made.unresolved);
  checkReview(io, flags, made, loaded, { digest: flags.digest, plans: reviewed });
  if (plan.violations.length > 0) {
    printRefusal(io, flags, plan, { note: 'Nothing was applied.' });
    io.err('Nothing was changed.\n');
    return exitCodes.refused;
  }
  let chosen = made;
  if (plan.steps.length > 0 && (await confirm(io, flags, plan.steps.length))) {
    // Whoever is asked may take their time, and others don't wait.
    chosen = await makePlan(source, loaded, { ...wishes, now: io.now() });
    doneReading();
    checkSince(io, flags, plan, chosen.plan);
  }
  const begun = io.elapsed();
  const applied = await carryOut(io, flags, aws, chosen, loaded, journal);
  const { steps } = chosen.plan;
  const outcome: ApplyOutcome = {
    ...applied,
    milliseconds: Math.round(io.elapsed() - begun),
    runId,
    notices: [...chosen.unresolved, ...invitationWarning(applied.succeeded, chosen.plan, loaded.document)],
  };
  if (format === 'json') io.out(renderApplyJson(outcome));
  else if (format === 'markdown') io.out(renderApplyMarkdown(outcome, { ...markdownFlags(flags), plan: chosen.plan }));
  else if (steps.length > 0) io.out(`\n${renderApplySummary(outcome, look)}`);

  if (outcome.succeeded.length < steps.length) return exitCodes.failed;
  if (flags.profiles !== undefined) writeAllProfiles(io, flags.profiles, loaded, chosen, aws.instance);
  return exitCodes.done;
}

/**
 * Errors: a `RefusedError` where the plan that was made after the question does more than the one that was asked about, or
 * where a guard speaks against it that had nothing to say before: an administrator may have gone in the meantime.
 */
function checkSince(io: Io, flags: ApplyFlags, asked: Plan, since: Plan): void {
  const look = { color: wantsColor(io, flags, io.errIsTerminal), width: io.columns() };
  const difference = comparePlans(asked, since);
  if (difference) {
    io.err(`\nThis plan is not the one of the question any more.\n\n${renderDifference(difference, since, look)}`);
    throw new RefusedError(
      'What is live has changed since the question, or something has expired, so nothing was changed. Run it again.',
    );
  }
  if (since.violations.length > 0) {
    annotateRefusal(io, since);
    printRefusal(io, flags, since, { note: 'Nothing was applied.' });
    const reasons = since.violations.map(({ code, message }) => `${sanitize(message)} (${code})`);
    throw new RefusedError(
      `What is live has changed since the question, and this would be refused now: ${reasons.join(' ')}. Nothing was changed.`,
    );
  }
  io.err(lessText(asked, since, look));
}

/** Errors: a `RefusedError` where the plan is not what was reviewed, but for what has expired since. */
function checkReview(io: Io, flags: ApplyFlags, made: MadePlan, { document }: LoadedFile, wanted: Reviewed): void {
  const { plan } = made;
  const expiry = isReviewed(plan, wanted) ? undefined : findExpirySinceReview(made, document, wanted, io.now());
  if (expiry) io.err(`${expiredSinceReviewText(expiry, plan)}\n`);
  else checkReviewed(io, flags, plan, wanted.plans);
}

/** Carries the steps out, with progress on stderr. */
async function carryOut(
  io: Io,
  flags: ApplyFlags,
  aws: CliSession['aws'],
  made: MadePlan,
  { document }: LoadedFile,
  journal: Journal | undefined,
): ReturnType<typeof applyPlan> {
  const progress = createProgress({
    write: io.err,
    isTty: io.errIsTerminal,
    width: io.columns,
    steps: made.plan.steps,
    now: io.elapsed,
    color: wantsColor(io, flags, io.errIsTerminal),
  });
  const signal = io.onInterrupt();
  signal.addEventListener('abort', () =>
    io.err('\nStopping: what is under way is finished first. Ctrl-C again stops at once.\n'),
  );
  const applied = await applyPlan(aws, made, document, { signal, journal, listener: listenerOf(io, progress) });
  progress.close();
  return applied;
}

function listenerOf(io: Io, progress: Progress): ApplyListener {
  return {
    step(event) {
      if (event.type === 'failed') progress.failed(event.step, failureText(event.error));
      else if (event.type === 'skipped') progress.skipped(event.step, event.because);
      else progress[event.type](event.step);
    },
    onForeignRequest: (requestId) =>
      io.err(
        `\nSomebody else is changing assignments or permission sets of this instance (request ${requestId}). Stopping: what is under way is finished first. Run this again when they have ended.\n`,
      ),
    onDeleted(deleted) {
      const names = deleted.map(({ kind, address }) => `${kind} ${address.slice(kind.length + 1)}`);
      io.err(
        `\nSomebody else has removed or disabled ${sanitize(listOf(names, 5))} since this plan was made. Nothing is removed now, and nothing more is begun. Run this again.\n`,
      );
    },
  };
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

import { randomUUID } from 'node:crypto';
import type { LoadedFile } from '../../config/load.ts';
import { applyPlan, failureText, type ApplyListener } from '../../applier/apply.ts';
import { waitForEarlier } from '../../applier/earlier-requests.ts';
import { openJournal } from '../../applier/journal.ts';
import { openRecord } from '../../applier/record.ts';
import { watchedBy, type ApplyWatcher } from '../../applier/watcher.ts';
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
import { createdUsers, invitationNotice } from '../../planner/warnings/user-warnings.ts';
import { sanitize } from '../../core/sanitize.ts';
import { renderApplyMarkdown } from '../../render/markdown/apply.ts';
import { renderApplyJson, renderApplySummary, type ApplyOutcome } from '../../render/text/apply-summary.ts';
import { createProgress, type Progress } from '../../render/text/progress.ts';
import { renderDifference } from '../../render/text/text-difference.ts';
import { renderLead, renderText } from '../../render/text/text.ts';
import { liveSource } from '../../source/live.ts';
import { loadBase, type Base } from '../../source/base.ts';
import { loadFile } from '../../source/load-file.ts';
import { checkDigest, checkReviewed, printRefusal } from '../check-reviewed.ts';
import { workflowRunOf } from '../../github/workflow-run.ts';
import { annotateRefusal, annotateWarnings } from '../github-job.ts';
import { askForYes } from '../ask-yes.ts';
import { exitCodes, wantsColor, type Io } from '../io.ts';
import { lessText, markdownFlags, type PrintFlags } from '../print-plan.ts';
import { withCliSession, type CliSession } from '../session.ts';
import { makeFolderFor, sourceAfter, writeAllProfiles, writeLetters } from './profiles.ts';

export interface ApplyFlags extends PrintFlags {
  yes?: boolean;
  digest?: string;
  orphans?: boolean;
  only?: 'expired';
  base?: string;
  profiles?: string;
  letters?: string;
  journal?: string;
  record?: string;
  /** Known only to be refused. */
  snapshot?: string;
}

/** Plans, asks, and carries out exactly that. A saved plan is planned again from the document inside it. */
export async function apply(io: Io, flags: ApplyFlags, file: string): Promise<number> {
  if (flags.snapshot !== undefined) {
    throw new ReportedError(
      'apply-from-snapshot',
      'An apply reads the live state, never a snapshot. Nothing was changed.',
      'Run it without --snapshot. A plan saved from a snapshot can be applied if the live state still leads to it: idc apply plan.json.',
    );
  }
  if (flags.profiles !== undefined) makeFolderFor('profiles', flags.profiles);
  if (flags.letters !== undefined) makeFolderFor('messages', flags.letters);
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
  const watcher = openWatchers(io, flags, runId, first);
  try {
    return await withCliSession(io, flags, { document: loaded.document, path, runId, writes: watcher }, (session) =>
      applyWith(io, flags, { ...session, watcher }, loaded, { reviewed, base }),
    );
  } finally {
    watcher?.close();
  }
}

/** What keeps a journal and a record; undefined where neither is asked for. */
function openWatchers(
  io: Io,
  { journal, record, only }: ApplyFlags,
  runId: string,
  reviewed: Plan | undefined,
): ApplyWatcher | undefined {
  const run = { runId, version, reviewed: reviewed?.digest, only, workflow: workflowRunOf(io.env) };
  return watchedBy([
    journal === undefined ? undefined : openJournal(journal, runId, version, io.now),
    record === undefined ? undefined : openRecord(record, run, io),
  ]);
}

/**
 * The same over an open session. Answers the exit code.
 * @param reviewed what was reviewed; none where nothing was saved
 * @param base the file before; undefined where none was given
 */
export async function applyWith(
  io: Io,
  flags: ApplyFlags,
  { aws, runId, watcher, doneReading }: Omit<CliSession, 'close'> & { watcher?: ApplyWatcher | undefined },
  loaded: LoadedFile,
  { reviewed, base }: { reviewed: readonly Plan[]; base?: Base | undefined },
): Promise<number> {
  await waitForEarlier(aws, io, (count) =>
    io.err(`Waiting for ${countOf(count, 'request')} of an earlier run or another tool to finish in AWS …\n`),
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
  // Without a plan on the screen there is nothing to answer about.
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
  if (plan.steps.length > 0 && (await confirm(io, flags, plan))) {
    // The answer may take a while, and others change the live state meanwhile.
    chosen = await makePlan(source, loaded, { ...wishes, now: io.now() });
    doneReading();
    checkSince(io, flags, plan, chosen.plan);
  }
  const begun = io.elapsed();
  const applied = await carryOut(io, flags, aws, chosen, loaded, watcher);
  const { steps } = chosen.plan;
  const outcome: ApplyOutcome = {
    ...applied,
    milliseconds: Math.round(io.elapsed() - begun),
    runId,
    leavesHidden: applied.succeeded.some(chosen.isHidden),
    notices: [...chosen.unresolved, ...invitationNotice(applied.succeeded, flags.letters)],
  };
  if (format === 'json') io.out(renderApplyJson(outcome));
  else if (format === 'markdown') io.out(renderApplyMarkdown(outcome, { ...markdownFlags(flags), plan: chosen.plan }));
  else if (steps.length > 0) io.out(`\n${renderApplySummary(outcome, look)}`);

  const after = sourceAfter(loaded, chosen, aws.instance);
  // The next run makes nobody again, and would write none of these.
  const newUsers = createdUsers(applied.succeeded);
  if (flags.letters !== undefined && newUsers.length > 0) await writeLetters(io, flags.letters, newUsers, after);
  if (outcome.succeeded.length < steps.length) return exitCodes.failed;
  if (flags.profiles !== undefined) writeAllProfiles(io, flags.profiles, after);
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
    io.err(`\nThe plan has changed since the question.\n\n${renderDifference(difference, since, look)}`);
    throw new RefusedError(
      'The live state has changed since the question, or access has expired. Nothing was changed. Run it again.',
    );
  }
  if (since.violations.length > 0) {
    annotateRefusal(io, since);
    printRefusal(io, flags, since, { note: 'Nothing was applied.' });
    const reasons = since.violations.map(({ code, message }) => `${sanitize(message)} (${code})`);
    throw new RefusedError(
      `The live state has changed since the question, and the plan is now refused: ${reasons.join(' ')}. Nothing was changed.`,
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
  watcher: ApplyWatcher | undefined,
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
    io.err('\nStopping after the steps under way. Press Ctrl-C again to stop at once.\n'),
  );
  const applied = await applyPlan(aws, made, document, { signal, watcher, listener: listenerOf(io, progress) });
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
        `\nAnother run or tool is changing assignments or permission sets of this instance (request ${requestId}). Stopping after the steps under way. Run this again when it has finished.\n`,
      ),
    onDeleted(deleted) {
      const names = deleted.map(({ kind, address }) => `${kind} ${address.slice(kind.length + 1)}`);
      io.err(
        `\nSince this plan was made, ${sanitize(listOf(names, 5))} ${names.length === 1 ? 'was' : 'were'} removed or disabled outside this run. Stopping without removing anything. Run this again.\n`,
      );
    },
  };
}

/** Whether the question was asked. */
async function confirm(io: Io, flags: ApplyFlags, plan: Plan): Promise<boolean> {
  if (flags.yes) return false;
  await askForYes(io, {
    nothing: 'Nothing was changed',
    verb: 'apply',
    question() {
      // The plan may be longer than the screen.
      const lead = renderLead(plan, { color: wantsColor(io, flags, io.errIsTerminal), width: io.columns() });
      io.err(`\n${lead}`);
      const count = plan.steps.length;
      return `Apply ${count === 1 ? 'this change' : `these ${count} changes`}? Type "yes" to apply: `;
    },
  });
  return true;
}

import { existsSync } from 'node:fs';
import { defaultFile } from '../../../core/file-name.ts';
import { historyBranch, type ApplyRecord, type HistoryRecord } from '../../../core/apply-record.ts';
import { RefusedError, ReportedError } from '../../../core/errors.ts';
import { joinWords } from '../../../core/words.ts';
import { markText, recordLine } from '../../../core/record-line.ts';
import { readText } from '../../../files/read-text.ts';
import { parseApplyRecord, parseHistoryRecord, recordText } from '../../../formats/record.ts';
import { appendToBranch, type BranchFiles, type NewFile } from '../../../github/append-to-branch.ts';
import { attemptsWithoutRecord, hasBegunToApply } from '../../../github/applied-commit.ts';
import { findApprovals, findAuthors } from '../../../github/approved-by.ts';
import type { GitHub } from '../../../github/client.ts';
import { asking } from '../../../github/errors.ts';
import { workflowRunOf } from '../../../github/workflow-run.ts';
import { chainRecord, readRecordPath, recordPath, type FromGitHub } from '../../../history/chain.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { identityPath } from './identity-files.ts';
import { makersFor } from './makers.ts';
import { openGitHub } from './session.ts';
import { writeOutputs } from './write-outputs.ts';
import { writeSummary } from './write-summary.ts';

export interface GitHubRecordFlags extends CommonFlags {
  pullRequests?: readonly number[];
  workflow?: string;
  environment?: string;
}

/** Adds the record of an apply to the history: once, however often it is run. */
export async function gitHubRecord(
  io: Io,
  flags: GitHubRecordFlags,
  recordFile: string,
  version: string,
): Promise<number> {
  if (!existsSync(recordFile)) return refuseLost(io, version, recordFile);
  const record = parseApplyRecord(readText(recordFile));
  // What a file adopts is live before, so that takes no step.
  if (record.result === 'nothing' && !record.access.adopted && !record.access.edited) {
    io.err('Not recorded, because nothing was applied.\n');
    writeOutputs(io, { record: undefined });
    return exitCodes.done;
  }
  const gitHub = openGitHub(io, version);
  const branch = await findDefaultBranch(gitHub);
  const found = await askGitHub(gitHub, record, flags, branch);
  let kept: HistoryRecord | undefined;
  const { isNew, overtaken } = await appendToBranch(gitHub, historyBranch, async (files) => {
    const there = files.paths.find((path) => readRecordPath(path)?.runId === record.runId);
    kept = there === undefined ? chainRecord(record, found, await lastOf(files)) : await readRecord(files, there);
    if (there !== undefined) refuseAnother(kept, record, found);
    return there === undefined ? fileOf(kept) : undefined;
  });
  if (!kept) throw new Error('the branch was never looked at');
  const after = overtaken > 0 ? `, after ${overtaken} that another run added meanwhile` : '';
  io.err(
    `Record ${kept.number} ${isNew ? `was added to ${historyBranch}${after}` : `is in ${historyBranch} already`}.\n`,
  );
  writeSummary(io, recordLine(kept));
  writeOutputs(io, { record: markText(kept) });
  await refuseEarlierLost(gitHub, record.workflow);
  return exitCodes.done;
}

/** There is nothing to record where nothing was begun. Errors: a `ReportedError` where it was, by what GitHub knows of the run. */
async function refuseLost(io: Io, version: string, recordFile: string): Promise<number> {
  const run = workflowRunOf(io.env);
  const gitHub = run && openGitHub(io, version);
  if (run && gitHub && !(await hasBegunToApply(gitHub, run.runId))) {
    await refuseEarlierLost(gitHub, run);
    io.err('Not recorded, because nothing was begun.\n');
    writeOutputs(io, { record: undefined });
    return exitCodes.done;
  }
  throw new ReportedError(
    'record-lost',
    `There is no record in ${recordFile}${run ? ', though this run began to apply' : ''}.`,
    'In a workflow, run the job again while the artifact with the record is there. What was done is in CloudTrail, by the run ID in the log of the apply.',
  );
}

/** Errors: a `ReportedError` where an earlier attempt of the run applied, and its record was never added. */
async function refuseEarlierLost(gitHub: GitHub, run: ApplyRecord['workflow']): Promise<void> {
  const lost = run && run.attempt > 1 ? await attemptsWithoutRecord(gitHub, run.runId, run.attempt) : [];
  if (lost.length === 0) return;
  throw new ReportedError(
    'record-lost',
    `Attempt ${joinWords(lost.map(String))} of this run began to apply too, and the record of it is not in the history.`,
    'What was done is in CloudTrail, by the run ID in the log of the apply of that attempt.',
  );
}

/**
 * Anyone who can push to the branch can have added a record of this run, for the summary and the comment to vouch for. Errors: a
 * `ReportedError` where the one that is there is not what this run adds.
 */
function refuseAnother(kept: HistoryRecord, record: ApplyRecord, found: FromGitHub): void {
  const before = kept.previous === null ? undefined : { number: kept.number - 1, digest: kept.previous };
  if (chainRecord(record, found, before).digest === kept.digest) return;
  throw new ReportedError(
    'record-differs',
    `${historyBranch} has another record of this run: record ${kept.number} is not what this run has done, or names other approvals than GitHub does.`,
    'See in the commits of the branch who added it. The record of the run is its artifact idc-record.',
  );
}

/** Errors: a `RefusedError` in a public repository. */
async function findDefaultBranch({ rest, at, repository }: GitHub): Promise<string> {
  const { data } = await asking('the repository', 'metadata: read', rest.repos.get(at));
  if (data.private) return data.default_branch;
  throw new RefusedError(
    `Nothing was recorded, because ${repository} is public: anyone could read who has had access to what, and who approved it.`,
    { hint: 'Make the repository private, or switch the history off: docs/history.md.' },
  );
}

async function askGitHub(
  gitHub: GitHub,
  { only, workflow }: ApplyRecord,
  { file = defaultFile, pullRequests: numbers = [], workflow: plans = '', environment }: GitHubRecordFlags,
  branch: string,
): Promise<FromGitHub> {
  const pullRequests = await findAuthors(gitHub, numbers);
  // What has expired is removed by what the file has said all along.
  if (only || !workflow) return { pullRequests, approvals: [] };
  const { runId, attempt, commit } = workflow;
  const main = identityPath(file);
  const search = { commit, file: main, workflow: plans, branch, makers: makersFor(main) };
  return { pullRequests, ...(await findApprovals(gitHub, { runId, attempt, environment }, search)) };
}

/** The newest record of the branch. */
async function lastOf(files: BranchFiles): Promise<HistoryRecord | undefined> {
  const [newest] = files.paths
    .flatMap((path) => {
      const found = readRecordPath(path);
      return found ? [{ path, number: found.number }] : [];
    })
    .sort((a, b) => b.number - a.number);
  return newest && readRecord(files, newest.path);
}

const readRecord = async (files: BranchFiles, path: string): Promise<HistoryRecord> =>
  parseHistoryRecord((await files.read(path)).toString());

function fileOf(record: HistoryRecord): NewFile {
  const { number, result, steps, workflow } = record;
  const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
  const url = workflow ? `\n\n${workflow.url}` : '';
  return { path: recordPath(record), text: recordText(record), message: `Record ${number}: ${result}, ${count}${url}` };
}

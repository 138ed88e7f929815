import type { RestEndpointMethodTypes } from '@octokit/rest';
import { fileSuffix } from '../core/file-name.ts';
import type { GitHub } from './client.ts';
import { defaultBranch } from './default-branch.ts';
import { asking } from './errors.ts';
import { isOwnRun, isRunOf } from './own-run.ts';
import { wasAt } from './pushes.ts';
import { timeOf } from './time-of.ts';

/** What is known of the commits of the default branch that were applied. */
export interface AppliedCommits {
  /** The default branch. */
  branch: string;
  /** The newest that was applied to the end; or why there is none, as a sentence. */
  applied: RunCommit | { reason: string };
  /** Those since then whose apply began and did not succeed, newest first: a part of each may be live. */
  begun: RunCommit[];
}

/** A run, and the commit that it is of. */
export interface RunCommit {
  sha: string;
  runId: number;
}

/** What the workflow that applies must call the artifact of a plan, the job that carries it out, and the step of that job that does. */
export const mergedPlanArtifact = (file: string): string => `idc-merged-plan${fileSuffix(file)}`;
export const [applyJob, applyStep] = ['apply', 'Apply exactly that'] as const;

/** The same of the workflow that removes what has expired. */
export const [expireJob, expireStep] = ['expire', 'Remove what has expired'] as const;

/** The jobs that change something, and the step of each that does. */
const appliesIn = [
  [applyJob, applyStep],
  [expireJob, expireStep],
] as const;

/** The job of both that adds the record to the history. */
export const historyJob = 'history';

/** How many plans and runs are looked at, newest first. */
const mostArtifacts = 1000;
const mostRuns = 50;

/**
 * Finds the commit for which the job `apply` ended with success last, in a run of the workflow that applies on the default
 * branch, and the runs since then in which it began and did not. A run that applies has made a plan before, so its
 * artifact leads to it: most runs, of merges that change nothing of the file, have none and cost no request. What an artifact
 * says of itself is not trusted: anyone who can write can make one of any name, and call a branch or a tag what they like. The
 * run, its jobs and where the branch was are GitHub's own record.
 * @param workflow the name of its file in .github/workflows.
 * @param file the identity file that it applies, by its path in the repository.
 */
export async function findAppliedCommits(gitHub: GitHub, workflow: string, file: string): Promise<AppliedCommits> {
  const branch = await defaultBranch(gitHub);
  const begun: (RunCommit & { endedAt: number })[] = [];
  let applied: (RunCommit & { endedAt: number }) | undefined;
  const { runs, isAll } = await listRuns(gitHub, branch, mergedPlanArtifact(file));
  let isCut = !isAll;
  for (const [index, { runId, plannedAt }] of runs.entries()) {
    // One applies at a time, so what had planned before that success had ended before it. A run that was run again after a newer one
    // has the newest plan, and its success may be an old one.
    const isBefore = applied !== undefined && plannedAt <= applied.endedAt;
    if (isBefore || index === mostRuns) {
      isCut = !isBefore;
      break;
    }
    const sha = await commitOf(gitHub, runId, workflow, branch);
    if (sha === undefined) continue;
    const ends = await endsOf(gitHub, runId);
    const [success, last] = [ends.findLast(({ conclusion }) => conclusion === 'success'), ends.at(-1)];
    if (!last) continue;
    // A tag can have the branch's name, and a commit of a pull request becomes one of the branch by its merge.
    if (!(await wasAt(gitHub, { ...gitHub.at, name: branch }, sha))) continue;
    if (last !== success) begun.push({ sha, runId, endedAt: last.endedAt });
    if (success && !(success.endedAt <= (applied?.endedAt ?? -Infinity)))
      applied = { sha, runId, endedAt: success.endedAt };
  }
  const since = applied?.endedAt ?? -Infinity;
  const later = begun.filter(({ endedAt }) => !(endedAt <= since)).map(({ sha, runId }) => ({ sha, runId }));
  // Of what was not looked at, one may have applied later.
  if (applied && !isCut) return { branch, applied: { sha: applied.sha, runId: applied.runId }, begun: later };
  const what = applied ? 'is known to have applied the file last' : 'has applied the file yet';
  const among = isCut ? ' among the newest plans; older ones were not looked at' : '';
  return { branch, applied: { reason: `No run of ${workflow} on ${branch} ${what}${among}.` }, begun: later };
}

/** The runs of the branch that made a plan, newest first; and whether these are all that GitHub knows of. */
async function listRuns(
  { rest, paginate, at }: GitHub,
  branch: string,
  artifact: string,
): Promise<{ runs: { runId: number; plannedAt: number }[]; isAll: boolean }> {
  const runs = new Map<number, number>();
  const pages = paginate.iterator(rest.actions.listArtifactsForRepo, {
    ...at,
    name: artifact,
    per_page: 100,
  });
  let seen = 0;
  let isAll = true;
  const readAll = async (): Promise<void> => {
    for await (const { data } of pages) {
      for (const { name, created_at: createdAt, workflow_run: run } of data) {
        const isHere = run?.head_branch === branch && run.head_repository_id === run.repository_id;
        if (name !== artifact || run?.id === undefined || !isHere) continue;
        runs.set(run.id, Math.max(runs.get(run.id) ?? 0, timeOf(createdAt)));
      }
      seen += data.length;
      isAll = seen < mostArtifacts;
      if (!isAll) return;
    }
  };
  await asking(`the artifacts called ${artifact}`, 'actions: read', readAll());
  const found = [...runs]
    .map(([runId, plannedAt]) => ({ runId, plannedAt }))
    .sort((a, b) => b.plannedAt - a.plannedAt || b.runId - a.runId);
  return { runs: found, isAll };
}

/** The commit that a run is of; undefined where it is of something other than the workflow on the branch. */
async function commitOf(gitHub: GitHub, runId: number, workflow: string, branch: string): Promise<string | undefined> {
  const { rest, at } = gitHub;
  const request = rest.actions.getWorkflowRun({ ...at, run_id: runId });
  const { data: run } = await asking(`run ${runId}`, 'actions: read', request);
  const isApply =
    ['push', 'workflow_dispatch'].includes(run.event) &&
    isRunOf(run, workflow, branch) &&
    run.head_branch === branch &&
    isOwnRun(gitHub, run);
  return isApply ? run.head_sha : undefined;
}

/** How the job that applies ended in each attempt in which it began to apply, and when in milliseconds; oldest first. */
async function endsOf(gitHub: GitHub, runId: number): Promise<{ conclusion: string | null; endedAt: number }[]> {
  const jobs = await listJobs(gitHub, runId);
  return jobs
    .filter((job) => job.name === applyJob && job.conclusion !== null && hasBegun(job, applyStep))
    .map(({ conclusion, completed_at: time }) => ({ conclusion, endedAt: timeOf(time) }));
}

/** Whether the newest attempt of a run began to change anything, as GitHub knows of its steps. */
export async function hasBegunToApply(gitHub: GitHub, runId: number): Promise<boolean> {
  const jobs = await listJobs(gitHub, runId);
  return appliesIn.some(([job, step]) => {
    const newest = jobs.findLast(({ name }) => name === job);
    return newest !== undefined && hasBegun(newest, step);
  });
}

/**
 * The attempts of a run before this one that began to change something, and whose job `history` failed since: the artifact has the record
 * of the newest attempt alone.
 */
export async function attemptsWithoutRecord(gitHub: GitHub, runId: number, attempt: number): Promise<number[]> {
  const before = (await listJobs(gitHub, runId)).filter(({ run_attempt: of = 1 }) => of < attempt);
  const begun = before.filter((job) => appliesIn.some(([name, step]) => job.name === name && hasBegun(job, step)));
  return begun.flatMap(({ run_attempt: of = 1 }) => {
    const since = before.filter((job) => job.name === historyJob && (job.run_attempt ?? 1) >= of);
    const ends = since.map(({ conclusion }) => conclusion).filter((conclusion) => conclusion !== 'skipped');
    return ends.length === 0 || ends.includes('success') ? [] : [of];
  });
}

/** In how many attempts of a run, up to this one, the job that applies was not skipped: in each of them GitHub may have asked for an approval. */
export async function countAttemptsToApply(gitHub: GitHub, runId: number, attempt: number): Promise<number> {
  const jobs = await listJobs(gitHub, runId);
  return jobs.filter(
    ({ name, conclusion, run_attempt: of = 1 }) => name === applyJob && conclusion !== 'skipped' && of <= attempt,
  ).length;
}

/** The jobs of all attempts of a run, the oldest first. */
async function listJobs({ rest, paginate, at }: GitHub, runId: number): Promise<Job[]> {
  const request = paginate(rest.actions.listJobsForWorkflowRun, {
    ...at,
    run_id: runId,
    filter: 'all',
    per_page: 100,
  });
  const jobs = await asking(`the jobs of run ${runId}`, 'actions: read', request);
  return jobs.toSorted((a, b) => (a.run_attempt ?? 1) - (b.run_attempt ?? 1));
}

type Job = RestEndpointMethodTypes['actions']['listJobsForWorkflowRun']['response']['data']['jobs'][number];

/**
 * False of a job that was skipped or rejected, and of one that ended before the step that applies, since something newer had
 * been merged while it waited. Where GitHub does not tell the step, it may have begun.
 */
function hasBegun({ conclusion, steps = [], runner_id: runner }: Job, applies: string): boolean {
  if (conclusion === 'skipped') return false;
  if (conclusion === 'success') return true;
  if (steps.length === 0) return (runner ?? 0) !== 0;
  const step = steps.find(({ name }) => name === applies);
  return step === undefined || (step.status !== 'queued' && step.conclusion !== 'skipped');
}

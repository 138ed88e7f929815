import { fileSuffix } from '../core/file-name.ts';
import { findEvidence, whyNotApproved, type Evidence } from './approvals.ts';
import type { GitHub } from './client.ts';
import { asking } from './errors.ts';
import { isOwnRun, isRunOf } from './own-run.ts';
import { wasAt } from './pushes.ts';
import { timeOf } from './time-of.ts';

/** What was reviewed before a commit came to be: the answer to "may this be applied without asking again?" */
export interface ReviewedPlan {
  pullRequest?: number;
  runId?: number;
  artifact?: string;
  artifactId?: number;
  /** Why there is no plan; sentences. */
  reasons: string[];
}

export interface Search {
  commit: string;
  /** The identity file, by its path in the repository. */
  file: string;
  /** The file name of the workflow that plans, in .github/workflows. */
  workflow: string;
  /** That was merged into. */
  branch: string;
  /** The workflows that open pull requests, by the names of their files. */
  makers: readonly string[];
}

/** What the workflow that plans must call its artifact. */
export const artifactName = (pullRequest: number, headSha: string, file: string): string =>
  `idc-plan-${pullRequest}-${headSha}${fileSuffix(file)}`;

/**
 * Finds the pull request that became this commit, and the newest plan of its last commit that was there before the merge
 * and that a second person approved, who did not make the pull request. The plan is trusted for where it comes from: a
 * workflow of the default branch, which the author of a pull request can't change, unlike comments, statuses and branches.
 */
export async function findReviewedPlan(
  gitHub: GitHub,
  { commit, file, workflow, branch, makers }: Search,
): Promise<ReviewedPlan> {
  const { rest, paginate, at } = gitHub;
  const pulls = await asking(
    `the pull requests of commit ${commit}`,
    'pull-requests: read',
    paginate(rest.repos.listPullRequestsAssociatedWithCommit, { ...at, commit_sha: commit, per_page: 100 }),
  );
  const merged = pulls.filter(
    ({ merged_at: mergedAt, base, merge_commit_sha: sha }) =>
      Boolean(mergedAt) && base.ref === branch && sha === commit,
  );
  const [pull, ...others] = merged;
  if (!pull) {
    return { reasons: [`No pull request was merged into ${branch} as ${commit}: it was pushed directly.`] };
  }
  if (others.length > 0) {
    const numbers = merged.map(({ number }) => `#${number}`).join(' and ');
    return { reasons: [`Several pull requests were merged as ${commit}: ${numbers}.`] };
  }

  const { number: pullRequest, head, user: author, merged_at: mergedAt } = pull;
  // GitHub answers null for a repository that is gone, whatever the type says.
  const origin = head.repo as { owner: { login: string }; name: string } | null;
  const headRepository = origin && { owner: origin.owner.login, repo: origin.name };
  const name = artifactName(pullRequest, head.sha, file);
  const artifacts = await asking(
    `the artifacts called ${name}`,
    'actions: read',
    paginate(rest.actions.listArtifactsForRepo, { ...at, name, per_page: 100 }),
  );
  const newestFirst = artifacts
    .filter((artifact) => artifact.name === name)
    .sort((a, b) => timeOf(b.created_at) - timeOf(a.created_at) || b.id - a.id);
  if (newestFirst.length === 0) {
    return {
      pullRequest,
      reasons: [`The last commit of pull request #${pullRequest}, ${head.sha}, was never planned.`],
    };
  }
  const reasons: string[] = [];
  let evidence: Evidence | undefined;
  for (const { id, created_at: createdAt, expired, workflow_run: run } of newestFirst) {
    const runId = run?.id;
    const fault = expired
      ? 'has expired'
      : !(timeOf(createdAt) <= timeOf(mergedAt))
        ? 'was made after the merge'
        : runId === undefined
          ? 'is of no known run'
          : await faultOfRun(gitHub, runId, workflow, branch);
    const what = `The plan of pull request #${pullRequest} in artifact ${id}`;
    if (fault !== undefined || runId === undefined) {
      reasons.push(`${what} ${fault}.`);
      continue;
    }
    evidence ??= await findEvidence(
      gitHub,
      { number: pullRequest, author, headSha: head.sha, branch: head.ref, headRepository },
      { workflows: makers, branch },
    );
    const lack = whyNotApproved(evidence, { headSha: head.sha, plannedAt: createdAt, mergedAt });
    if (lack === undefined) return { pullRequest, runId, artifact: name, artifactId: id, reasons: [] };
    reasons.push(`${what} is not approved: ${lack}.`);
  }
  return { pullRequest, reasons };
}

/** Why a run is none whose plan was reviewed, as the end of a sentence; undefined where it is one. */
async function faultOfRun(
  gitHub: GitHub,
  runId: number,
  workflow: string,
  branch: string,
): Promise<string | undefined> {
  const { rest, at } = gitHub;
  const { data: run } = await asking(
    `run ${runId}`,
    'actions: read',
    rest.actions.getWorkflowRun({ ...at, run_id: runId }),
  );
  const isByHand = run.event === 'workflow_dispatch';
  if (run.event !== 'pull_request_target' && !isByHand) {
    return `is of a run of the event ${run.event}, not pull_request_target or workflow_dispatch`;
  }
  if (!isRunOf(run, workflow, branch)) {
    return `is of a run of ${run.path}, not of .github/workflows/${workflow} on ${branch}`;
  }
  if (!isOwnRun(gitHub, run)) return 'is of a run of another repository';
  if (run.conclusion !== 'success') return `is of a run that ended as ${run.conclusion ?? 'nothing yet'}`;
  if (!isByHand) return undefined;
  // A person starts it for any branch or tag, which has its own copy of the workflow; a tag can have the branch's name.
  if (run.head_branch !== branch) return `is of a run of ${run.head_branch ?? 'no branch'}, not of ${branch}`;
  const isHere = await wasAt(gitHub, { ...at, name: branch }, run.head_sha);
  return isHere ? undefined : `is of a run of commit ${run.head_sha}, at which ${branch} never was`;
}

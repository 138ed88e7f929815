import { defaultFile } from '../../../core/file-name.ts';
import { defaultBranch } from '../../../github/default-branch.ts';
import { findMergedSince, planned } from '../../../github/merged-since.ts';
import { findReviewedPlan } from '../../../github/reviewed-plan.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { identityPath } from './identity-files.ts';
import { makersFor } from './makers.ts';
import { openGitHub } from './session.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { writeOutputs } from './write-outputs.ts';

export interface GitHubFindPlanFlags extends CommonFlags {
  workflow?: string;
  branch?: string;
  since?: string;
}

/** Finds the plan that was approved before a commit was merged. That there is none is an answer, and no failure. */
export async function gitHubFindPlan(
  io: Io,
  flags: GitHubFindPlanFlags,
  commit: string,
  version: string,
): Promise<number> {
  const { file = defaultFile, workflow = '', since = '' } = flags;
  const main = identityPath(file);
  const gitHub = openGitHub(io, version);
  const branch = flags.branch ?? (await defaultBranch(gitHub));
  const found = await findReviewedPlan(gitHub, {
    commit,
    file: main,
    workflow,
    branch,
    makers: makersFor(main),
  });
  const { pullRequest, runId, artifact, artifactId, reasons } = found;
  const others = await planned(gitHub, await findMergedSince(gitHub, { since, commit, branch }), main);
  const pullRequests = [...new Set([...(pullRequest === undefined ? [] : [pullRequest]), ...others])];
  if (runId === undefined) io.err(`No reviewed plan was found. ${sanitize(reasons.join(' '))}\n`);
  else io.err(`Pull request #${pullRequest} was planned in run ${runId}, and approved after that.\n`);
  writeOutputs(io, {
    'pull-request': pullRequest,
    'pull-requests': pullRequests.join(','),
    'run-id': runId,
    artifact,
    'artifact-id': artifactId,
    reason: sanitize(shorten(reasons)),
  });
  return exitCodes.done;
}

/** How many plans a comment needs to speak of; of each, the job log says why it does not count. */
const mostReasons = 3;

function shorten(reasons: readonly string[]): string {
  const rest = reasons.length - mostReasons;
  const more = rest > 0 ? [`And ${rest} older plan${rest === 1 ? '' : 's'} that did not count.`] : [];
  return [...reasons.slice(0, mostReasons), ...more].join(' ');
}

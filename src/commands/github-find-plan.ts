import { findReviewedPlan } from '../github/reviewed-plan.ts';
import { inert } from '../render/inert.ts';
import { openGitHub } from './github-session.ts';
import { exitCodes, type CommonFlags, type Io } from './io.ts';
import { writeOutputs } from './write-outputs.ts';

export interface GitHubFindPlanFlags extends CommonFlags {
  workflow?: string;
  branch?: string;
}

/** Finds the plan that was approved before a commit was merged. That there is none is an answer, and no failure. */
export async function gitHubFindPlan(
  io: Io,
  flags: GitHubFindPlanFlags,
  commit: string,
  version: string,
): Promise<number> {
  const { workflow = '', branch } = flags;
  const search = { commit, workflow, ...(branch !== undefined && { branch }) };
  const { pullRequest, runId, artifact, artifactId, reasons } = await findReviewedPlan(openGitHub(io, version), search);
  if (runId === undefined) io.err(`There is no reviewed plan. ${inert(reasons.join(' '))}\n`);
  else io.err(`Pull request #${pullRequest} was planned in run ${runId}, and approved after that.\n`);
  writeOutputs(io, { 'pull-request': pullRequest, 'run-id': runId, artifact, 'artifact-id': artifactId });
  return exitCodes.done;
}

import { defaultBranch } from '../../../github/default-branch.ts';
import { asking } from '../../../github/errors.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { openGitHub } from './session.ts';

export interface GitHubStartPlanFlags extends CommonFlags {
  workflow: string;
}

/** Starts the workflow that plans a pull request, on the default branch. */
export async function gitHubStartPlan(
  io: Io,
  { workflow }: GitHubStartPlanFlags,
  pullRequest: number,
  version: string,
): Promise<number> {
  const gitHub = openGitHub(io, version);
  const ref = await defaultBranch(gitHub);
  const inputs = { 'pull-request': String(pullRequest) };
  const request = gitHub.rest.actions.createWorkflowDispatch({ ...gitHub.at, workflow_id: workflow, ref, inputs });
  await asking(`a run of ${workflow}`, 'actions: write', request);
  io.err(`Started ${workflow} for pull request #${pullRequest}.\n`);
  return exitCodes.done;
}

import { RefusedError } from '../../../core/errors.ts';
import { requiresLastPushApproval } from '../../../github/branch-rules.ts';
import { defaultBranch } from '../../../github/default-branch.ts';
import { findApprovers } from '../../../github/environment.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { openGitHub } from './session.ts';
import { writeOutputs } from './write-outputs.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';

export interface GitHubCheckApproversFlags extends CommonFlags {
  orDispatch?: boolean;
}

/**
 * Refuses an environment that lets every job pass: GitHub makes one of itself where a job names one that is not there. Only
 * warns where the branch accepts approvals that `find-plan` does not: such a merge waits in this environment, and is safe.
 */
export async function gitHubCheckApprovers(
  io: Io,
  { orDispatch = false }: GitHubCheckApproversFlags,
  environment: string,
  version: string,
): Promise<number> {
  const gitHub = openGitHub(io, version);
  const approvers = await findApprovers(gitHub, environment);
  if (orDispatch) {
    const waitsFor = approvers !== undefined && approvers.count > 0 ? 'reviewers' : 'dispatch';
    writeOutputs(io, { 'waits-for': waitsFor });
    if (waitsFor === 'dispatch') {
      io.err(
        `The environment ${sanitize(environment)} has no required reviewers, so a second person has to start the workflow with the digest of the plan. If your GitHub plan has them, ${howToSet}\n`,
      );
      return exitCodes.done;
    }
  }
  if (approvers === undefined) {
    throw new RefusedError(
      `The environment ${environment} does not exist, or the token can't see it (the job needs \`permissions: { actions: read }\`). Make it in the repository's Settings > Environments > New environment, and ${howToSet}`,
    );
  }
  if (approvers.count === 0) {
    throw new RefusedError(
      `The environment ${environment} has no required reviewers, so a run would wait for no approval. In the repository's Settings > Environments > ${environment}, ${howToSet}`,
    );
  }
  if (approvers.mayApproveOwn) {
    io.err(
      `Warning: a reviewer who starts a run can also approve it in the environment ${sanitize(environment)}: turn on "Prevent self-review" there.\n`,
    );
  }
  const branch = await defaultBranch(gitHub);
  const isRequired = await requiresLastPushApproval(gitHub, branch);
  if (isRequired === false) {
    io.err(
      `Warning: GitHub lets the person who pushed last approve a pull request into ${sanitize(branch)}. That approval does not count here, so the merge waits: ${howToRequire}.\n`,
    );
  } else if (isRequired === undefined) {
    io.err(
      `Warning: no ruleset of ${sanitize(branch)} requires a pull request, and classic branch protection can't be read with a job's token. Without the requirement, a merge can wait though GitHub calls it approved: ${howToRequire}, or make sure that it is on in Settings > Branches.\n`,
    );
  }
  const count = approvers.count === 1 ? 'one reviewer' : `one of ${approvers.count} reviewers`;
  io.err(`The environment ${sanitize(environment)} waits for ${count}.\n`);
  return exitCodes.done;
}

const howToSet =
  'turn on "Required reviewers", name at least one person or team, and save. Depending on GitHub\'s plan, a private repository has no required reviewers below GitHub Enterprise.';

const howToRequire = 'turn on "Require approval of the most recent reviewable push" in Settings > Rules > Rulesets';

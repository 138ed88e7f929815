import { defaultBranch } from '../../../github/default-branch.ts';
import { whyNotSecondPerson } from '../../../github/dispatcher.ts';
import { readPlan } from '../../../planner/saved-plan.ts';
import { defaultFile } from '../../../core/file-name.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { makersFor } from './makers.ts';
import { openGitHub } from './session.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { writeOutputs } from './write-outputs.ts';

export interface GitHubCheckDispatchFlags extends CommonFlags {
  plan: string;
  digest: string;
  commit: string;
  since: string;
}

/** Says whether the person who started a run approves its plan by that. */
export async function gitHubCheckDispatch(
  io: Io,
  { plan: file, digest, commit, since }: GitHubCheckDispatchFlags,
  runId: number,
  version: string,
): Promise<number> {
  const plan = readPlan(file);
  const gitHub = openGitHub(io, version);
  const reason =
    digest === plan.digest
      ? await whyNotSecondPerson(gitHub, {
          runId,
          commit,
          since,
          branch: await defaultBranch(gitHub),
          makers: makersFor(plan.file ?? defaultFile),
        })
      : `The digest is not that of the plan, which is now ${plan.digest}.`;
  const told = sanitize(reason ?? '');
  io.err(reason === undefined ? 'A second person approves exactly this plan.\n' : `That approves nothing. ${told}\n`);
  writeOutputs(io, { approved: reason === undefined, reason: told });
  return exitCodes.done;
}

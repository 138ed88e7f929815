import { asking } from '../../../github/errors.ts';
import { openGitHub } from './session.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';

export interface GitHubStatusFlags extends CommonFlags {
  context: string;
  state: string;
  runUrl: string;
}

/** Sets a commit status to how a job ended. */
export async function gitHubStatus(
  io: Io,
  { context, state, runUrl }: GitHubStatusFlags,
  sha: string,
  version: string,
): Promise<number> {
  const { rest, at } = openGitHub(io, version);
  const request = rest.repos.createCommitStatus({
    ...at,
    sha,
    context,
    state: state === 'success' ? 'success' : state === 'failure' ? 'failure' : 'error',
    target_url: runUrl,
  });
  const { data } = await asking(`the status of commit ${sha}`, 'statuses: write', request);
  io.err(`The status ${context} of ${sha} is ${data.state}.\n`);
  return exitCodes.done;
}

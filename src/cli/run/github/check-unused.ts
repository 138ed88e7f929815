import { RefusedError } from '../../../core/errors.ts';
import { findApprovers } from '../../../github/environment.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { openGitHub } from './session.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';

/** Refuses an environment that is there: the repository is set up, and a workflow that is switched off says nothing. */
export async function gitHubCheckUnused(
  io: Io,
  _flags: CommonFlags,
  environment: string,
  version: string,
): Promise<number> {
  const found = await findApprovers(openGitHub(io, version), environment);
  if (found !== undefined) {
    throw new RefusedError(
      `The environment ${environment} is there, but the variable that switches the workflows on is not: nothing is planned or applied, no drift is found, and expired access is not removed. Set IDC_REGION in the repository's Settings > Secrets and variables > Actions > Variables, or delete the environment if idc is no longer used here.`,
    );
  }
  io.err(`The environment ${sanitize(environment)} does not exist, because the workflows are not set up yet.\n`);
  return exitCodes.done;
}

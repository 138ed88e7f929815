import { RefusedError } from '../../../core/errors.ts';
import { findTip } from '../../../github/tip.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { openGitHub } from './session.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';

export interface GitHubCheckTipFlags extends CommonFlags {
  branch?: string;
}

/** Refuses a commit that is no longer the newest one, so that an old run that is run again applies nothing. */
export async function gitHubCheckTip(
  io: Io,
  flags: GitHubCheckTipFlags,
  commit: string,
  version: string,
): Promise<number> {
  const { branch, sha } = await findTip(openGitHub(io, version), flags.branch);
  if (sha !== commit) {
    throw new RefusedError(
      `${commit} is not the newest commit of ${branch}: that is ${sha}, which the newest run plans. This run is an old one, and applies nothing.`,
    );
  }
  io.err(`${commit} is the newest commit of ${sanitize(branch)}.\n`);
  return exitCodes.done;
}

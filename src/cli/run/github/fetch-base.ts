import { defaultFile } from '../../../core/file-name.ts';
import { findAppliedCommit } from '../../../github/applied-commit.ts';
import type { GitHub } from '../../../github/client.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { baseFolder } from '../../../source/fetched-base.ts';
import { openGitHub } from './session.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { areSame, checkIsNew, collectIdentityFiles, fileCount, identityPath, writeFiles } from './identity-files.ts';
import { writeOutputs } from './write-outputs.ts';

export interface GitHubFetchBaseFlags extends CommonFlags {
  out?: string;
  workflow?: string;
  against?: string;
}

/** What is known of the file before: the folder that it was written to, or why there is none. */
interface Base {
  base?: string;
  sha?: string;
  reason?: string;
  /** False where the commit to compare with says the same, and no apply since then has been left unfinished. */
  isChanged: boolean;
}

/** Downloads the identity file as it was last applied, with all that it refers to. That there is none is an answer. */
export async function gitHubFetchBase(io: Io, flags: GitHubFetchBaseFlags, version: string): Promise<number> {
  const { file = defaultFile, out: folder = '' } = flags;
  const main = identityPath(file);
  checkIsNew(folder);
  const { base, sha, reason, isChanged } = await fetchBase(io, openGitHub(io, version), main, flags);
  if (reason !== undefined) io.err(`No base was found. ${sanitize(reason)}\n`);
  writeOutputs(io, {
    base,
    'base-sha': sha,
    reason: reason && sanitize(reason),
    ...(flags.against !== undefined && { changed: isChanged }),
  });
  return exitCodes.done;
}

async function fetchBase(io: Io, gitHub: GitHub, main: string, flags: GitHubFetchBaseFlags): Promise<Base> {
  const { out: folder = '', workflow = '', against } = flags;
  const applied = await findAppliedCommit(gitHub, workflow, main);
  if ('reason' in applied) return { reason: applied.reason, isChanged: true };
  const { branch, sha, runId, unfinished } = applied;
  const found = await collectIdentityFiles(gitHub, sha, main);
  const whyAbsent = found.absent.get(main);
  const fault = whyAbsent === undefined ? found.fault?.message : `${main} ${whyAbsent}.`;
  if (fault !== undefined) {
    return { reason: `The file can't be read in ${sha}, the commit that was applied last: ${fault}`, isChanged: true };
  }
  writeFiles(folder, baseFolder({ branch, commit: sha, file: main }, found.files));
  io.err(`Wrote ${fileCount(found)} of ${sha}, which run ${runId} applied.\n`);
  if (against === undefined) return { base: folder, sha, isChanged: true };
  const isSame = areSame(found, await collectIdentityFiles(gitHub, against, main));
  if (!isSame) return { base: folder, sha, isChanged: true };
  if (unfinished !== undefined) {
    io.err(
      `${against} has the same, but run ${unfinished} began to apply something since then and did not end well.\n`,
    );
    return { base: folder, sha, isChanged: true };
  }
  io.err(`${against} has the same, so there is nothing to apply.\n`);
  return { base: folder, sha, isChanged: false };
}

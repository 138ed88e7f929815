import { defaultFile } from '../../../core/file-name.ts';
import { ReportedError } from '../../../core/errors.ts';
import { awaitTestMerge } from '../../../github/pull-request.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { openGitHub } from './session.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import {
  areSame,
  checkIsNew,
  collectIdentityFiles,
  fileCount,
  identityPath,
  writeFiles,
  type IdentityFiles,
} from './identity-files.ts';
import { writeOutputs } from './write-outputs.ts';

export interface GitHubFetchFlags extends CommonFlags {
  out?: string;
}

/** Downloads the identity file of a pull request and all that it refers to, as they would be after the merge. */
export async function gitHubFetch(
  io: Io,
  flags: GitHubFetchFlags,
  pullRequest: number,
  version: string,
): Promise<number> {
  const { file = defaultFile, out: folder = '' } = flags;
  const main = identityPath(file);
  checkIsNew(folder);
  const gitHub = openGitHub(io, version);
  const { headSha, mergeSha, baseSha, isFork } = await awaitTestMerge(gitHub, pullRequest);
  // Before anything can fail: the comment on why there is no plan depends on them.
  writeOutputs(io, { 'head-sha': headSha, 'merge-sha': mergeSha, fork: isFork });
  // Anyone may open one, and all jobs of the repository share what GitHub takes in an hour.
  if (isFork) gitHub.requests.most = mostRequestsOfFork;
  const found = await collectIdentityFiles(gitHub, mergeSha, main);
  const reason = found.absent.get(main);
  if (reason !== undefined) {
    throw new ReportedError(
      'unreadable-file',
      `${main} ${reason} in the merge of pull request #${pullRequest}.`,
      'Name the file that is meant with --file.',
    );
  }
  const isChanged = baseSha === undefined || !areSame(found, await collectIdentityFiles(gitHub, baseSha, main));
  if (isChanged) write(io, folder, found);
  writeOutputs(io, { changed: isChanged });
  const origin = isFork ? ', which comes from another repository (a fork)' : '';
  const what = isChanged
    ? `Wrote ${fileCount(found)} of pull request #${pullRequest}${origin}.`
    : `Pull request #${pullRequest}${origin} changes nothing of ${sanitize(main)} or of what it refers to.`;
  io.err(`${what}\n`);
  return exitCodes.done;
}

/** In each run, also those that waited for the test merge. */
const mostRequestsOfFork = 50;

function write(io: Io, folder: string, { files, absent, fault }: IdentityFiles): void {
  if (fault) throw fault;
  writeFiles(folder, files);
  // What is absent is for the plan to say, beside the line that refers to it.
  for (const [name, why] of absent) io.err(`Left out: ${sanitize(name)} ${why}.\n`);
}

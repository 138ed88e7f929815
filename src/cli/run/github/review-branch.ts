import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { RefusedError } from '../../../core/errors.ts';
import { defaultFile, fileSuffix } from '../../../core/file-name.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { defaultBranch } from '../../../github/default-branch.ts';
import { keepReviewBranch, type ReviewBranch } from '../../../github/review-branch.ts';
import { loadFile } from '../../../source/load-file.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { identityPath } from './identity-files.ts';
import { makersFor } from './makers.ts';
import { openGitHub } from './session.ts';
import { writeOutputs } from './write-outputs.ts';

export interface GitHubReviewBranchFlags extends CommonFlags {
  owner?: string;
}

/** Pushes the dates that a review has set in the checkout to the branch of its pull request. */
export async function gitHubReviewBranch(
  io: Io,
  flags: GitHubReviewBranchFlags,
  base: string,
  version: string,
): Promise<number> {
  const { file = defaultFile, owner } = flags;
  const main = identityPath(file);
  const names = [main, ...(loadFile(main).includes ?? []).map((one) => identityPath(one.file))];
  const gitHub = openGitHub(io, version);
  const found = await keepReviewBranch(gitHub, {
    base,
    files: new Map(names.map((name) => [name, readFileSync(name)])),
    folder: folderOf(main, owner),
    period: io.now().toISOString().slice(0, 7),
    message: `Set the dates of the review of access${owner === undefined ? '' : ` by ${sanitize(owner)}`}`,
    makers: { workflows: makersFor(main), branch: await defaultBranch(gitHub) },
  });
  io.err(`${wordsOf(found)}\n`);
  if (found.state === 'foreign' && !found.isOpen) {
    throw new RefusedError(
      `The branch ${found.branch} has a commit that no review has made, and no pull request is open for it. It is left as it is.`,
      { hint: 'Delete the branch, and run this again.' },
    );
  }
  const isKept = found.state === 'pushed' || found.state === 'unchanged';
  writeOutputs(io, {
    branch: isKept ? found.branch : undefined,
    'head-sha': isKept ? found.headSha : undefined,
    pushed: found.state === 'pushed',
  });
  return exitCodes.done;
}

/** The reviews of each file, and of an owner who is asked alone, keep apart, whatever the owner's name is. */
function folderOf(file: string, owner: string | undefined): string {
  const folder = `idc/review${fileSuffix(file)}`;
  if (owner === undefined) return folder;
  const words = owner
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const hash = createHash('sha256').update(owner).digest('hex').slice(0, 8);
  return `${folder}/${[...words, hash].join('-').slice(-60).replace(/^-/, '')}`;
}

function wordsOf(found: ReviewBranch): string {
  switch (found.state) {
    case 'none':
      return 'No date is set that the default branch does not have.';
    case 'closed':
      return `Its pull request was closed without a merge, so none is opened again: ${found.url}. Delete the branch ${found.branch} to have it opened again.`;
    case 'foreign':
      return `The branch ${found.branch} has a commit that no review has made, so it is left as it is.`;
    case 'unchanged':
      return `The branch ${found.branch} has these dates already.`;
    case 'pushed':
      return `Pushed commit ${found.headSha} to the branch ${found.branch}.`;
  }
}

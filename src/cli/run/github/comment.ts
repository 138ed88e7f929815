import { fileName } from '../../../core/file-name.ts';
import type { GitHub } from '../../../github/client.ts';
import { aboutFile } from '../../../github/marked-text.ts';
import { keepComment } from '../../../github/sticky-comment.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { openGitHub } from './session.ts';
import { writeSummary } from './write-summary.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { readText } from '../../../files/read-text.ts';

export interface GitHubCommentFlags extends CommonFlags {
  body?: string;
  author?: string;
  updateOnly?: boolean;
}

/** Keeps one comment on each of these pull requests. */
export async function gitHubComment(
  io: Io,
  flags: GitHubCommentFlags,
  pullRequests: readonly number[],
  version: string,
): Promise<number> {
  const given = readText(flags.body ?? '');
  const text = flags.file === undefined ? given : aboutFile(given, fileName(flags.file));
  const gitHub = openGitHub(io, version);
  const locked: number[] = [];
  for (const pullRequest of pullRequests) {
    const isLocked = await keepOne(io, gitHub, flags, pullRequest, text);
    if (isLocked) locked.push(pullRequest);
  }
  if (locked.length > 0) writeSummary(io, `${locked.map(lockedText).join(' ')}\n\n${text}`);
  return exitCodes.done;
}

const lockedText = (pullRequest: number): string =>
  `Pull request #${pullRequest} is locked, so GitHub takes no comment on it.`;

/** True where the pull request is locked. */
async function keepOne(
  io: Io,
  gitHub: GitHub,
  { author = '', updateOnly = false }: GitHubCommentFlags,
  pullRequest: number,
  text: string,
): Promise<boolean> {
  const { done, url, remarks } = await keepComment(gitHub, pullRequest, text, { author, updateOnly });
  if (done === 'locked') {
    io.err(`${lockedText(pullRequest)} The text is in the summary of the run.\n`);
    return true;
  }
  io.err(url === undefined ? 'No comment was there to update.\n' : `The comment is ${done}: ${url}\n`);
  for (const remark of remarks) io.err(`${sanitize(remark)}\n`);
  return false;
}

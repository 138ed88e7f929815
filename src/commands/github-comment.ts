import { keepComment } from '../github/sticky-comment.ts';
import { openGitHub } from './github-session.ts';
import { exitCodes, type CommonFlags, type Io } from './io.ts';
import { readText } from './read-text.ts';

export interface GitHubCommentFlags extends CommonFlags {
  body?: string;
  author?: string;
}

/** Keeps one comment on a pull request. */
export async function gitHubComment(
  io: Io,
  flags: GitHubCommentFlags,
  pullRequest: number,
  version: string,
): Promise<number> {
  const { body = '', author = '' } = flags;
  const text = readText(body);
  const { done, url, others } = await keepComment(openGitHub(io, version), pullRequest, text, author);
  for (const other of others) io.err(`Left as it is, another comment of ours: ${other}\n`);
  io.err(`The comment is ${done}: ${url}\n`);
  return exitCodes.done;
}

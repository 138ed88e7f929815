import { fileName } from '../../../core/file-name.ts';
import { aboutFile } from '../../../github/marked-text.ts';
import { keepComment } from '../../../github/sticky-comment.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { openGitHub } from './session.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { readText } from '../../../files/read-text.ts';

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
  const given = readText(body);
  const text = flags.file === undefined ? given : aboutFile(given, fileName(flags.file));
  const { done, url, remarks } = await keepComment(openGitHub(io, version), pullRequest, text, author);
  io.err(`The comment is ${done}: ${url}\n`);
  for (const remark of remarks) io.err(`${sanitize(remark)}\n`);
  return exitCodes.done;
}

import { fileName } from '../../../core/file-name.ts';
import { aboutFile } from '../../../github/marked-text.ts';
import { keepComment } from '../../../github/sticky-comment.ts';
import { inert } from '../../../render/sanitize.ts';
import { openGitHub } from './session.ts';
import { writeSummary } from './write-summary.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { readText } from '../../../files/read-text.ts';

export interface GitHubCommentFlags extends CommonFlags {
  body?: string;
  author?: string;
  updateOnly?: boolean;
}

/** Keeps one comment on a pull request. */
export async function gitHubComment(
  io: Io,
  flags: GitHubCommentFlags,
  pullRequest: number,
  version: string,
): Promise<number> {
  const { body = '', author = '', updateOnly = false } = flags;
  const given = readText(body);
  const text = flags.file === undefined ? given : aboutFile(given, fileName(flags.file));
  const { done, url, remarks } = await keepComment(openGitHub(io, version), pullRequest, text, { author, updateOnly });
  if (done === 'locked') {
    const why = `Pull request #${pullRequest} is locked, so GitHub takes no comment on it.`;
    io.err(`${why} The text is in the summary of the run.\n`);
    writeSummary(io, `${why}\n\n${text}`);
    return exitCodes.done;
  }
  io.err(url === undefined ? 'No comment was there to update.\n' : `The comment is ${done}: ${url}\n`);
  for (const remark of remarks) io.err(`${inert(remark)}\n`);
  return exitCodes.done;
}

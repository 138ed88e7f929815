import { ReportedError } from '../../../core/errors.ts';
import { fileName } from '../../../core/file-name.ts';
import type { GitHub } from '../../../github/client.ts';
import { aboutFile } from '../../../github/marked-text.ts';
import { keepComment } from '../../../github/sticky-comment.ts';
import { parseRecordMark, recordLine, withRecordLines } from '../../../core/record-line.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { openGitHub } from './session.ts';
import { writeSummary } from './write-summary.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { readText } from '../../../files/read-text.ts';

export interface GitHubCommentFlags extends CommonFlags {
  body?: string;
  author?: string;
  updateOnly?: boolean;
  record?: string;
}

/** Keeps one comment on each of these pull requests. */
export async function gitHubComment(
  io: Io,
  flags: GitHubCommentFlags,
  pullRequests: readonly number[],
  version: string,
): Promise<number> {
  const given = readText(flags.body ?? '');
  const about = flags.file === undefined ? given : aboutFile(given, fileName(flags.file));
  const text = withRecordLines(about, recordLines(flags.record));
  const gitHub = openGitHub(io, version);
  const locked: number[] = [];
  for (const pullRequest of pullRequests) {
    const isLocked = await keepOne(io, gitHub, flags, pullRequest, text);
    if (isLocked) locked.push(pullRequest);
  }
  if (locked.length > 0) writeSummary(io, `${locked.map(lockedText).join(' ')}\n\n${text}`);
  return exitCodes.done;
}

/** Of what `idc github record` has answered, which is empty where nothing was recorded. */
function recordLines(record: string = ''): string[] {
  if (record === '') return [];
  const mark = parseRecordMark(record);
  if (mark) return [recordLine(mark)];
  throw new ReportedError('flags-mismatch', '--record is not the output `record` of `idc github record`.');
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

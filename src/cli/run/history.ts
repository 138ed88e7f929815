import { HISTORY_FORMAT_VERSION, type HistoryCheck, type HistoryQuestion } from '../../core/history.ts';
import { ReportedError } from '../../core/errors.ts';
import { sanitizeJson } from '../../core/sanitize.ts';
import { findRecordComments } from '../../github/record-comments.ts';
import { answerHistory, spanOf } from '../../history/answer.ts';
import { readHistory, type ReadHistory } from '../../history/read.ts';
import { compareComments, recordsOf, verifyChain } from '../../history/verify.ts';
import { renderHistoryCsv } from '../../render/history-csv.ts';
import { renderHistoryCheckMarkdown, renderHistoryMarkdown } from '../../render/markdown/history.ts';
import { renderHistory, renderHistoryCheck } from '../../render/text/history-text.ts';
import { openHistory } from '../open-history.ts';
import { exitCodes, wantsColor, type CommonFlags, type Io } from '../io.ts';
import { openGitHubOf } from './github/session.ts';

export interface HistoryFlags extends CommonFlags {
  user?: string[];
  account?: string[];
  permissionSet?: string[];
  since?: string;
  verify?: true;
  from?: string;
  dir?: string;
  format: 'text' | 'markdown' | 'csv' | 'json';
  repo?: string;
  author: string;
}

/** Answers from the records of applies, or says whether they are as they were written. */
export async function history(io: Io, flags: HistoryFlags, version: string): Promise<number> {
  const { dir, from } = flags;
  if (flags.verify) return verify(io, flags, readHistory({ dir, from }), version);
  const { records, source } = openHistory(io, { dir, from });
  const answer = answerHistory(records, questionOf(flags), source);
  if (flags.format === 'json') io.out(json(answer));
  else if (flags.format === 'csv') io.out(renderHistoryCsv(answer));
  else if (flags.format === 'markdown') io.out(renderHistoryMarkdown(answer));
  else io.out(renderHistory(answer, lookOf(io, flags)));
  return exitCodes.done;
}

const json = (document: unknown): string => `${sanitizeJson(JSON.stringify(document, null, 2))}\n`;

const lookOf = (io: Io, flags: HistoryFlags): { color: boolean; width: number } => ({
  color: wantsColor(io, flags, io.outIsTerminal),
  width: io.columns(),
});

/** User names are compared without regard to case. */
const questionOf = ({ user, account, permissionSet, since }: HistoryFlags): HistoryQuestion => ({
  ...(user && { users: user.map((name) => name.toLowerCase()) }),
  ...(account && { accounts: account }),
  ...(permissionSet && { permissionSets: permissionSet }),
  ...(since !== undefined && { since }),
});

async function verify(io: Io, flags: HistoryFlags, { files, source }: ReadHistory, version: string): Promise<number> {
  const { user, account, permissionSet, since, format } = flags;
  if (format === 'csv') throw new ReportedError('flags-mismatch', '--format csv is not for --verify.');
  if (user ?? account ?? permissionSet ?? since)
    throw new ReportedError('flags-mismatch', '--verify looks at all records, so it takes no question beside it.');
  const records = recordsOf(files);
  const chain = verifyChain(files);
  const compared = await compareWithGitHub(io, flags, records, version);
  const check: HistoryCheck = {
    formatVersion: HISTORY_FORMAT_VERSION,
    source,
    records: spanOf(records),
    faults: [...chain, ...(compared?.faults ?? [])],
    ...(compared && { comments: compared.comments }),
  };
  if (flags.format === 'json') io.out(json(check));
  else if (flags.format === 'markdown') io.out(renderHistoryCheckMarkdown(check));
  else io.out(renderHistoryCheck(check, lookOf(io, flags)));
  return check.faults.length > 0 ? exitCodes.failed : exitCodes.done;
}

/** Undefined without a token. */
async function compareWithGitHub(
  io: Io,
  { repo, author }: HistoryFlags,
  records: Parameters<typeof compareComments>[0],
  version: string,
): Promise<Pick<HistoryCheck, 'faults' | 'comments'> | undefined> {
  if (!io.env['GITHUB_TOKEN']) return undefined;
  const gitHub = openGitHubOf(io, repo, version);
  const { faults, ...comments } = compareComments(records, await findRecordComments(gitHub, author));
  return { faults, comments: { repository: gitHub.repository, ...comments } };
}

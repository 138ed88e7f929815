import { recordsIn, type RecordMark } from '../core/record-line.ts';
import { markerWord } from '../core/marker.ts';
import type { GitHub } from './client.ts';
import { asking } from './errors.ts';

/**
 * The records of the history that the bot's comments name, on all pull requests of the repository: a request for each hundred
 * comments. All are read, since what a record says of its time may have been changed.
 * @param author the login of the bot
 */
export async function findRecordComments(
  { rest, paginate, at }: GitHub,
  author: string,
): Promise<(RecordMark & { url: string })[]> {
  const list = paginate(rest.issues.listCommentsForRepo, { ...at, per_page: 100 });
  const comments = await asking('the comments of the repository', 'pull-requests: read', list);
  return comments
    .filter(
      ({ user, body }) =>
        user?.login === author && user.type === 'Bot' && markerWord(firstLine(body ?? '')) !== undefined,
    )
    .flatMap(({ body, html_url: url }) => recordsIn(body ?? '').map((mark) => ({ ...mark, url })));
}

const firstLine = (text: string): string => text.split(/\r?\n/, 1)[0] ?? '';

import { ReportedError } from '../core/errors.ts';
import { listOf, type Noun } from '../core/words.ts';

/** Errors: `snapshot-unread` where there are any. A snapshot that has nothing of a kind need not mean that there is nothing. */
export function refuseUnread(kinds: readonly { noun: Noun }[]): void {
  if (kinds.length === 0) return;
  throw new ReportedError(
    'snapshot-unread',
    `The idc that took this snapshot did not read ${listOf(kinds.map(({ noun: [, many] }) => many))}, which this command needs.`,
    'Take it again with this idc: idc snapshot --out live.json.',
  );
}

import { digestOfRecord, type ApplyRecord, type HistoryRecord } from '../core/apply-record.ts';

/** What GitHub says of an apply. */
export type FromGitHub = Pick<HistoryRecord, 'pullRequests' | 'approvals' | 'gate'>;

/** The record as the next one of a history. Pure. */
export function chainRecord(
  record: ApplyRecord,
  { pullRequests, approvals, gate }: FromGitHub,
  last: Pick<HistoryRecord, 'number' | 'digest'> | undefined,
): HistoryRecord {
  const { formatVersion, ...rest } = record;
  const linked = {
    formatVersion,
    number: (last?.number ?? 0) + 1,
    previous: last?.digest ?? null,
    pullRequests,
    approvals,
    ...(gate && { gate }),
    ...rest,
  };
  return { ...linked, digest: digestOfRecord(linked) };
}

/** Where a record is kept: `records/2026/10/000042-RUNID.json`. */
export const recordPath = ({
  number,
  startedAt,
  runId,
}: Pick<HistoryRecord, 'number' | 'startedAt' | 'runId'>): string =>
  `records/${startedAt.slice(0, 4)}/${startedAt.slice(5, 7)}/${String(number).padStart(6, '0')}-${runId}.json`;

/** What the path of a record says of it; undefined of another file. */
export function readRecordPath(path: string): { number: number; runId: string } | undefined {
  const [, number, runId = ''] = /^records\/\d{4}\/\d{2}\/(\d{6,})-([0-9a-f-]{36})\.json$/.exec(path) ?? [];
  return number === undefined ? undefined : { number: Number(number), runId };
}

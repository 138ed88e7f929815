import { digestOfRecord, type HistoryRecord } from '../core/apply-record.ts';
import type { HistoryFault } from '../core/history.ts';
import type { RecordMark } from '../core/record-line.ts';
import { readRecordPath } from './chain.ts';

/** A file of the history: what it holds, or why that can't be read. */
export interface RecordFile {
  path: string;
  record: HistoryRecord | { fault: string };
}

/** The readable records in their order, each number once. */
export function recordsOf(files: readonly RecordFile[]): HistoryRecord[] {
  const byNumber = new Map<number, HistoryRecord>();
  for (const { record } of files) {
    if (!('fault' in record) && !byNumber.has(record.number)) byNumber.set(record.number, record);
  }
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

/** What is wrong with the records by themselves: each on its own, and the chain. Pure. */
export function verifyChain(files: readonly RecordFile[]): HistoryFault[] {
  const faults: HistoryFault[] = [];
  const numbers = new Map<number, string>();
  const runs = new Map<string, string>();
  for (const { path: at, record } of files) {
    const named = readRecordPath(at);
    if ('fault' in record) {
      faults.push({ problem: 'unreadable', ...(named && { number: named.number }), at, why: record.fault });
      continue;
    }
    const { number, runId } = record;
    if (digestOfRecord(record) !== record.digest) faults.push({ problem: 'edited', number, at });
    if (named?.number !== number || named.runId !== runId) faults.push({ problem: 'misplaced', number, at });
    if (numbers.has(number) || runs.has(runId)) faults.push({ problem: 'twice', number, at });
    numbers.set(number, at);
    runs.set(runId, at);
  }
  const records = recordsOf(files);
  let before: HistoryRecord | undefined;
  for (const record of records) {
    const expected = (before?.number ?? 0) + 1;
    for (let number = expected; number < record.number; number += 1) {
      if (!faults.some((fault) => fault.problem === 'unreadable' && fault.number === number))
        faults.push({ problem: 'missing', number });
    }
    // Behind a gap nothing says what it should follow from.
    const isNext = record.number === expected;
    if (isNext && record.previous !== (before?.digest ?? null))
      faults.push({ problem: 'unlinked', number: record.number });
    before = record;
  }
  return faults;
}

/** A record that a comment names. */
export interface CommentMark extends RecordMark {
  url: string;
}

/** What comments say of the records, beside the chain. */
export interface Comparison {
  faults: HistoryFault[];
  /** Numbers of the records that a comment names with the same digest. */
  confirmed: number[];
  /** Of those that none names. */
  unnamed: number[];
}

/** Compares records with what comments say of them. Pure. */
export function compareComments(records: readonly HistoryRecord[], marks: readonly CommentMark[]): Comparison {
  // Of what they say now: what they say of their digest may have been kept.
  const digests = new Map(records.map((record) => [record.number, digestOfRecord(record)]));
  const faults: HistoryFault[] = [];
  const confirmed = new Set<number>();
  for (const { number, digest, url } of marks) {
    const found = digests.get(number);
    if (found === digest) confirmed.add(number);
    else faults.push({ problem: found === undefined ? 'cut-off' : 'differs', number, at: url });
  }
  const [known, unnamed] = [[...digests.keys()], new Set(digests.keys())];
  for (const { number } of marks) unnamed.delete(number);
  return { faults, confirmed: known.filter((number) => confirmed.has(number)), unnamed: [...unnamed] };
}

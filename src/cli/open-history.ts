import type { HistoryRecord } from '../core/apply-record.ts';
import { nounCount } from '../core/words.ts';
import { readHistory, type HistoryPlace, type ReadHistory } from '../history/read.ts';
import { recordsOf, verifyChain } from '../history/verify.ts';
import { faultWords } from '../render/view/history-words.ts';
import type { Io } from './io.ts';

/** The records to answer from, and how many things are wrong with them. */
export interface OpenHistory extends Pick<ReadHistory, 'source'> {
  records: HistoryRecord[];
  faults: number;
}

/** Reads the records to answer from them, and warns where something is wrong with them. Errors: a `ReportedError` where there are none. */
export function openHistory(io: Io, place: HistoryPlace): OpenHistory {
  const { source, files } = readHistory(place);
  const faults = verifyChain(files);
  const [fault] = faults;
  if (fault) {
    const count = nounCount(faults.length, ['thing is', 'things are']);
    const first = `${faultWords(fault)}${faults.length > 1 ? `, and ${faults.length - 1} more` : ''}`;
    io.err(
      `Warning: ${count} wrong with this history, so its answers may be too: ${first.replace(/\.$/, '')}. Run \`idc history --verify\`.\n`,
    );
  }
  return { source, records: recordsOf(files), faults: faults.length };
}

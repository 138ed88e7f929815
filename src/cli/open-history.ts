import type { HistoryRecord } from '../core/apply-record.ts';
import { nounCount } from '../core/words.ts';
import { readHistory, type HistoryPlace, type ReadHistory } from '../history/read.ts';
import { recordsOf, verifyChain } from '../history/verify.ts';
import { faultWords } from '../render/view/history-words.ts';
import type { Io } from './io.ts';

/** Reads the records to answer from them, and warns where something is wrong with them. Errors: a `ReportedError` where there are none. */
export function openHistory(io: Io, place: HistoryPlace): Pick<ReadHistory, 'source'> & { records: HistoryRecord[] } {
  const { source, files } = readHistory(place);
  const [fault, ...others] = verifyChain(files);
  if (fault) {
    const count = nounCount(others.length + 1, ['thing is', 'things are']);
    io.err(
      `Warning: ${count} wrong with this history, so its answers may be too${others.length > 0 ? '. The first' : ''}: ${faultWords(fault).replace(/\.$/, '')}. Run \`idc history --verify\`.\n`,
    );
  }
  return { source, records: recordsOf(files) };
}

import type { HistoryRecord } from './apply-record.ts';

/** A record as a comment and the summary of a run name it. */
export type RecordMark = Pick<HistoryRecord, 'number' | 'digest'>;

/** `Record 42 of the history: sha256:…`, as Markdown. */
export const recordLine = ({ number, digest }: RecordMark): string => `Record ${number} of the history: \`${digest}\``;

/** The records that a text names, each in a line of its own. */
export const recordsIn = (text: string): RecordMark[] =>
  [...text.matchAll(/^Record (\d{1,9}) of the history: `(sha256:[0-9a-f]{64})`\r?$/gm)].map(
    ([, number, digest = '']) => ({ number: Number(number), digest }),
  );

/** The same text, in which no record is missing that an earlier one names: what was said of them stays. */
export function keepRecordLines(text: string, earlier: string): string {
  const named = new Set(recordsIn(text).map(recordLine));
  const missing = [...new Set(recordsIn(earlier).map(recordLine))].filter((line) => !named.has(line));
  return withRecordLines(text, missing);
}

/** The same text with a paragraph for each of these lines. */
export const withRecordLines = (text: string, lines: readonly string[]): string =>
  lines.length === 0 ? text : `${text.trimEnd()}\n\n${lines.join('\n\n')}\n`;

/** `42 sha256:…`, as one job hands it to the next; undefined where it is anything else. */
export function parseRecordMark(text: string): RecordMark | undefined {
  const [, number, digest = ''] = /^(\d{1,9}) (sha256:[0-9a-f]{64})$/.exec(text) ?? [];
  return number === undefined ? undefined : { number: Number(number), digest };
}

export const markText = ({ number, digest }: RecordMark): string => `${number} ${digest}`;

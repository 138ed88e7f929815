import type { History, HistoryApply, HistoryCheck, HistoryGrant } from '../../core/history.ts';
import {
  boundary,
  causeWords,
  checkWords,
  eventLines,
  faultWords,
  grantWords,
  noGrantWords,
  recordWords,
  recordsWords,
  sourceWords,
  spanWords,
  timeWords,
  workWords,
} from '../view/history-words.ts';
import { code, link, prose } from './inline.ts';
import { table } from './table.ts';

/** The same as Markdown: a table of grants, where access was asked about, and one of applies. */
export function renderHistoryMarkdown(history: History): string {
  const { records, source, question, applies, grants } = history;
  const grantRow = (grant: HistoryGrant): string[] => [
    prose(grantWords(grant, history)),
    prose(spanWords(grant)),
    eventLines(grant, history).map(prose).join('; '),
  ];
  const applyRow = (apply: HistoryApply): string[] => {
    const { endedAt, url } = apply;
    const number = recordWords(apply, history);
    return [
      url === undefined ? prose(number) : link(number, url),
      code(timeWords(endedAt)),
      prose(workWords(apply)),
      prose(causeWords(apply)),
    ];
  };
  return sections([
    `## ${prose(`History: ${recordsWords(records)}`)}`,
    prose(`From ${sourceWords(source)}. Times are in UTC.`),
    ...(grants?.length ? [table(['Grant', 'When', 'By'], grants.map(grantRow))] : []),
    ...(grants?.length === 0 ? [prose(noGrantWords(question))] : []),
    ...(applies.length > 0 ? [table(['Record', 'Ended', 'Result', 'For'], applies.map(applyRow))] : []),
    ...(grants ? [prose(boundary)] : []),
  ]);
}

export const renderHistoryCheckMarkdown = (check: HistoryCheck): string =>
  sections([
    `## ${prose(`History: ${recordsWords(check.records)}`)}`,
    prose(`From ${sourceWords(check.source)}.`),
    ...(check.faults.length > 0 ? [check.faults.map((fault) => `- ${prose(faultWords(fault))}`).join('\n')] : []),
    ...checkWords(check).map(prose),
  ]);

const sections = (texts: readonly string[]): string => `${texts.map((text) => text.trimEnd()).join('\n\n')}\n`;

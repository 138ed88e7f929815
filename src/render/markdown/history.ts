import type { History, HistoryApply, HistoryCheck, HistoryEvent, HistoryGrant } from '../../core/history.ts';
import {
  boundary,
  causeWords,
  checkWords,
  eventWords,
  faultWords,
  grantWords,
  noGrantWords,
  recordsWords,
  sourceWords,
  spanWords,
  timeWords,
  workWords,
} from '../view/history-words.ts';
import { code, link, prose } from './inline.ts';
import { table } from './table.ts';

/** The same as Markdown: a table of grants, where access was asked about, and one of applies. */
export function renderHistoryMarkdown({ records, source, question, applies, grants, accounts }: History): string {
  const byNumber = new Map(applies.map((apply) => [apply.number, apply]));
  const event = (one: HistoryEvent | undefined): string => (one ? prose(eventWords(one, byNumber)) : '');
  const grantRow = (grant: HistoryGrant): string[] => [
    prose(grantWords(grant, accounts)),
    prose(spanWords(grant)),
    event(grant.began),
    event(grant.ended),
  ];
  return sections([
    `## ${prose(`History: ${recordsWords(records)}`)}`,
    prose(`From ${sourceWords(source)}. Times are in UTC.`),
    ...(grants?.length ? [table(['Grant', 'When', 'Began', 'Ended'], grants.map(grantRow))] : []),
    ...(grants?.length === 0 ? [prose(noGrantWords(question))] : []),
    ...(applies.length > 0 ? [table(['Record', 'Ended', 'Result', 'For'], applies.map(applyRow))] : []),
    ...(grants ? [prose(boundary)] : []),
  ]);
}

function applyRow(apply: HistoryApply): string[] {
  const { number, endedAt, result, url } = apply;
  return [
    url === undefined ? String(number) : link(String(number), url),
    code(timeWords(endedAt)),
    prose(`${result}: ${workWords(apply)}`),
    prose(causeWords(apply)),
  ];
}

export const renderHistoryCheckMarkdown = (check: HistoryCheck): string =>
  sections([
    `## ${prose(`History: ${recordsWords(check.records)}`)}`,
    prose(`From ${sourceWords(check.source)}.`),
    ...(check.faults.length > 0 ? [check.faults.map((fault) => `- ${prose(faultWords(fault))}`).join('\n')] : []),
    ...checkWords(check).map(prose),
  ]);

const sections = (texts: readonly string[]): string => `${texts.map((text) => text.trimEnd()).join('\n\n')}\n`;

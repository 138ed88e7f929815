import {
  eventsOf,
  isOver,
  type History,
  type HistoryApply,
  type HistoryCheck,
  type HistoryGrant,
} from '../../core/history.ts';
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
import { layOut, type Line } from './paint.ts';

export interface HistoryTextOptions {
  color: boolean;
  /** Columns of the terminal. */
  width: number;
}

/** Who has held what since when and by which apply, or the applies, for people on a terminal. */
export function renderHistory(history: History, layout: HistoryTextOptions): string {
  const { records, source, applies, grants } = history;
  const held = grants?.filter((grant) => !isOver(grant)) ?? [];
  const ended = grants?.filter(isOver) ?? [];
  // Of a grant it is said by which apply it began and ended.
  const told = new Set(grants?.flatMap(eventsOf).map(({ record }) => record));
  const untold = applies.filter(({ number }) => !told.has(number));
  const grantLines = (grant: HistoryGrant): Line[] => [
    { indent: 2, text: grantWords(grant, history) },
    { indent: 6, text: spanWords(grant), tone: isDoubtful(grant) ? 'warn' : 'plain' },
    ...eventLines(grant, history).map((text) => ({ indent: 6, text })),
  ];
  const sections: Line[][] = [
    [
      { text: `History: ${recordsWords(records)}`, tone: 'heading' },
      { text: `From ${sourceWords(source)}. Times are in UTC.`, tone: 'quiet' },
    ],
    ...section('Held', held.flatMap(grantLines)),
    ...section('Ended', ended.flatMap(grantLines)),
    ...(grants?.length === 0 ? [[{ text: noGrantWords(history.question) }]] : []),
    ...section(
      grants ? 'Other applies' : 'Applies',
      untold.flatMap((apply) => applyLines(apply, history)),
    ),
    ...(grants ? [[{ text: boundary, tone: 'quiet' } as const]] : []),
  ];
  return sections.map((lines) => layOut(lines, layout)).join('\n');
}

const section = (title: string, lines: Line[]): Line[][] =>
  lines.length === 0 ? [] : [[{ text: title, tone: 'heading' }, ...lines]];

const isDoubtful = ({ began, ended }: HistoryGrant): boolean =>
  Boolean(began?.isUncertain ?? ended?.isUncertain ?? ended?.isOutside);

function applyLines(apply: HistoryApply, history: History): Line[] {
  const { endedAt, result } = apply;
  const isWhole = result === 'applied' || result === 'nothing';
  return [
    {
      indent: 2,
      text: `${recordWords(apply, history)}  ${timeWords(endedAt)}  ${workWords(apply)}`,
      ...(!isWhole && { sign: '!', indent: 0, tone: 'warn' as const }),
    },
    { indent: 6, text: causeWords(apply) },
  ];
}

/** Whether the history is as it was written, for people on a terminal. */
export function renderHistoryCheck(check: HistoryCheck, layout: HistoryTextOptions): string {
  const { records, source, faults } = check;
  const sections: Line[][] = [
    [
      { text: `History: ${recordsWords(records)}`, tone: 'heading' },
      { text: `From ${sourceWords(source)}.`, tone: 'quiet' },
    ],
    ...section(
      `Wrong: ${faults.length}`,
      faults.map((fault): Line => ({ indent: 2, sign: '✗', tone: 'bad', text: faultWords(fault) })),
    ),
    checkWords(check).map((text) => ({ text })),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => layOut(lines, layout))
    .join('\n');
}

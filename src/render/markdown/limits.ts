import type { LimitLine, LimitsView } from '../view/limits-view.ts';
import { code, placeLink } from './inline.ts';
import { tableHead, tableRow } from './table.ts';
import type { Section } from './truncate.ts';

/**
 * What the file says otherwise about itself, as a table: what it was, and what it is here.
 * @param filesUrl where the lines are that it names
 */
export function limitSections(limits: LimitsView | undefined, filesUrl?: string): Section[] {
  if (!limits) return [];
  const head = tableHead(['Limit', code(limits.base), 'Here']);
  return [
    {
      rowsAre: 'limits',
      open: `### Limits of the file, against ${code(limits.base)}\n\n${head}`,
      rows: limits.lines.map((line) => ({ text: limitRow(line, filesUrl) })),
      close: '',
    },
  ];
}

function limitRow({ key, before, after, loosens, line }: LimitLine, filesUrl?: string): string {
  const value = (text: string | undefined): string => (text === undefined ? 'none' : code(text));
  return tableRow([
    line === undefined ? code(key) : `${code(key)} (${placeLink(`${line.file}:${line.line}`, line, filesUrl)})`,
    value(before),
    `${value(after)}${loosens ? ', **loosened**' : ''}`,
  ]);
}

import type { LimitLine, LimitsView } from '../view/limits-view.ts';
import { cell, code } from './inline.ts';
import type { Section } from './truncate.ts';

/** What the file says otherwise about itself, as a table: what it was, and what it is here. */
export function limitSections(limits: LimitsView | undefined): Section[] {
  if (!limits) return [];
  const head = `| Limit | ${cell(code(limits.base))} | Here |\n|---|---|---|\n`;
  return [
    {
      rowsAre: 'limits',
      open: `### Limits of the file, against ${code(limits.base)}\n\n${head}`,
      rows: limits.lines.map((line) => ({ text: limitRow(line) })),
      close: '',
    },
  ];
}

function limitRow({ key, before, after, loosens, place }: LimitLine): string {
  const value = (text: string | undefined): string => (text === undefined ? 'none' : code(text));
  const cells = [
    place === undefined ? code(key) : `${code(key)} (${code(place)})`,
    value(before),
    `${value(after)}${loosens ? ', **loosened**' : ''}`,
  ];
  return `| ${cells.map(cell).join(' | ')} |\n`;
}

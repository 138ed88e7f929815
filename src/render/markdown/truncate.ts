/** A part of a document that may be shortened, by whole rows. Each text ends with its line break. */
export interface Section {
  /** What its rows are, in the plural. */
  rowsAre: string;
  open: string;
  rows: Row[];
  close: string;
}

export interface Row {
  text: string;
  /** The fence that has to be around the row, where the section is a fenced block. */
  fence?: number;
  /** It has room before all rows that are not. Such rows come first in their section. */
  isFirst?: boolean;
}

/** How much of the rows of one sort was left out. */
export interface Omission {
  rowsAre: string;
  left: number;
  total: number;
}

export interface Truncated {
  /** In the order of the sections; empty where not one row had room. */
  texts: string[];
  omissions: Omission[];
}

/**
 * As many whole rows as there is room for. Those that are first have it before all others; then short sections are given
 * whole, and the long ones share what is left, so that none of them can push another out of sight.
 */
export function truncateSections(sections: readonly Section[], room: number): Truncated {
  const bySize = sections
    .map((section, index) => ({ section, index, size: sizeOf(section), firstSize: sizeOfFirst(section) }))
    .sort((a, b) => a.size - b.size);
  const texts = sections.map(() => '');
  const omissions = new Map<string, Omission>();
  let free = room - bySize.reduce((sum, { firstSize }) => sum + firstSize, 0);
  for (const [done, { section, index, size, firstSize }] of bySize.entries()) {
    const rows = keep(section, size, firstSize + Math.floor(free / (bySize.length - done)));
    const text = rows.length === 0 ? '' : assemble(section, rows);
    texts[index] = text;
    free -= text.length - firstSize;
    const { rowsAre } = section;
    const sum = omissions.get(rowsAre) ?? { rowsAre, left: 0, total: 0 };
    sum.left += section.rows.length - rows.length;
    sum.total += section.rows.length;
    omissions.set(rowsAre, sum);
  }
  return { texts, omissions: [...omissions.values()].filter(({ left }) => left > 0) };
}

const sizeOf = ({ open, rows, close }: Section): number =>
  rows.reduce((size, { text }) => size + text.length, open.length + close.length) + 2 * fenceSize(fenceOf(rows));

/** Of its first rows, with the line that says how many others are left out; 0 where it has none. */
function sizeOfFirst({ open, rows, close }: Section): number {
  const first = rows.filter(({ isFirst }) => isFirst);
  return first.length === 0 ? 0 : sizeOf({ rowsAre: '', open, rows: first, close }) + remainder(rows.length).length;
}

function keep(section: Section, size: number, share: number): readonly Row[] {
  if (size <= share) return section.rows;
  let free = share - section.open.length - section.close.length - remainder(section.rows.length).length;
  let fence = 0;
  return section.rows.filter((row) => {
    const wider = Math.max(fence, row.fence ?? 0);
    const cost = row.text.length + 2 * (fenceSize(wider) - fenceSize(fence));
    if (cost > free) return false;
    free -= cost;
    fence = wider;
    return true;
  });
}

function assemble({ open, rows: all, close }: Section, rows: readonly Row[]): string {
  const fence = '`'.repeat(fenceOf(rows));
  const [begin, end] = fence === '' ? ['', ''] : [`${fence}${language}\n`, `${fence}\n`];
  const rest = all.length - rows.length;
  return `${open}${begin}${rows.map(({ text }) => text).join('')}${end}${rest > 0 ? remainder(rest) : ''}${close}`;
}

const language = 'diff';
const fenceOf = (rows: readonly Row[]): number => rows.reduce((longest, { fence = 0 }) => Math.max(longest, fence), 0);
const fenceSize = (fence: number): number => (fence === 0 ? 0 : fence + language.length + 1);
const remainder = (count: number): string => `\n… and ${count} more, left out here\n`;

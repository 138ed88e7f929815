/** A row of a table, with its line break. @param cells Markdown */
export const tableRow = (cells: readonly string[]): string =>
  `|${cells.map((one) => (one === '' ? ' |' : ` ${cell(one)} |`)).join('')}\n`;

/** The titles of a table and the line under them. @param titles Markdown; of a column without one, nothing */
export const tableHead = (titles: readonly string[]): string => `${tableRow(titles)}|${'---|'.repeat(titles.length)}\n`;

/** A whole table. */
export const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  tableHead(titles) + rows.map(tableRow).join('');

/** Markdown as one cell: a row is split at its pipes before anything in it is read, even code. */
const cell = (markdown: string): string =>
  markdown.replaceAll(/\\+\|?|\|/g, (run) => (run.endsWith('|') ? `${run.slice(0, -1).repeat(2)}\\|` : run));

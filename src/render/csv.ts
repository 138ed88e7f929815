import { sanitize } from '../core/sanitize.ts';

/**
 * Rows as CSV (RFC 4180), safe to open in a spreadsheet: what begins like a formula (= + - @, also after spaces and in
 * their full-width forms) gets an apostrophe before it, and tabs, returns and invisible characters are shown by their escapes.
 */
export const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');

function field(text: string): string {
  const shown = sanitize(text);
  const safe = /^\s*[=+\-@＝＋－＠]/u.test(shown) ? `'${shown}` : shown;
  return /[",;\s]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

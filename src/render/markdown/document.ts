import { truncateSections, type Omission, type Section } from './truncate.ts';
import { link } from './inline.ts';
import { listOf } from '../view/wording.ts';

export interface DocumentOptions {
  /** Characters; GitHub takes 65,536 in a comment. The head and the foot, which are never dropped, take up to some 1,500. */
  limit?: number | undefined;
  /** The page of the workflow run behind the document: it has what is left out. */
  runUrl?: string | undefined;
}

/** A head, as much between as there is room for, and a foot; what was left out is counted. */
export function truncateDocument(
  { head, sections, foot }: { head: string; sections: Section[]; foot: string },
  { limit = 60_000, runUrl }: DocumentOptions,
): string {
  const everything = sections.map(({ rowsAre, rows }) => ({ rowsAre, left: rows.length, total: rows.length }));
  // Between two parts is an empty line.
  const fixed = `${head}${foot}${notice(sum(everything), runUrl)}`.length + sections.length + 2;
  const { texts, omissions } = truncateSections(sections, limit - fixed);
  return [head, ...texts, notice(omissions, runUrl), foot].filter((text) => text !== '').join('\n');
}

function notice(omissions: readonly Omission[], runUrl: string | undefined): string {
  if (omissions.length === 0) return '';
  const parts = omissions.map(({ rowsAre, left, total }) => `${left} of ${total} ${rowsAre}`);
  const whole =
    runUrl === undefined
      ? '`idc plan` shows the whole plan'
      : `The artifact of ${link('this workflow run', runUrl)} has the whole plan, and its summary shows more of it`;
  return `**Left out to keep this short: ${listOf(parts)}.** ${whole}.\n`;
}

function sum(parts: readonly Omission[]): Omission[] {
  const byName = new Map<string, Omission>();
  for (const { rowsAre, left, total } of parts) {
    const known = byName.get(rowsAre) ?? { rowsAre, left: 0, total: 0 };
    byName.set(rowsAre, { rowsAre, left: known.left + left, total: known.total + total });
  }
  return [...byName.values()];
}

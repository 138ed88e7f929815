import type { PageData } from '../../access-page/data.ts';
import { ReportedError } from '../../core/errors.ts';
import type { Io } from '../io.ts';

/** The flags of what can be a page. */
export interface PageFlags {
  format?: string;
  /** Where the page of `--format html` is written. */
  out?: string;
}

/** Where a page is asked for, where to. Errors: a `ReportedError` where one of the two flags lacks the other. */
export function pageAsked({ format, out }: PageFlags, example: string): string | undefined {
  if ((format === 'html') === (out !== undefined)) return out;
  throw new ReportedError(
    'flags-mismatch',
    '--format html goes with --out, the file to write the page to.',
    `Run \`${example}\`.`,
  );
}

/** Writes a page and says so. */
export async function writeAccessPage(io: Io, file: string, data: PageData): Promise<void> {
  const { writePage } = await import('../../access-page/write-page.ts');
  const size = writePage(file, io.packageFolder, data);
  io.err(`Wrote ${file} (${Math.ceil(size / 1000)} kB), readable by you alone: it names people and their access.\n`);
}

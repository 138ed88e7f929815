import { relative, sep } from 'node:path';
import { listFoldersBeside, readFilesBeside, type LoadedFile } from '../../config/load.ts';
import { ReportedError } from '../../core/errors.ts';
import type { ReviewItem } from '../../core/review.ts';
import { sanitize } from '../../core/sanitize.ts';
import { listOf, nounCount } from '../../core/words.ts';
import { rewriteTogether } from '../../files/rewrite.ts';
import { writePrivately } from '../../files/write-privately.ts';
import { renderPatch } from '../../render/patch.ts';
import { renderReviewDates } from '../../render/text/review-dates-text.ts';
import { reviewDates } from '../../review/dates.ts';
import type { ReviewEntry } from '../../review/pages.ts';
import { askForYes } from '../ask-yes.ts';
import { wantsColor, type CommonFlags, type Io } from '../io.ts';

export interface ReviewDateFlags extends CommonFlags {
  owner?: string[];
  due?: boolean;
  write?: boolean;
  /** Where the dates are written as a patch instead. */
  patch?: string;
  yes?: boolean;
}

interface Reviewed {
  path: string;
  loaded: LoadedFile;
  items: readonly ReviewItem[];
  entries: ReadonlyMap<ReviewItem, ReviewEntry>;
  now: Date;
}

/** Sets today's date in the entries of a review, once it has shown that and a person has said yes. */
export async function writeReviewDates(
  io: Io,
  flags: ReviewDateFlags,
  { path, loaded, items, entries, now }: Reviewed,
): Promise<void> {
  const files = { readFile: readFilesBeside(path), listFolder: listFoldersBeside(path) };
  const dates = reviewDates({ file: path, loaded, files, items, entries, now });
  const look = { color: wantsColor(io, flags, io.errIsTerminal), width: io.columns() };
  const shown = renderReviewDates(dates, flags.owner, look);
  if (shown !== '') io.err(`${shown}\n`);
  const { day, dated } = dates;
  if (flags.patch !== undefined) writePrivately(flags.patch, renderPatch(dates.files.map(relativeToHere)));
  if (dated.length === 0) {
    io.err(items.length === 0 && flags.due ? 'Nothing is due.\n' : 'There is no date to set.\n');
    return;
  }
  const count = nounCount(dated.length, ['entry', 'entries']);
  if (flags.patch !== undefined) {
    io.err(`Wrote ${sanitize(flags.patch)}: reviewed: ${day} in ${count}. Apply it with git apply.\n`);
    return;
  }
  const names = listOf(
    dates.files.map(({ file }) => sanitize(file)),
    3,
  );
  if (!flags.yes) {
    await askForYes(io, {
      nothing: 'Nothing was written',
      verb: 'write the dates',
      question: () => `Write reviewed: ${day} in ${count} of ${names}? Type "yes" to write: `,
    });
  }
  rewriteTogether(dates.files);
  io.err(`Wrote reviewed: ${day} in ${count} of ${names}.\n`);
}

/** Dates go into files. */
export function refuseStandardInput(path: string): void {
  if (path !== '-') return;
  throw new ReportedError('flags-mismatch', '--write and --patch need a file, not the standard input.');
}

/** Git takes paths from here, with forward slashes. */
const relativeToHere = <File extends { file: string }>(one: File): File => ({
  ...one,
  file: relative('', one.file).replaceAll(sep, '/'),
});

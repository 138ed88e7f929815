import { fileSide, sideOf, type AccessSide } from '../../access/side.ts';
import { ReportedError } from '../../core/errors.ts';
import type { LoadedFile } from '../../config/load.ts';
import { createNearest } from '../../core/nearest-name.ts';
import { sanitize, sanitizeJson } from '../../core/sanitize.ts';
import { spanOf } from '../../history/answer.ts';
import { writePrivately } from '../../files/write-privately.ts';
import { renderReviewHtml } from '../../render/html/review.ts';
import { loadPolicies } from '../../policies/load.ts';
import { renderReviewPages } from '../../render/markdown/review.ts';
import { renderReviewCsv } from '../../render/review-csv.ts';
import { renderReview } from '../../render/text/review-text.ts';
import { REVIEW_FORMAT_VERSION, type Review, type ReviewPage } from '../../core/review.ts';
import { reviewPages } from '../../review/pages.ts';
import { createSinceLookUp, type SinceLookUp } from '../../history/since.ts';
import { loadFile } from '../../source/load-file.ts';
import { openHistory } from '../open-history.ts';
import { exitCodes, wantsColor, type Io } from '../io.ts';
import { withSource, type SourceFlags } from '../session.ts';
import { refuseStandardInput, writeReviewDates, type ReviewDateFlags } from './review-dates.ts';

export interface ReviewFlags extends SourceFlags, ReviewDateFlags {
  format?: 'text' | 'markdown' | 'csv' | 'html' | 'json';
  /** Where the page of `--format html` is written. */
  out?: string;
  offline?: boolean;
  historyFrom?: string;
  historyDir?: string;
}

/** Says by owner what is to be reviewed; where it is told to, it also sets the dates in the file. */
export async function review(io: Io, flags: ReviewFlags, asked: string | undefined): Promise<number> {
  const path = asked ?? 'identity.yaml';
  const setsDates = flags.write === true || flags.patch !== undefined;
  if (setsDates) refuseStandardInput(path);
  if ((flags.format === 'html') !== (flags.out !== undefined)) {
    throw new ReportedError(
      'flags-mismatch',
      '--format html goes with --out, the file to write the page to.',
      'Run `idc review --format html --out review.html`.',
    );
  }
  const loaded = loadFile(path);
  const now = io.now();
  const side: AccessSide = flags.offline
    ? fileSide(loaded, path, now)
    : await withSource(io, flags, loaded, path, (source) => sideOf(source, { loaded, now }));
  const { history, sinceOf } = historyOf(io, flags, side, loaded);
  const { pages, entries } = side.file
    ? reviewPages({ side, file: side.file, policies: await loadPolicies(now), now, sinceOf })
    : { pages: [], entries: new Map<never, never>() };
  const review: Review = {
    formatVersion: REVIEW_FORMAT_VERSION,
    source: side.source,
    history,
    pages: selectPages(pages, flags),
  };
  if (flags.out !== undefined) {
    writePrivately(flags.out, renderReviewHtml(review, now));
    io.err(`Wrote ${sanitize(flags.out)}, readable by you alone: it names people and their access.\n`);
  } else if (flags.format === 'json') io.out(`${sanitizeJson(JSON.stringify(review, null, 2))}\n`);
  else if (flags.format === 'csv') io.out(renderReviewCsv(review, now));
  else if (flags.format === 'markdown') io.out(renderReviewPages(review, now));
  else {
    const layout = { color: wantsColor(io, flags, io.outIsTerminal), width: io.columns(), now };
    io.out(renderReview(review, layout));
  }
  if (setsDates) {
    const items = review.pages.flatMap((page) => page.items);
    await writeReviewDates(io, flags, { path, loaded, items, entries, now });
  }
  return exitCodes.done;
}

/** Since when people have what they have, by the records of applies: of the clone unless others are named. Asks no one. */
function historyOf(
  io: Io,
  { historyFrom: from, historyDir: dir }: ReviewFlags,
  { instance, state }: AccessSide,
  { document }: LoadedFile,
): { history: Review['history']; sinceOf?: SinceLookUp } {
  let read: ReturnType<typeof openHistory>;
  try {
    read = openHistory(io, { from, dir });
  } catch (error) {
    // A team need not keep one.
    if (!(error instanceof ReportedError) || (from ?? dir) !== undefined) throw error;
    return { history: { unknown: error.message } };
  }
  const { source, records, faults } = read;
  const arns = new Set(records.map((record) => record.instance.arn));
  const [only, ...others] = arns;
  const arn = instance ?? document.identityCenter?.instanceArn ?? (others.length === 0 ? only : undefined);
  if (arn === undefined && arns.size > 0)
    return { history: { unknown: 'Its records are of several instances, and the file names none.' } };
  const own = records.filter((record) => record.instance.arn === arn);
  if (own.length === 0) return { history: { unknown: 'The history has no readable record of this instance.' } };
  return {
    history: { source, records: spanOf(own), ...(faults > 0 && { faults }) },
    sinceOf: createSinceLookUp(own, state),
  };
}

function selectPages(pages: readonly ReviewPage[], { owner: owners, due }: ReviewFlags): ReviewPage[] {
  const known = pages.flatMap(({ owner }) => owner ?? []);
  for (const owner of owners ?? []) {
    if (known.includes(owner)) continue;
    const nearest = createNearest(known)(owner);
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    throw new ReportedError(
      'unknown-owner',
      `The file names no owner "${owner}" of anything that is granted${hint || '.'}`,
    );
  }
  return pages
    .filter(({ owner }) => !owners || (owner !== null && owners.includes(owner)))
    .map((page) => ({ ...page, items: due ? page.items.filter((item) => item.due.length > 0) : page.items }))
    .filter(({ items }) => items.length > 0);
}

import { editEntries, type EditedFile } from '../config/edit/edit-entries.ts';
import type { LoadedFile } from '../config/load.ts';
import type { ReadFiles } from '../config/read-file.ts';
import { isOver } from '../core/expiry.ts';
import type { DocumentPath } from '../core/kind.ts';
import type { ReviewItem } from '../core/review.ts';
import { stableJson } from '../core/stable-json.ts';
import { memberKey } from '../access/granting-entries.ts';
import type { ReviewEntry } from './pages.ts';

/** What a review sets in the file, and what it leaves. */
export interface ReviewDates {
  /** `2026-11-30`: of today, in UTC. */
  day: string;
  files: EditedFile[];
  dated: ReviewItem[];
  /** Of which no date can be set, and why: of an entry that has expired, of one that only lacks something else, or of one that other places share. */
  left: { item: ReviewItem; why: 'expired' | 'lacks-other' | 'shared' }[];
}

interface Input {
  /** As it was loaded. */
  file: string;
  loaded: LoadedFile;
  files: ReadFiles;
  items: readonly ReviewItem[];
  entries: ReadonlyMap<ReviewItem, ReviewEntry>;
  now: Date;
}

/** The files with today's date in the entries of these items; those that have it already, or a later one, stay. Writes nothing. */
export function reviewDates({ file, loaded, files, items, entries, now }: Input): ReviewDates {
  const day = now.toISOString().slice(0, 10);
  const left: ReviewDates['left'] = [];
  const asked = new Map<string, { item: ReviewItem; path: DocumentPath }>();
  for (const item of new Set(items)) {
    const entry = entries.get(item);
    if (!entry) continue;
    if (item.until !== undefined && isOver(item.until, now)) left.push({ item, why: 'expired' });
    else if (item.due.length > 0 && !entry.lacksReview) left.push({ item, why: 'lacks-other' });
    // A date that is too late to count lacks a review too.
    else if (entry.lacksReview || !(item.reviewed !== undefined && item.reviewed >= day)) {
      asked.set(stableJson(entry.path), { item, path: entry.path });
    }
  }
  const paths = [...asked.values()].map(({ path }) => path);
  const edits = editEntries(file, loaded, paths, { key: 'reviewed', value: day, shortFor: memberKey }, files);
  const itemsAt = (some: readonly DocumentPath[]): ReviewItem[] =>
    some.flatMap((path) => asked.get(stableJson(path))?.item ?? []);
  return {
    day,
    files: edits.files,
    dated: itemsAt(edits.done),
    left: [...left, ...itemsAt(edits.left).map((item) => ({ item, why: 'shared' as const }))],
  };
}

import type { IdentityDocument } from '../config/schema/document.ts';
import type { LoadedFile } from '../config/load.ts';
import type { EntryEnd } from '../core/findings.ts';
import type { DocumentPath } from '../core/kind.ts';
import { grantingEntries, type GrantingEntry } from '../access/granting-entries.ts';
import { endOf, endText, isOver } from '../core/expiry.ts';

type ExpiringEntry = GrantingEntry & { until: string };

const day = 24 * 60 * 60 * 1000;
/** How long before its end a plan begins to warn of it, and to list it. */
const [notice, horizon] = [7 * day, 30 * day];

/** Entries that end within a week, or have ended. */
export function expiryWarnings(
  { document }: LoadedFile,
  now: Date,
): { code: string; message: string; at: DocumentPath }[] {
  return expiringEntries(document).flatMap(({ until, path, what }) => {
    const at = [...path, 'expires'];
    if (isOver(until, now)) {
      const message = `${what()} expired ${endText(until)}. The entry no longer grants anything: remove it from the file.`;
      return [{ code: 'entry-expired', message, at }];
    }
    if (endOf(until) - now.getTime() > notice) return [];
    const message = `${what()} expires ${endText(until)}. After that, a plan removes it unless another entry grants it.`;
    return [{ code: 'entry-expires-soon', message, at }];
  });
}

/**
 * Entries that end within 30 days, the first end first.
 * @param moved those whose end is another than in the file before
 */
export function entryEnds({ document, places }: LoadedFile, now: Date, moved: readonly EntryEnd[]): EntryEnd[] {
  const soon = expiringEntries(document)
    .filter(({ until }) => !isOver(until, now) && endOf(until) - now.getTime() <= horizon)
    .map(({ kind, what, until, path }) => {
      const place = places.of([...path, 'expires']);
      return { kind, label: what(), until, ...(place && { place }) };
    });
  const isMoved = ({ kind, label, until }: EntryEnd): boolean =>
    moved.some((end) => end.kind === kind && end.label === label && end.until === until);
  const time = ({ until }: EntryEnd): number => (until === null ? Infinity : endOf(until));
  return [...moved, ...soon.filter((end) => !isMoved(end))].toSorted((a, b) => time(a) - time(b) || 0);
}

/** The ends of entries that lie in that time, the latest first: between two of them the file asks for the same. */
export function endsBetween(document: IdentityDocument, from: Date, to: Date): Date[] {
  const ends = new Set(expiringEntries(document).map(({ until }) => endOf(until)));
  return [...ends]
    .filter((end) => end > from.getTime() && end <= to.getTime())
    .sort((a, b) => b - a)
    .map((end) => new Date(end));
}

const expiringEntries = (document: IdentityDocument): ExpiringEntry[] =>
  grantingEntries(document).flatMap((entry) => (entry.until === undefined ? [] : [{ ...entry, until: entry.until }]));

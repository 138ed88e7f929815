import type { IdentityDocument } from '../config/schema/document.ts';
import type { LoadedFile } from '../config/load.ts';
import type { EntryEnd } from '../core/findings.ts';
import { endOf, endText, isOver } from '../core/expiry.ts';
import type { DocumentPath } from '../core/kind.ts';
import { listOf } from '../core/words.ts';
import type { MemberEntry } from '../kinds/group/schema.ts';
import { describeTarget } from '../accounts/target-words.ts';
import { assignment } from '../kinds/account-assignment/kind.ts';
import { applicationAssignment } from '../kinds/application-assignment/kind.ts';
import { membership } from '../kinds/membership/kind.ts';

/** An entry of the file that grants something, for a time or without an end. */
export interface GrantingEntry {
  kind: string;
  path: DocumentPath;
  until: string | undefined;
  /**
   * `Reader in production to taro`, by the names in the file.
   * @param limit how many names of one sort are told; the others are counted.
   */
  what(limit?: number): string;
}

type ExpiringEntry = GrantingEntry & { until: string };

const day = 24 * 60 * 60 * 1000;
/** How long before its end a plan begins to warn of it, and to list it. */
const [notice, horizon] = [7 * day, 30 * day];
const names = 5;

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

/** Every entry that grants something. */
export function grantingEntries({
  groups,
  assignments = [],
  applicationAssignments = [],
}: IdentityDocument): GrantingEntry[] {
  // An identity provider's groups have none here.
  const members: Record<string, { description?: string | undefined; members?: MemberEntry[] | undefined }> =
    groups ?? {};
  return [
    ...Object.entries(members).flatMap(([group, entry]) =>
      (entry.members ?? []).map((member, index): GrantingEntry => {
        const { user, expires } = typeof member === 'string' ? { user: member, expires: undefined } : member;
        const path = ['groups', group, 'members', index];
        return { kind: membership.name, path, until: expires, what: () => `${user} in group ${group}` };
      }),
    ),
    ...assignments.map(({ users, groups: to, permissionSets, expires, ...target }, index): GrantingEntry => ({
      kind: assignment.name,
      path: ['assignments', index],
      until: expires,
      what: (limit = names) =>
        `${listOf(permissionSets, limit)} in ${describeTarget(target, limit)} to ${whoOf({ users, groups: to }, limit)}`,
    })),
    ...applicationAssignments.map(({ applications, expires, ...to }, index): GrantingEntry => ({
      kind: applicationAssignment.name,
      path: ['applicationAssignments', index],
      until: expires,
      what: (limit = names) => `${listOf(applications, limit)} to ${whoOf(to, limit)}`,
    })),
  ];
}

function whoOf(
  { users = [], groups = [] }: Partial<Record<'users' | 'groups', string[] | undefined>>,
  limit: number,
): string {
  return listOf([...users, ...groups.map((name) => `group ${name}`)], limit);
}

import type { IdentityDocument } from '../config/schema/document.ts';
import type { LoadedFile } from '../config/load.ts';
import type { EntryEnd } from '../core/findings.ts';
import { endOf, endText, isOver, type Expiry } from '../core/expiry.ts';
import type { DocumentPath } from '../core/kind.ts';
import { listOf } from '../core/words.ts';
import type { MemberEntry } from '../kinds/group/schema.ts';
import { describeTarget } from '../accounts/target-words.ts';
import { assignment } from '../kinds/account-assignment/kind.ts';
import { applicationAssignment } from '../kinds/application-assignment/kind.ts';
import { membership } from '../kinds/membership/kind.ts';

/** An entry of the file that asks for something for a time. */
interface ExpiringEntry extends Expiry {
  kind: string;
  /** `Reader in production to taro`, by the names in the file. */
  what: string;
}

const day = 24 * 60 * 60 * 1000;
/** How long before its end a plan begins to warn of it, and to list it. */
const [notice, horizon] = [7 * day, 30 * day];
const names = 5;

/** Entries that end within a week, or have ended. */
export function expiryWarnings(
  { document }: LoadedFile,
  now: Date,
): { code: string; message: string; at: DocumentPath }[] {
  return entriesOf(document).flatMap(({ until, at, what }) => {
    if (isOver(until, now)) {
      const message = `Expired ${endText(until)}: ${what}. The entry asks for nothing any more: take it out of the file.`;
      return [{ code: 'entry-expired', message, at }];
    }
    if (endOf(until) - now.getTime() > notice) return [];
    const message = `Expires ${endText(until)}: ${what}. From then on a plan removes it, unless another entry asks for it.`;
    return [{ code: 'entry-expires-soon', message, at }];
  });
}

/** Entries that end within 30 days, the first end first. */
export function entryEnds({ document, places }: LoadedFile, now: Date): EntryEnd[] {
  return entriesOf(document)
    .filter(({ until }) => !isOver(until, now) && endOf(until) - now.getTime() <= horizon)
    .toSorted((a, b) => endOf(a.until) - endOf(b.until))
    .map(({ kind, what, until, at }) => {
      const place = places.of(at);
      return { kind, label: what, until, ...(place && { place }) };
    });
}

/** The ends of entries that lie in that time, the latest first: between two of them the file asks for the same. */
export function endsBetween(document: IdentityDocument, from: Date, to: Date): Date[] {
  const ends = new Set(entriesOf(document).map(({ until }) => endOf(until)));
  return [...ends]
    .filter((end) => end > from.getTime() && end <= to.getTime())
    .sort((a, b) => b - a)
    .map((end) => new Date(end));
}

function entriesOf({ groups, assignments = [], applicationAssignments = [] }: IdentityDocument): ExpiringEntry[] {
  // An identity provider's groups have none here.
  const members: Record<string, { description?: string | undefined; members?: MemberEntry[] | undefined }> =
    groups ?? {};
  return [
    ...Object.entries(members).flatMap(([group, entry]) =>
      (entry.members ?? []).flatMap((member, index) => {
        if (typeof member === 'string' || member.expires === undefined) return [];
        const at = ['groups', group, 'members', index, 'expires'];
        return [{ kind: membership.name, until: member.expires, at, what: `${member.user} in group ${group}` }];
      }),
    ),
    ...assignments.flatMap(({ users, groups: to, permissionSets, expires, ...target }, index) => {
      if (expires === undefined) return [];
      const who = whoOf({ users, groups: to });
      const what = `${listOf(permissionSets, names)} in ${describeTarget(target)} to ${who}`;
      return [{ kind: assignment.name, until: expires, at: ['assignments', index, 'expires'], what }];
    }),
    ...applicationAssignments.flatMap(({ applications, expires, ...to }, index) => {
      if (expires === undefined) return [];
      const what = `${listOf(applications, names)} to ${whoOf(to)}`;
      const at = ['applicationAssignments', index, 'expires'];
      return [{ kind: applicationAssignment.name, until: expires, at, what }];
    }),
  ];
}

const whoOf = ({ users = [], groups = [] }: Partial<Record<'users' | 'groups', string[] | undefined>>): string =>
  listOf([...users, ...groups.map((name) => `group ${name}`)], names);

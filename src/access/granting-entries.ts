import type { IdentityDocument } from '../config/schema/document.ts';
import { reasonText, type Justification } from '../core/justification.ts';
import type { DocumentPath } from '../core/kind.ts';
import { stableJson } from '../core/stable-json.ts';
import { listOf } from '../core/words.ts';
import type { MemberEntry } from '../kinds/group/schema.ts';
import { describeTarget } from '../accounts/target-words.ts';
import { assignment } from '../kinds/account-assignment/kind.ts';
import { applicationAssignment } from '../kinds/application-assignment/kind.ts';
import { membership } from '../kinds/membership/kind.ts';

/** Of a member that is a name alone: under which key an entry that says more has it. */
export { memberKey } from '../kinds/group/schema.ts';

/** An entry of the file that grants something, for a time or without an end. */
export interface GrantingEntry {
  kind: string;
  path: DocumentPath;
  until: string | undefined;
  justification: Justification;
  /**
   * `Reader in production to taro`, by the names in the file.
   * @param limit how many names of one sort are told; the others are counted.
   */
  what(limit?: number): string;
}

const names = 5;

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
        const { user, expires, ...justification } = typeof member === 'string' ? { user: member } : member;
        const path = ['groups', group, 'members', index];
        return { kind: membership.name, path, until: expires, justification, what: () => `${user} in group ${group}` };
      }),
    ),
    ...assignments.map(
      ({ users, groups: to, permissionSets, expires, reason, ticket, reviewed, ...target }, index): GrantingEntry => ({
        kind: assignment.name,
        path: ['assignments', index],
        until: expires,
        justification: { reason, ticket, reviewed },
        what: (limit = names) =>
          `${listOf(permissionSets, limit)} in ${describeTarget(target, limit)} to ${whoOf({ users, groups: to }, limit)}`,
      }),
    ),
    ...applicationAssignments.map(
      ({ applications, expires, reason, ticket, reviewed, ...to }, index): GrantingEntry => ({
        kind: applicationAssignment.name,
        path: ['applicationAssignments', index],
        until: expires,
        justification: { reason, ticket, reviewed },
        what: (limit = names) => `${listOf(applications, limit)} to ${whoOf(to, limit)}`,
      }),
    ),
  ];
}

function whoOf(
  { users = [], groups = [] }: Partial<Record<'users' | 'groups', string[] | undefined>>,
  limit: number,
): string {
  return listOf([...users, ...groups.map((name) => `group ${name}`)], limit);
}

/** The entry in which a grant's path lies. */
export function createEntryLookUp(document: IdentityDocument): (at: DocumentPath) => GrantingEntry | undefined {
  const byPath = new Map(grantingEntries(document).map((entry) => [stableJson(entry.path), entry]));
  const known = new WeakMap<DocumentPath, { entry: GrantingEntry | undefined }>();
  return (at) => {
    const answer = known.get(at) ?? {
      entry: at.map((_step, index) => byPath.get(stableJson(at.slice(0, index + 1)))).find((one) => one !== undefined),
    };
    known.set(at, answer);
    return answer.entry;
  };
}

/** `On-call (OPS-12)`: why something is asked for at a place; undefined where its entry gives no reason. */
export type ReasonLookUp = (at: DocumentPath) => string | undefined;

export function createReasonLookUp(document: IdentityDocument): ReasonLookUp {
  if (grantingEntries(document).every(({ justification }) => reasonText(justification) === undefined)) {
    return () => undefined;
  }
  const entryAt = createEntryLookUp(document);
  return (at) => {
    const entry = entryAt(at);
    return entry && reasonText(entry.justification);
  };
}

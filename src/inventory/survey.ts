import type { Surroundings } from '../aws/context.ts';
import { subjectAddress, type Subject } from '../core/address.ts';
import type { LiveState } from '../reconcile/state.ts';
import { accessControlConfiguration, type AccessControlSpec } from '../kinds/access-control-attributes/kind.ts';
import { accessControlEntry, type AccessControlEntry } from '../kinds/access-control-attributes/schema.ts';
import type { ApplicationAssignmentEntry } from '../kinds/application-assignment/schema.ts';
import { applicationAssignment, type ApplicationAssignmentSpec } from '../kinds/application-assignment/kind.ts';
import { assignment, type AssignmentSpec } from '../kinds/account-assignment/kind.ts';
import type { AssignmentByAccounts } from '../kinds/account-assignment/schema.ts';
import { group, type GroupSpec } from '../kinds/group/kind.ts';
import { membership, type MembershipSpec } from '../kinds/membership/kind.ts';
import { permissionSet, type PermissionSetSpec } from '../kinds/permission-set/kind.ts';
import { user, type UserSpec } from '../kinds/user/kind.ts';
import { nameAccounts, type AccountNames } from './account-names.ts';
import { applicationEntries, sharedNameNotes } from './application-entries.ts';
import { assignmentEntries } from './assignment-entries.ts';
import { groupCandidate, permissionSetCandidate, userCandidate } from './candidates.ts';
import { isControlTowers } from './control-tower.ts';
import { findSayable, type Candidate, type Unsayable } from './sayable.ts';
import { namedSections, type SectionName } from './sections.ts';

/** Everything that the file will say. */
export interface Survey {
  accounts: AccountNames;
  /** Absent: not to be written, and so not managed. */
  users?: Candidate[];
  groups?: Candidate[];
  permissionSets?: Candidate[];
  assignments?: AssignmentByAccounts[];
  /** These two are absent too where nothing of theirs is live. */
  applicationAssignments?: { entries: ApplicationAssignmentEntry[]; notes: string[] };
  accessControlAttributes?: AccessControlEntry;
  left: LeftAlone;
  /** What no file can say, in words: members and assignments of somebody who is gone. */
  orphans: { members: string[]; assignments: string[]; applicationAssignments: string[] };
}

/** What stays as it is, since the file can't or shouldn't say it. */
export interface LeftAlone {
  unsayable: Record<keyof typeof namedSections, Unsayable[]>;
  /** Control Tower's, and the names of all that there are. */
  theirs: Record<'groups' | 'permissionSets', { names: string[]; all: string[] }>;
  /** Ids of accounts where something is assigned, and which are not in the organization. */
  accounts: string[];
  /** How many go with what is left alone. */
  memberships: number;
  assignments: number;
  applicationAssignments: number;
}

/** Sorts out what is live: what the file says, and what it leaves alone. Pure. */
export function surveyLive(
  live: LiveState,
  { instance, organization }: Pick<Surroundings, 'instance' | 'organization'>,
  sections: ReadonlySet<SectionName>,
): Survey {
  const accounts = nameAccounts(organization);
  const users = specsOf<UserSpec>(live, user.name);
  const groups = specsOf<GroupSpec>(live, group.name);
  const sets = specsOf<PermissionSetSpec>(live, permissionSet.name);
  const grants = specsOf<AssignmentSpec>(live, assignment.name);
  const assigned = new Set(grants.map((spec) => spec.permissionSet));
  const theirGroups = new Set(groups.filter(({ name, description }) => isControlTowers(name, description)));
  const theirSets = new Set(sets.filter(({ name, description, tags }) => isControlTowers(name, description, tags)));

  const judge = (section: keyof typeof namedSections, candidates: Candidate[]): ReturnType<typeof findSayable> =>
    sections.has(section)
      ? findSayable(namedSections[section], candidates, instance.partition)
      : { sayable: [], unsayable: [] };
  const judged = {
    users: judge('users', users.map(userCandidate)),
    groups: judge('groups', groups.filter((spec) => !theirGroups.has(spec)).map(groupCandidate)),
    permissionSets: judge(
      'permissionSets',
      sets
        .filter((spec) => !theirSets.has(spec))
        .map((spec) => permissionSetCandidate(spec, instance.partition, assigned.has(spec.name), accounts.nameOf)),
    ),
  };

  const left = new Set(
    [
      judged.users.unsayable.map(({ name }) => subjectAddress('user', name)),
      [...judged.groups.unsayable, ...theirGroups].map(({ name }) => subjectAddress('group', name)),
      [...judged.permissionSets.unsayable, ...theirSets].map(({ name }) => subjectAddress('permission-set', name)),
    ].flat(),
  );
  const isLeft = (subject: Subject, name: string): boolean => left.has(subjectAddress(subject, name));
  const isGone = (subject: Subject, name: string): boolean => !live.has(subjectAddress(subject, name));
  const members = sortOut(specsOf<MembershipSpec>(live, membership.name), {
    isLeft: (spec) => isLeft('group', spec.group) || isLeft('user', spec.user),
    isGone: (spec) => isGone('group', spec.group) || isGone('user', spec.user),
  });
  const assignments = sortOut(grants, {
    isLeft: (spec) =>
      isLeft('permission-set', spec.permissionSet) ||
      isLeft(subjectOf(spec), spec.principal) ||
      !accounts.isKnown(spec.account),
    isGone: (spec) => isGone('permission-set', spec.permissionSet) || isGone(subjectOf(spec), spec.principal),
  });
  const applications = sections.has('applicationAssignments')
    ? specsOf<ApplicationAssignmentSpec>(live, applicationAssignment.name)
    : [];
  const uses = sortOut(applications, {
    isLeft: (spec) => isLeft(subjectOf(spec), spec.principal),
    isGone: (spec) => isGone(subjectOf(spec), spec.principal),
  });
  const attributes = sections.has('accessControlAttributes') ? attributesOf(live) : undefined;
  const names = { account: accounts.nameOf };

  return {
    accounts,
    ...(sections.has('users') && { users: judged.users.sayable }),
    ...(sections.has('groups') && { groups: withMembers(judged.groups.sayable, members.kept) }),
    ...(sections.has('permissionSets') && { permissionSets: judged.permissionSets.sayable }),
    ...(sections.has('assignments') && {
      assignments: assignmentEntries(assignments.kept, accounts.nameOf),
    }),
    ...(applications.length > 0 && {
      applicationAssignments: { entries: applicationEntries(uses.kept), notes: sharedNameNotes(uses.kept) },
    }),
    ...(attributes && { accessControlAttributes: attributes }),
    left: {
      unsayable: {
        users: judged.users.unsayable,
        groups: judged.groups.unsayable,
        permissionSets: judged.permissionSets.unsayable,
      },
      theirs: {
        groups: { names: [...theirGroups].map(nameOf), all: groups.map(nameOf) },
        permissionSets: { names: [...theirSets].map(nameOf), all: sets.map(nameOf) },
      },
      accounts: [...new Set(grants.map(({ account }) => account))].filter((id) => !accounts.isKnown(id)).sort(),
      memberships: members.left,
      assignments: assignments.left,
      applicationAssignments: uses.left,
    },
    orphans: {
      members: members.gone.map((spec) => membership.label(spec, names)),
      assignments: assignments.gone.map((spec) => assignment.label(spec, names)),
      applicationAssignments: uses.gone.map((spec) => applicationAssignment.label(spec, names)),
    },
  };
}

const nameOf = ({ name }: { name: string }): string => name;

/** Undefined where there is nothing that the file could say. */
function attributesOf(live: LiveState): AccessControlEntry | undefined {
  const [configuration] = specsOf<AccessControlSpec>(live, accessControlConfiguration.name);
  const { data } = accessControlEntry.safeParse(configuration?.attributes ?? {});
  return data && Object.keys(data).length > 0 ? data : undefined;
}

const subjectOf = ({ principalType }: Pick<AssignmentSpec, 'principalType'>): Subject =>
  principalType === 'USER' ? 'user' : 'group';

/** In the order of their names. */
function specsOf<Spec>(live: LiveState, kind: string): Spec[] {
  const things = live.of(kind).map(({ address, spec }) => ({ address, spec: spec as Spec }));
  return things.sort((a, b) => (a.address < b.address ? -1 : 1)).map(({ spec }) => spec);
}

function sortOut<Spec>(
  specs: readonly Spec[],
  { isLeft, isGone }: Record<'isLeft' | 'isGone', (spec: Spec) => boolean>,
): { kept: Spec[]; gone: Spec[]; left: number } {
  const rest = specs.filter((spec) => !isLeft(spec));
  return {
    kept: rest.filter((spec) => !isGone(spec)),
    gone: rest.filter(isGone),
    left: specs.length - rest.length,
  };
}

function withMembers(groups: readonly Candidate[], memberships: readonly MembershipSpec[]): Candidate[] {
  const members = new Map(groups.map(({ name }) => [name, [] as string[]]));
  for (const spec of memberships) members.get(spec.group)?.push(spec.user);
  return groups.map((candidate) => {
    const own = members.get(candidate.name) ?? [];
    return own.length === 0 ? candidate : { ...candidate, entry: { ...candidate.entry, members: own.sort() } };
  });
}

import { groupEntry, groupName } from '../kinds/group/schema.ts';
import { group } from '../kinds/group/kind.ts';
import { permissionSetEntry, permissionSetName, type PermissionSetEntry } from '../kinds/permission-set/schema.ts';
import { permissionSet } from '../kinds/permission-set/kind.ts';
import { policyProblem, type PolicyDocument } from '../kinds/shared/policy/document.ts';
import { emailKey, userEntry, userName } from '../kinds/user/schema.ts';
import { user } from '../kinds/user/kind.ts';
import type { Section } from './sayable.ts';

/** The parts of the file that may be written. */
export const sectionNames = [
  'users',
  'groups',
  'permissionSets',
  'assignments',
  'applicationAssignments',
  'accessControlAttributes',
] as const;
export type SectionName = (typeof sectionNames)[number];

/** What the file takes in those that declare things by name. */
export const namedSections = {
  users: {
    kind: user,
    name: userName,
    entry: userEntry,
    unique: {
      what: 'e-mail address',
      keyIn: ({ email }) => (typeof email === 'string' ? emailKey(email) : undefined),
    },
  },
  groups: { kind: group, name: groupName, entry: groupEntry },
  permissionSets: {
    kind: permissionSet,
    name: permissionSetName,
    entry: permissionSetEntry,
    problemOf(entry) {
      const { inlinePolicy } = entry as PermissionSetEntry;
      const problem = inlinePolicy && policyProblem(inlinePolicy as PolicyDocument);
      return problem === undefined ? undefined : `has an inline policy that ${problem}`;
    },
  },
} satisfies Record<string, Section>;

import type { ApplicationAssignmentEntry } from '../kinds/application-assignment/schema.ts';
import type { ApplicationAssignmentSpec } from '../kinds/application-assignment/kind.ts';
import { groupGrants } from './group-grants.ts';

/** The entries that say these assignments, each in one of them; groups and people with the same applications together. Pure. */
export function applicationEntries(assignments: readonly ApplicationAssignmentSpec[]): ApplicationAssignmentEntry[] {
  const entries = new Map<string, ApplicationAssignmentEntry>();
  for (const [section, type] of [
    ['groups', 'GROUP'],
    ['users', 'USER'],
  ] as const) {
    const grants = assignments
      .filter(({ principalType }) => principalType === type)
      // An application is to a product what a permission set in one account would be.
      .map((spec) => ({ principal: spec.principal, permissionSet: referenceOf(spec), account: '' }));
    for (const { principals, permissionSets: applications } of groupGrants(grants)) {
      const key = JSON.stringify(applications);
      entries.set(key, { ...entries.get(key), [section]: principals, applications });
    }
  }
  return [...entries.values()];
}

/** How the file refers to it. */
const referenceOf = ({ application, applicationName, isNameShared }: ApplicationAssignmentSpec): string =>
  isNameShared ? application : applicationName;

/** Which name an ARN in the entries stands for, in words. */
export function sharedNameNotes(assignments: readonly ApplicationAssignmentSpec[]): string[] {
  const shared = assignments.filter(({ isNameShared }) => isNameShared);
  const names = new Map(shared.map(({ application, applicationName }) => [application, applicationName]));
  return [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([arn, name]) => `${arn} is one of the applications called ${JSON.stringify(name)}.`);
}

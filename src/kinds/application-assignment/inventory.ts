import type { Inventory } from '../../core/inventory.ts';
import { principalEntries } from '../shared/principal-entries.ts';
import type { ApplicationAssignmentSpec } from './kind.ts';

/** Groups and people with the same applications together. */
export function inventoryApplicationAssignments(
  assignments: readonly ApplicationAssignmentSpec[],
): Inventory<ApplicationAssignmentSpec> {
  // An application is to an entry what a permission set in one account would be.
  const grants = assignments.map((spec) => ({ ...spec, permissionSet: referenceOf(spec), account: '' }));
  return {
    entries: principalEntries(grants).map(({ permissionSets: applications, accounts: _none, ...principals }) => ({
      piece: [{ ...principals, applications }],
    })),
    notes: sharedNameNotes(assignments),
    orphanNoun: 'assignments',
    isOptional: true,
  };
}

/** How the file refers to it. */
const referenceOf = ({ application, applicationName, isNameShared }: ApplicationAssignmentSpec): string =>
  isNameShared ? application : applicationName;

/** Which name an ARN in the entries stands for, in words. */
function sharedNameNotes(assignments: readonly ApplicationAssignmentSpec[]): string[] {
  const shared = assignments.filter(({ isNameShared }) => isNameShared);
  const names = new Map(shared.map(({ application, applicationName }) => [application, applicationName]));
  return [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([arn, name]) => `${arn} is one of the applications called ${JSON.stringify(name)}.`);
}

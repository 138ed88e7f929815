import type { IdentityDocument } from '../config/schema/document.ts';
import { accountOwners } from '../config/schema/accounts-section.ts';
import type { AccountTarget } from '../core/account-target.ts';
import type { GrantingEntry } from '../access/granting-entries.ts';

/**
 * Whom to ask about an entry: the owners of the accounts that it gives access to; where none of them has one, the owners of
 * its permission sets; then those of its groups. Of a membership, the owner of the group.
 * @param accountIds the 12-digit ids of the accounts that an entry is about
 */
export function ownersOf(
  document: IdentityDocument,
  { path: [section = '', name = ''] }: GrantingEntry,
  accountIds: (target: AccountTarget) => readonly string[],
): string[] {
  const groups: Record<string, { owner?: string | undefined }> = document.groups ?? {};
  const sets = document.permissionSets ?? {};
  const ofGroups = (names: readonly string[] = []): (string | undefined)[] => names.map((one) => groups[one]?.owner);
  if (section === 'groups') return known(ofGroups([String(name)]));
  const assignment = section === 'assignments' ? document.assignments?.[Number(name)] : undefined;
  const application = assignment ? undefined : document.applicationAssignments?.[Number(name)];
  const owners = accountOwners(document);
  const choices = [
    assignment ? accountIds(assignment).map((id) => owners.get(id)) : [],
    assignment ? assignment.permissionSets.map((set) => sets[set]?.owner) : [],
    ofGroups((assignment ?? application)?.groups),
  ];
  return choices.map(known).find((some) => some.length > 0) ?? [];
}

const known = (owners: readonly (string | undefined)[]): string[] =>
  [...new Set(owners.filter((owner) => owner !== undefined))].sort();

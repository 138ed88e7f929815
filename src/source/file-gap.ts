import type { IdentityDocument } from '../config/schema/document.ts';
import { needsOrganization } from '../core/account-target.ts';
import { subjectKey } from '../core/address.ts';
import { accountReferences, accountTargets } from '../accounts/references.ts';
import { describeTarget } from '../accounts/target-words.ts';

/** Why the file alone does not say all that profiles take; undefined where it does. */
export function gapForProfiles(document: IdentityDocument): string | undefined {
  const { cli, identityCenter } = document;
  const gap = gapInFile(document);
  if (gap !== undefined || cli.regions === undefined || identityCenter.instanceArn !== undefined) return gap;
  return 'it does not say identityCenter.instanceArn, which the portals in cli.regions are named after';
}

/** Why the file alone does not say who holds which permission set where; undefined where it does. */
export function gapInFile(document: IdentityDocument): string | undefined {
  const { identityCenter, users, groups = {}, assignments } = document;
  if (identityCenter.directory !== 'identity-center') return "its users and groups are the identity provider's to say";
  if (users === undefined) return 'it has no section users';
  if (assignments === undefined) return 'it has no section assignments';
  const declared = new Set(Object.keys(users).map((name) => subjectKey('user', name)));
  for (const entry of assignments) {
    const group = (entry.groups ?? []).find((name) => !Object.hasOwn(groups, name));
    if (group !== undefined) return `it does not declare the group "${group}"`;
    const user = (entry.users ?? []).find((name) => !declared.has(subjectKey('user', name)));
    if (user !== undefined) return `it does not declare the user "${user}"`;
  }
  return gapInAccounts(document);
}

/** Why the file alone does not say which accounts it is about; undefined where it does. */
export function gapInAccounts(document: IdentityDocument): string | undefined {
  const { accounts = {} } = document;
  for (const [target] of accountTargets(document)) {
    if (needsOrganization(target))
      return `only Organizations tells which accounts are meant by ${describeTarget(target)}`;
  }
  for (const [name] of accountReferences(document)) {
    if (!/^\d{12}$/.test(name) && !Object.hasOwn(accounts, name)) return `it does not say the id of account "${name}"`;
  }
  return undefined;
}

import type { IdentityDocument } from '../config/schema/document.ts';
import type { IgnoreRule } from '../reconcile/scope.ts';
import { kinds } from '../kinds/index.ts';

/** The sections that this file may write. An identity provider's users and groups are only referred to. */
export function managedSections(document: IdentityDocument): Partial<IdentityDocument> {
  if (document.identityCenter.directory === 'identity-center') return document;
  const { users: _users, groups: _groups, ...rest } = document;
  return rest;
}

/** The kinds whose section is in the file. An empty section is there, an absent one is not. */
export function managedKinds(document: IdentityDocument): Set<string> {
  const sections: Record<string, unknown> = managedSections(document);
  return new Set(kinds.filter(({ section }) => sections[section] !== undefined).map(({ name }) => name));
}

/** @param canMatch false for a pattern of accounts that can't be matched: it may mean every account. */
export function ignoreRules({ ignore }: IdentityDocument, canMatch: (pattern: string) => boolean): IgnoreRule[] {
  const accountPattern = (pattern: string): string => (canMatch(pattern) ? pattern : '*');
  const rules = (patterns: string[] | undefined, subject: string): IgnoreRule[] =>
    (patterns ?? []).map((pattern) => ({ subjects: { [subject]: pattern } }));
  return [
    ...rules(ignore.users, 'user'),
    ...rules(ignore.groups, 'group'),
    ...rules(ignore.permissionSets, 'permission-set'),
    ...rules(ignore.accounts?.map(accountPattern), 'account'),
    ...rules(ignore.applications, 'application'),
    ...(ignore.assignments ?? []).map(({ user, group, permissionSet, account }) => ({
      kind: 'assignment',
      subjects: {
        ...(user !== undefined && { user }),
        ...(group !== undefined && { group }),
        ...(permissionSet !== undefined && { 'permission-set': permissionSet }),
        ...(account !== undefined && { account: accountPattern(account) }),
      },
    })),
  ];
}

import { identityFormat, type IdentityDocument } from '../config/schema/document.ts';
import { ignoreRules as rulesOf } from '../config/schema/ignore-section.ts';
import type { IgnoreRule } from '../core/section.ts';
import { kinds } from '../kinds/index.ts';

/** The sections that this file may write. What is an identity provider's is only referred to. */
export function managedSections(document: IdentityDocument): Partial<IdentityDocument> {
  if (document.identityCenter.directory === 'identity-center') return document;
  const referred = new Set(identityFormat.sections.flatMap(({ name, external }) => (external ? [name] : [])));
  return Object.fromEntries(Object.entries(document).filter(([name]) => !referred.has(name)));
}

/** The kinds whose section is in the file. An empty section is there, an absent one is not. */
export function managedKinds(document: IdentityDocument): Set<string> {
  const sections: Record<string, unknown> = managedSections(document);
  return new Set(kinds.filter(({ section }) => sections[section.name] !== undefined).map(({ name }) => name));
}

/** @param canMatch false for a pattern of accounts that can't be matched: it may mean every account. */
export function ignoreRules({ ignore }: IdentityDocument, canMatch: (pattern: string) => boolean): IgnoreRule[] {
  return rulesOf(identityFormat.ignore, ignore).map((rule) => {
    const { account } = rule.subjects;
    return account === undefined || canMatch(account)
      ? rule
      : { ...rule, subjects: { ...rule.subjects, account: '*' } };
  });
}

import { identityFormat, type IdentityDocument } from '../config/schema/document.ts';
import type { Scope } from '../config/schema/include-section.ts';
import { type AccountTarget, isPattern } from '../core/account-target.ts';
import type { DocumentPath } from '../core/kind.ts';
import { valuesAt } from '../core/path-pattern.ts';
import type { Reference } from '../core/section.ts';

/** A text of the document, and where it stands. */
type Found = [text: string, path: DocumentPath];

const toAccounts = identityFormat.references.filter(({ to }) => to === 'account');

/** Every place that names an account; patterns name none. */
export function* accountReferences(document: IdentityDocument): Generator<Found> {
  for (const reference of toAccounts) {
    for (const found of textsAt(document, reference)) if (!reference.mayBePattern || !isPattern(found[0])) yield found;
  }
}

function* textsAt(document: IdentityDocument, { at, inKey }: Pick<Reference, 'at' | 'inKey'>): Generator<Found> {
  for (const [value, path] of valuesAt(document, at)) {
    const text = inKey ? path.at(-1) : value;
    if (typeof text === 'string') yield [text, path];
  }
}

/** Every pattern of accounts to leave alone, or to judge. */
export function* accountPatterns(document: IdentityDocument): Generator<Found> {
  for (const { key, accountsAt } of identityFormat.ignore) {
    if (accountsAt) yield* textsAt(document, { at: ['ignore', key, ...accountsAt] });
  }
  for (const reference of toAccounts.filter(({ at: [section] }) => section === 'rules')) {
    for (const found of textsAt(document, reference)) if (isPattern(found[0])) yield found;
  }
}

/** Every entry that is about accounts. */
export function* accountTargets(document: IdentityDocument): Generator<[AccountTarget, DocumentPath]> {
  for (const { name, targetsAccounts } of identityFormat.sections) {
    if (!targetsAccounts) continue;
    for (const [entry, path] of valuesAt(document, [name, '*'])) yield [entry as AccountTarget, path];
  }
}

/** What included files are kept to. */
export function* includeScopes({ include = [] }: Pick<IdentityDocument, 'include'>): Generator<[Scope, DocumentPath]> {
  for (const [index, entry] of include.entries()) {
    if (typeof entry === 'object' && entry.scope) yield [entry.scope, ['include', index, 'scope']];
  }
}

import type { IdentityDocument } from '../config/schema/document.ts';
import type { Scope } from '../config/schema/include-section.ts';
import { type AccountTarget, isPattern } from '../core/account-target.ts';
import type { DocumentPath } from '../core/kind.ts';

/** A text of the document, and where it stands. */
type Found = [text: string, path: DocumentPath];

/** Every place that names an account; patterns name none. */
export function* accountReferences({
  cli: { accounts: preferences },
  include,
  assignments,
  users,
  safety,
  rules,
}: IdentityDocument): Generator<Found> {
  for (const name of Object.keys(preferences ?? {})) yield [name, ['cli', 'accounts', name]];
  for (const [target, path] of accountTargets({ assignments })) {
    yield* listed(target.accounts, [...path, 'accounts']);
    yield* listed(target.except?.accounts, [...path, 'except', 'accounts']);
  }
  for (const [scope, path] of includeScopes({ include })) yield* listed(scope.accounts, [...path, 'accounts']);
  for (const [name, { cli }] of Object.entries(users ?? {})) {
    if (cli?.default) yield [cli.default.account, ['users', name, 'cli', 'default', 'account']];
  }
  for (const [index, { account }] of (safety.protected ?? []).entries()) {
    yield [account, ['safety', 'protected', index, 'account']];
  }
  for (const found of accountsInRules(rules)) if (!isPattern(found[0])) yield found;
}

function* listed(names: readonly string[] = [], path: DocumentPath): Generator<Found> {
  for (const [index, name] of names.entries()) if (!isPattern(name)) yield [name, [...path, index]];
}

/** Every pattern of accounts to leave alone, or to judge. */
export function* accountPatterns({ ignore, rules }: IdentityDocument): Generator<Found> {
  for (const [index, pattern] of (ignore.accounts ?? []).entries()) yield [pattern, ['ignore', 'accounts', index]];
  for (const [index, { account }] of (ignore.assignments ?? []).entries()) {
    if (account !== undefined) yield [account, ['ignore', 'assignments', index, 'account']];
  }
  for (const found of accountsInRules(rules)) if (isPattern(found[0])) yield found;
}

function* accountsInRules(rules: IdentityDocument['rules']): Generator<Found> {
  for (const list of ['deny', 'maxSessionDuration'] as const) {
    for (const [index, { accounts = [] }] of (rules?.[list] ?? []).entries()) {
      for (const [at, name] of accounts.entries()) yield [name, ['rules', list, index, 'accounts', at]];
    }
  }
}

/** Every entry that is about accounts. */
export function* accountTargets({
  assignments = [],
}: Pick<IdentityDocument, 'assignments'>): Generator<[AccountTarget, DocumentPath]> {
  for (const [index, entry] of assignments.entries()) yield [entry, ['assignments', index]];
}

/** What included files are kept to. */
export function* includeScopes({ include = [] }: Pick<IdentityDocument, 'include'>): Generator<[Scope, DocumentPath]> {
  for (const [index, entry] of include.entries()) {
    if (typeof entry === 'object' && entry.scope) yield [entry.scope, ['include', index, 'scope']];
  }
}

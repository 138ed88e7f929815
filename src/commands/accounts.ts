import type { Organization } from '../aws/organization.ts';
import type { IdentityDocument } from '../config/document.ts';
import type { Places } from '../config/load.ts';
import { suggest } from './suggest.ts';
import { ConfigError, type Diagnostic } from '../core/errors.ts';
import type { DocumentPath, Names } from '../core/kind.ts';

export interface Accounts {
  /** Resolves a name or id; every reference of the document has been checked. */
  idOf(nameOrId: string): string;
  names: Names;
  /** The 12-digit ids of all that the file names and Organizations lists. */
  ids: readonly string[];
  /** Every name that an account goes by: the file's, and Organizations'. */
  allNames(id: string): string[];
}

const isId = (text: string): boolean => /^\d{12}$/.test(text);

/** Names by the file first, then by Organizations; where neither has one, the id. */
export function accountNames(document: IdentityDocument, organization?: Organization): Names {
  const byId = new Map(Object.entries(document.accounts ?? {}).map(([name, id]) => [id, name]));
  return { account: (id) => byId.get(id) ?? organization?.accounts?.get(id)?.name ?? id };
}

/**
 * Resolves every account that the document refers to. Errors: a `ConfigError` with all that can't be resolved: a name that
 * nobody knows, one that two live accounts share, an id that is not of this organization.
 */
export function resolveAccounts(
  document: IdentityDocument,
  organization: Organization | undefined,
  places: Places,
): Accounts {
  const declared = new Map(Object.entries(document.accounts ?? {}));
  const live = [...(organization?.accounts?.values() ?? [])];
  const idsByName = new Map<string, string[]>();
  const namesById = new Map<string, string[]>();
  for (const [name, id] of declared) push(namesById, id, name);
  for (const { id, name } of live) {
    push(namesById, id, name);
    push(idsByName, name, id);
  }
  const diagnostics: Diagnostic[] = [];
  const resolved = new Map<string, string>();

  for (const [reference, path] of accountReferences(document)) {
    if (resolved.has(reference)) continue;
    const answer = resolve(reference);
    if ('id' in answer) resolved.set(reference, answer.id);
    else diagnostics.push(diagnose('unknown-account', answer.problem, places, path));
  }
  if (organization && !organization.accounts) {
    // A pattern that can't be matched would protect nothing.
    for (const [pattern, path] of accountPatterns(document)) {
      if (/^(\d{12}|\*)$/.test(pattern)) continue;
      const problem = `"${pattern}" can't be matched with the accounts, because Organizations can't be read: give ids, or *.`;
      diagnostics.push(diagnose('unknown-account', problem, places, path));
    }
  }
  if (diagnostics.length > 0) throw new ConfigError(diagnostics);
  return {
    idOf: (reference) => resolved.get(reference) ?? reference,
    names: accountNames(document, organization),
    ids: [...namesById.keys()],
    allNames: (id) => namesById.get(id) ?? [],
  };

  function resolve(reference: string): { id: string } | { problem: string } {
    const id = declared.get(reference) ?? (isId(reference) ? reference : undefined);
    if (id !== undefined) {
      if (!organization?.accounts || organization.accounts.has(id)) return { id };
      return {
        problem: `Account ${id} is not in the organization${id === reference ? '' : ` (it is "${reference}" here)`}.`,
      };
    }
    const named = idsByName.get(reference) ?? [];
    if (named[0] !== undefined && named.length === 1) return { id: named[0] };
    if (named.length > 1) {
      return {
        problem: `${named.length} accounts are called "${reference}": ${named.join(', ')}. Give the one that is meant by its id, or name it under accounts.`,
      };
    }
    if (!organization?.accounts) {
      const why = organization?.unreadable === undefined ? '' : ` (${organization.unreadable})`;
      return {
        problem: `"${reference}" can't be looked up, because Organizations can't be read${why}: give every account by its id.`,
      };
    }
    return {
      problem: `There is no account "${reference}" in the organization${suggest(
        reference,
        live.map(({ name }) => name),
      )}`,
    };
  }
}

function push(index: Map<string, string[]>, key: string, value: string): void {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}

export function diagnose(code: string, message: string, places: Places, path: DocumentPath): Diagnostic {
  const place = places.of(path);
  const frame = place && places.frame(place);
  return { code, message, severity: 'error', ...(place && { place }), ...(frame !== undefined && { frame }) };
}

function* accountPatterns({ ignore, rules }: IdentityDocument): Generator<[string, DocumentPath]> {
  for (const [index, pattern] of (ignore.accounts ?? []).entries()) yield [pattern, ['ignore', 'accounts', index]];
  for (const [index, { account }] of (ignore.assignments ?? []).entries()) {
    if (account !== undefined) yield [account, ['ignore', 'assignments', index, 'account']];
  }
  for (const [name, path] of accountsInRules(rules)) if (name.includes('*')) yield [name, path];
}

function* accountsInRules(rules: IdentityDocument['rules']): Generator<[string, DocumentPath]> {
  for (const list of ['deny', 'maxSessionDuration'] as const) {
    for (const [index, { accounts = [] }] of (rules?.[list] ?? []).entries()) {
      for (const [at, name] of accounts.entries()) yield [name, ['rules', list, index, 'accounts', at]];
    }
  }
}

/** Every place that names an account. */
export function* accountReferences({
  cli: { accounts: preferences },
  assignments,
  users,
  safety,
  rules,
}: IdentityDocument): Generator<[string, DocumentPath]> {
  for (const name of Object.keys(preferences ?? {})) yield [name, ['cli', 'accounts', name]];
  for (const [index, { accounts }] of (assignments ?? []).entries()) {
    for (const [at, account] of accounts.entries()) yield [account, ['assignments', index, 'accounts', at]];
  }
  for (const [name, { cli }] of Object.entries(users ?? {})) {
    if (cli?.default) yield [cli.default.account, ['users', name, 'cli', 'default', 'account']];
  }
  for (const [index, { account }] of (safety.protected ?? []).entries()) {
    yield [account, ['safety', 'protected', index, 'account']];
  }
  for (const [name, path] of accountsInRules(rules)) if (!name.includes('*')) yield [name, path];
}

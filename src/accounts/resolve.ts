import type { Organization } from '../aws/organization/accounts.ts';
import type { IdentityDocument } from '../config/schema/document.ts';
import type { Places } from '../config/load.ts';
import { type AccountTarget, needsOrganization } from '../core/account-target.ts';
import { ConfigError, type Diagnostic } from '../core/errors.ts';
import { addTo } from '../core/group-by.ts';
import type { DocumentPath, Names } from '../core/kind.ts';
import { accountPatterns, accountReferences, accountTargets, includeScopes } from './references.ts';
import { createSelector, type Problem, type Selection } from './select.ts';
import { suggest } from '../core/suggest.ts';

export interface Accounts {
  /** Resolves a name or id; every reference of the document has been checked. */
  idOf(nameOrId: string): string;
  /** The 12-digit ids of the accounts that an entry of the document is about. */
  idsOf(target: AccountTarget): readonly string[];
  names: Names;
  /** The 12-digit ids of all that the file names and Organizations lists. */
  ids: readonly string[];
  /** Every name that an account goes by: the file's, and Organizations'. */
  allNames(id: string): string[];
  /** Of the entries that take accounts by more than their names: where they stand, and what they take. */
  selections: ReadonlyMap<AccountTarget, Selection & { path: DocumentPath }>;
}

const isId = (text: string): boolean => /^\d{12}$/.test(text);

/** Names by the file first, then by Organizations; where neither has one, the id. */
export function accountNames(document: IdentityDocument, organization?: Organization): Names {
  const byId = new Map(Object.entries(document.accounts ?? {}).map(([name, id]) => [id, name]));
  return { account: (id) => byId.get(id) ?? organization?.accounts?.get(id)?.name ?? id };
}

/**
 * Resolves every account that the document refers to. Errors: a `ConfigError` with all that can't be resolved: a name that
 * nobody knows, one that two live accounts share, an id that is not of this organization, a unit that is not there.
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
  for (const [name, id] of declared) addTo(namesById, id, name);
  for (const { id, name } of live) {
    addTo(namesById, id, name);
    addTo(idsByName, name, id);
  }
  const diagnostics: Diagnostic[] = [];
  const resolved = new Map<string, string>();
  const idOf = (reference: string): string => resolved.get(reference) ?? reference;
  const allNames = (id: string): string[] => namesById.get(id) ?? [];
  const why = organization?.unreadable === undefined ? '' : ` (${organization.unreadable})`;

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
  const selections = selectAll();
  if (diagnostics.length > 0) throw new ConfigError(diagnostics);
  return {
    idOf,
    idsOf: (target) => selections.get(target)?.ids ?? (target.accounts ?? []).map(idOf),
    names: accountNames(document, organization),
    ids: [...namesById.keys()],
    allNames,
    selections,
  };

  function selectAll(): Map<AccountTarget, Selection & { path: DocumentPath }> {
    const select = createSelector({ organization: organization ?? {}, idOf, allNames });
    const found = new Map<AccountTarget, Selection & { path: DocumentPath }>();
    // Without an organization nothing is granted, and no file has to be kept to its scope.
    const scopes = organization ? includeScopes(document) : [];
    const targets: [AccountTarget, DocumentPath][] = [...accountTargets(document), ...scopes];
    for (const [target, path] of targets) {
      if (!needsOrganization(target) && !target.except) continue;
      const selection = needsOrganization(target) && !organization?.accounts ? unreadable(path) : select(target, path);
      if (!Array.isArray(selection)) found.set(target, { ...selection, path });
      else for (const { code, message, at } of selection) diagnostics.push(diagnose(code, message, places, at));
    }
    return found;
  }

  /** An unreadable organization is not an empty one. */
  function unreadable(at: DocumentPath): Problem[] {
    const message = `Which accounts this entry is about can't be told, because Organizations can't be read${why}. Grant organizations:ListAccounts to this role, or name every account by its id.`;
    return [{ code: 'target-unreadable', message, at }];
  }

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
      return {
        problem: `"${reference}" can't be looked up, because Organizations can't be read${why}: give every account by its id.`,
      };
    }
    return {
      problem: `There is no account "${reference}" in the organization${suggest(
        'account',
        reference,
        live.map(({ name }) => name),
      )}`,
    };
  }
}

export function diagnose(code: string, message: string, places: Places, path: DocumentPath): Diagnostic {
  const place = places.of(path);
  const frame = place && places.frame(place);
  return { code, message, severity: 'error', ...(place && { place }), ...(frame !== undefined && { frame }) };
}

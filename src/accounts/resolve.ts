import type { Organization } from '../aws/organization/accounts.ts';
import { accountIdsByName } from '../config/schema/accounts-section.ts';
import { identityFormat, type IdentityDocument } from '../config/schema/document.ts';
import { type AccountCriteria, type AccountTarget, needsOrganization } from '../core/account-target.ts';
import { addTo } from '../core/group-by.ts';
import type { DocumentPath, Names } from '../core/kind.ts';
import { accountPatterns, accountReferences, accountTargets, includeScopes } from './references.ts';
import { type AccountReference, createSelector, mayBe, type Selection } from './select.ts';
import { suggest } from '../core/suggest.ts';
import type { Missing, Problem } from '../config/problems.ts';

export interface Accounts {
  /** Resolves a name or id; what can't be resolved stands for itself. */
  idOf(nameOrId: string): string;
  /** True for the account that a name or id stands for, and for one that it may stand for. */
  mayBe(nameOrId: string, id: string): boolean;
  /** The 12-digit ids of the accounts that an entry of the document is about for certain. */
  idsOf(target: AccountTarget): readonly string[];
  /** True for an account that it is about, or would be by one of the meanings of what can't be found. */
  mayTake(target: AccountTarget, id: string): boolean;
  /** True where all that it names is found: then it may take no others. */
  isResolved(target: AccountTarget): boolean;
  names: Names;
  /** The 12-digit ids of all that the file names and Organizations lists. */
  ids: readonly string[];
  /** Every name that an account goes by: the file's, and Organizations'. */
  allNames(id: string): string[];
  /** False for a pattern that can't be matched, because Organizations can't be read. */
  canMatch(pattern: string): boolean;
  /** Of the entries that take accounts by more than their names: where they stand, and what they take. */
  selections: ReadonlyMap<AccountTarget, Selection & { path: DocumentPath }>;
  /** What fits criteria that are no entry of the document. @param at where they stand, for its problems */
  select(criteria: AccountCriteria, at: DocumentPath): Selection;
  /** What of the document can't be resolved. */
  problems: readonly Problem[];
}

const granting = new Set<unknown>(
  identityFormat.sections.flatMap(({ name, targetsAccounts }) => (targetsAccounts ? [name] : [])),
);

/** Where a name grants nothing, nothing is held back by it. */
const missingAt = (missing: Missing, [section]: DocumentPath): Missing =>
  granting.has(section) ? missing : { ...missing, effect: 'ignored' };

const isId = (text: string): boolean => /^\d{12}$/.test(text);

/** Names by the file first, then by Organizations; where neither has one, the id. */
export function accountNames(document: IdentityDocument, organization?: Organization): Names {
  const byId = new Map(Array.from(accountIdsByName(document), ([name, id]) => [id, name]));
  return { account: (id) => byId.get(id) ?? organization?.accounts?.get(id)?.name ?? id };
}

/**
 * Resolves every account that the document refers to, and tells what can't be resolved: a name that nobody knows, one that
 * two live accounts share, an id that is not of this organization, a unit that is not there.
 */
export function resolveAccounts(document: IdentityDocument, organization: Organization | undefined): Accounts {
  const declared = accountIdsByName(document);
  const live = [...(organization?.accounts?.values() ?? [])];
  const idsByName = new Map<string, string[]>();
  const namesById = new Map<string, string[]>();
  for (const [name, id] of declared) addTo(namesById, id, name);
  for (const { id, name } of live) {
    addTo(namesById, id, name);
    addTo(idsByName, name, id);
  }
  const problems: Problem[] = [];
  const resolved = new Map<string, AccountReference>();
  const refer = (reference: string): AccountReference => {
    const known = resolved.get(reference) ?? resolve(reference);
    resolved.set(reference, known);
    return known;
  };
  const allNames = (id: string): string[] => namesById.get(id) ?? [];
  const canMatch = (pattern: string): boolean =>
    !organization || organization.accounts !== undefined || /^(\d{12}|\*)$/.test(pattern);
  /** False for an account that has left the organization: no name stands for it any more. */
  const isThere = (id: string): boolean => organization?.accounts?.has(id) ?? true;
  const why = organization?.unreadable === undefined ? '' : ` (${organization.unreadable})`;

  for (const [reference, at] of accountReferences(document)) {
    const { problem, missing } = refer(reference);
    if (problem === undefined) continue;
    problems.push({
      code: 'unknown-account',
      message: problem,
      at,
      ...(missing && { missing: missingAt(missing, at) }),
      ...(!organization?.accounts && { isUnread: true }),
    });
  }
  for (const [pattern, at] of accountPatterns(document)) {
    if (canMatch(pattern)) continue;
    // It would protect nothing.
    const message = `"${pattern}" can't be matched with accounts, because Organizations can't be read. Give account IDs, or *.`;
    problems.push({ code: 'unknown-account', message, at });
  }
  const select = createSelector({ organization: organization ?? {}, refer, allNames });
  const selections = selectAll();
  return {
    select,
    idOf: (reference) => refer(reference).id ?? reference,
    mayBe: (reference, id) => isThere(id) && mayBe(refer(reference), id),
    idsOf: (target) => selections.get(target)?.ids ?? (target.accounts ?? []).flatMap((name) => refer(name).id ?? []),
    mayTake: (target, id) =>
      isThere(id) &&
      (selections.get(target)?.mayTake(id) ?? (target.accounts ?? []).some((name) => mayBe(refer(name), id))),
    isResolved: (target) =>
      selections.get(target)?.isResolved ?? (target.accounts ?? []).every((name) => refer(name).problem === undefined),
    names: accountNames(document, organization),
    ids: [...namesById.keys()],
    allNames,
    canMatch,
    selections,
    problems,
  };

  function selectAll(): Map<AccountTarget, Selection & { path: DocumentPath }> {
    const found = new Map<AccountTarget, Selection & { path: DocumentPath }>();
    // Without an organization nothing is granted, and no file has to be kept to its scope.
    const scopes = organization ? includeScopes(document) : [];
    const targets: [AccountTarget, DocumentPath][] = [...accountTargets(document), ...scopes];
    for (const [target, path] of targets) {
      if (!needsOrganization(target) && !target.except) continue;
      const selection = select(target, path);
      found.set(target, { ...selection, path });
      problems.push(...selection.problems);
    }
    return found;
  }

  function resolve(reference: string): AccountReference {
    const id = declared.get(reference) ?? (isId(reference) ? reference : undefined);
    if (id !== undefined) {
      if (!organization?.accounts || organization.accounts.has(id)) return { id };
      return {
        problem: `Account ${id} is not in the organization${id === reference ? '' : ` (it is "${reference}" here)`}.`,
        missing: { subject: 'account', name: reference, effect: 'ignored', id },
      };
    }
    const named = idsByName.get(reference) ?? [];
    if (named[0] !== undefined && named.length === 1) return { id: named[0] };
    if (named.length > 1) {
      return {
        others: named,
        problem: `${named.length} accounts are called "${reference}": ${named.join(', ')}. Give the ID of one, or name it under accounts.`,
      };
    }
    if (!organization?.accounts) {
      return {
        others: 'any',
        problem: `"${reference}" can't be looked up, because Organizations can't be read${why}. Give every account by its ID.`,
      };
    }
    return {
      others: 'any',
      problem: `No account in the organization is called "${reference}"${suggest(
        'account',
        reference,
        live.map(({ name }) => name),
      )}`,
      missing: { subject: 'account', name: reference, effect: 'frozen' },
    };
  }
}

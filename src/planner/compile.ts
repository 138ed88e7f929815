import type { Surroundings } from '../aws/context.ts';
import type { LoadedFile } from '../config/load.ts';
import { subjectAddress, type Address } from '../core/address.ts';
import { createScope, type Scope } from '../reconcile/scope.ts';
import type { ReadOptions } from '../reconcile/read.ts';
import { collectDesired, type Wanted } from '../reconcile/state.ts';
import { kinds } from '../kinds/index.ts';
import { resolveAccounts, type Accounts } from '../accounts/resolve.ts';
import { resolveLookUps } from '../source/look-ups.ts';
import { checkScopes } from '../accounts/scopes.ts';
import { ignoreRules, managedKinds, managedSections } from './managed-sections.ts';

/** A file whose accounts have been found: what it asks for now, and what it has a say in. */
export interface ResolvedFile extends Wanted {
  loaded: LoadedFile;
  accounts: Accounts;
  scope: Scope;
}

/**
 * Errors: a `ConfigError` with every account, or every application, that can't be resolved, or every account that an
 * included file may not grant anything in.
 */
export function resolveFile(
  loaded: LoadedFile,
  { instance, organization, lookedUp = {} }: Surroundings,
  now: Date,
): ResolvedFile {
  const { document, places } = loaded;
  const accounts = resolveAccounts(document, organization, places);
  checkScopes(loaded, accounts, organization);
  const find = resolveLookUps(document, lookedUp, places);
  const context = { partition: instance.partition, accountIds: accounts.idsOf, find };
  const wanted = collectDesired(kinds, managedSections(document), context, now);
  const { desired, expired } = wanted;
  const scope = createScope(kinds, managedKinds(document), desired, ignoreRules(document), accounts.allNames, expired);
  return { loaded, accounts, ...wanted, scope };
}

/** How the live state must be read to be compared with the file. */
export function readOptionsOf(file: ResolvedFile, needsOrphans: boolean): ReadOptions {
  const { loaded, desired, scope } = file;
  const managed = managedKinds(loaded.document);
  const renamed = new Set(renamesInPlace(file).keys());
  return {
    desired,
    needsOrphans,
    manages: (kind) => managed.has(kind),
    removes(kind, name) {
      const address = subjectAddress(kind, name);
      return managed.has(kind) && !desired.has(address) && !renamed.has(address) && !scope.ignoresName(kind, name);
    },
    wantsDetails: (kind, name) => desired.has(subjectAddress(kind, name)) || !scope.ignoresName(kind, name),
  };
}

/** New names by old address, of users and groups. */
export function renamesInPlace({ desired }: ResolvedFile): Map<Address, string> {
  const renames = new Map<Address, string>();
  for (const { name: kind, subjects } of kinds.filter(({ rename }) => rename === 'in-place')) {
    for (const { spec, previously } of desired.of(kind)) {
      const name = subjects(spec)[kind];
      if (previously !== undefined && name !== undefined) renames.set(subjectAddress(kind, previously), name);
    }
  }
  return renames;
}

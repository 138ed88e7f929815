import type { AwsContext } from '../aws/context.ts';
import type { LoadedFile } from '../config/load.ts';
import type { AccountTarget } from '../core/account-target.ts';
import { subjectAddress, type Address } from '../core/address.ts';
import { createScope, type Scope } from '../reconcile/scope.ts';
import type { ReadOptions } from '../reconcile/read.ts';
import { collectDesired, type Wanted } from '../reconcile/state.ts';
import type { Thing } from '../core/state.ts';
import { kinds } from '../kinds/index.ts';
import { resolveAccounts, type Accounts } from '../accounts/resolve.ts';
import { resolveLookUps, type LookUps } from './look-ups.ts';
import type { Reclaim } from '../core/plan.ts';
import { reclaimedBy } from './reclaimed.ts';
import { checkScopes, type ScopeCheck } from '../accounts/scopes.ts';
import { ignoreRules, managedKinds, managedSections } from './managed-sections.ts';
import { isNarrowing, refuseUnresolved, type Problem } from '../config/problems.ts';
import { createTolerance } from './known-names.ts';

/** A file whose accounts have been found: what it asks for now, and what it has a say in. */
export interface CompiledFile extends Wanted {
  loaded: LoadedFile;
  accounts: Accounts;
  lookUps: LookUps;
  scope: Scope;
  /** By entry of an included file: the accounts of its own in which it has no say, or may have none. */
  outside: ScopeCheck['outside'];
  /** What of the file can't be resolved by what is around Identity Center, and stops nothing. */
  problems: readonly Problem[];
  /** Answers with the problems. Errors: a `ConfigError` with those that stop a plan of this file. */
  tolerate(problems: readonly Problem[]): readonly Problem[];
  /** Why a live thing that `ignore` hides by a name alone is removed all the same; undefined where it is left alone. */
  reclaimed(thing: Thing): Reclaim | undefined;
  /** The file before. */
  base?: CompiledFile;
  /** Later files that may be applied in part, with what the file before asks for. */
  begun: readonly BegunCompiled[];
}

export interface BegunCompiled extends CompiledFile {
  commit: string;
}

export interface CompileOptions {
  /** Of a run that only removes: nothing that can't be resolved stops it. */
  only?: 'expired' | undefined;
  /** The file before: names that it has stop nothing either, unless they narrow something. */
  base?: CompiledFile | undefined;
  /** Later files that may be applied in part: what they asked for goes as what the file before asked for does. */
  begun?: readonly BegunCompiled[] | undefined;
  /** What to do about names that stop it. */
  hint?: ((found: readonly Problem[]) => string) | undefined;
}

/**
 * Errors: a `ConfigError` with every account that can't be resolved and everything that can't be found by looking it up, and every account that an
 * included file may not grant anything in.
 */
export function compileDesired(
  loaded: LoadedFile,
  { instance, organization, lookedUp = {} }: AwsContext,
  now: Date,
  { only, base, begun = [], hint }: CompileOptions = {},
): CompiledFile {
  const { document, places } = loaded;
  const accounts = resolveAccounts(document, organization);
  const { outside, problems: beyond } = checkScopes(loaded, accounts, organization);
  const lookUps = resolveLookUps(document, lookedUp);
  const isTolerated = only ? () => true : createTolerance(base?.loaded.document);
  const tolerate = (all: readonly Problem[]): readonly Problem[] => {
    const found = all.filter((problem) => !isTolerated(problem));
    const isMissing = found.some(({ missing, at }) => missing && !isNarrowing(at));
    refuseUnresolved(found, places, isMissing ? hint?.(found) : undefined);
    return all;
  };
  const problems = tolerate([...accounts.problems, ...beyond, ...lookUps.problems]);
  const context = {
    partition: instance.partition,
    accountIds(target: AccountTarget) {
      const [ids, others] = [accounts.idsOf(target), outside.get(target)];
      return others ? ids.filter((id) => !others.has(id)) : ids;
    },
    find: lookUps.find,
  };
  const wanted = collectDesired(kinds, managedSections(document), context, now);
  const { desired, expired } = wanted;
  const ignored = ignoreRules(document, accounts.canMatch);
  const reclaimed = reclaimedBy(document, desired, base, begun);
  const scope = createScope(kinds, managedKinds(document), desired, ignored, accounts.allNames, {
    expired,
    reclaims: (thing) => reclaimed(thing) !== undefined,
  });
  return {
    loaded,
    accounts,
    lookUps,
    ...wanted,
    scope,
    outside,
    problems,
    tolerate,
    reclaimed,
    begun,
    ...(base && { base }),
  };
}

/** How the live state must be read to be compared with the file. */
export function readOptionsOf(file: CompiledFile, needsOrphans: boolean): ReadOptions {
  const { loaded, desired, scope } = file;
  const before = referredToBefore(file);
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
    wantsDetails(kind, name) {
      const address = subjectAddress(kind, name);
      return desired.has(address) || !scope.ignoresName(kind, name) || before.has(address);
    },
    comparesAdded: (kind) => speaksOfAdded(file, kind),
  };
}

/** Whether the file gives one thing of a kind one of the fields that it came to express later. */
export function speaksOfAdded({ desired }: CompiledFile, kind: string): boolean {
  const added = kinds.find(({ name }) => name === kind)?.addedFields ?? [];
  return (
    added.length > 0 &&
    desired.of(kind).some(({ spec }) => added.some((field) => (spec as Record<string, unknown>)[field] !== undefined))
  );
}

/** What earlier files speak of and can't declare: what they granted of it goes with its line, though it is ignored. */
function referredToBefore({ base, begun }: CompiledFile): Set<Address> {
  const found = new Set<Address>();
  const earlier = [...(base ? [base] : []), ...begun];
  for (const { name, lookUp, subjects } of kinds) {
    if (!lookUp) continue;
    const things = earlier.flatMap(({ desired, expiredThings }) => [
      ...desired.of(name),
      ...expiredThings.filter(({ kind }) => kind === name),
    ]);
    for (const { spec } of things) {
      const subject = subjects(spec)[lookUp.subject];
      if (subject !== undefined) found.add(subjectAddress(lookUp.subject, subject));
    }
  }
  return found;
}

/** New names by old address, of users and groups. */
export function renamesInPlace({ desired }: CompiledFile): Map<Address, string> {
  const renames = new Map<Address, string>();
  for (const { name: kind, subjects } of kinds.filter(({ rename }) => rename === 'in-place')) {
    for (const { spec, previously } of desired.of(kind)) {
      const name = subjects(spec)[kind];
      if (previously !== undefined && name !== undefined) renames.set(subjectAddress(kind, previously), name);
    }
  }
  return renames;
}

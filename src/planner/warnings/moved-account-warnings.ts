import { subjectKey } from '../../core/address.ts';
import { isOver } from '../../core/expiry.ts';
import type { DocumentPath, Names } from '../../core/kind.ts';
import { specIn, stepsOf } from '../../core/of-kind.ts';
import type { Step, Warning } from '../../core/plan.ts';
import { listOf } from '../../core/words.ts';
import { assignment, type AssignmentSpec } from '../../kinds/account-assignment/kind.ts';
import type { AssignmentEntry } from '../../kinds/account-assignment/schema.ts';
import type { CompiledFile } from '../../source/compile.ts';
import type { Criterion, Selection } from '../../accounts/select.ts';

/** An entry that takes accounts by more than their names. */
interface Taker extends Selection {
  entry: AssignmentEntry;
  path: DocumentPath;
}

/** Why something happens in accounts: an entry of the file, and what they have to do with it. */
interface Reason {
  taker: Taker;
  /** Undefined: they are excepted, or have nothing of what it asks for. */
  fits?: Criterion;
}

/**
 * What accounts gain because of where they are, what they are called or what tags they have, and what they lose for that:
 * nobody has written their names into the file, so nobody sees it there.
 */
export function movedAccountWarnings(steps: readonly Step[], file: CompiledFile, now: Date): Warning[] {
  const takers = takersOf(file, now);
  if (takers.size === 0) return [];
  const counts = new Map<string, { reason: Reason; isGain: boolean; byAccount: Map<string, number> }>();
  const add = (reason: Reason, isGain: boolean, account: string): void => {
    const { taker, fits } = reason;
    const key = JSON.stringify([isGain, taker.path, fits?.at, taker.excepts(account)]);
    const found = counts.get(key) ?? { reason, isGain, byAccount: new Map<string, number>() };
    counts.set(key, found);
    found.byAccount.set(account, (found.byAccount.get(account) ?? 0) + 1);
  };
  const lookUp = askersBySet(takers);
  // Under its new name a set gives nobody anything new.
  const renewed = new Set(steps.flatMap(({ replaces, after }) => (replaces === undefined ? [] : nameIn(after))));
  for (const step of stepsOf(assignment, steps)) {
    const { action, id } = step;
    const spec = specIn(step);
    if (action === 'create' && !renewed.has(spec.permissionSet)) {
      const reasons = reasonsFor(file, takers, id, spec.account);
      // Where an entry names the account, it is written there for everybody to see.
      const [first] = reasons;
      if (first && reasons.every((reason) => reason !== undefined)) add(first, true, spec.account);
    } else if (action === 'delete') {
      const taker = lookUp(spec);
      if (taker) add({ taker }, false, spec.account);
    }
  }
  return [...counts.values()].flatMap(({ reason, isGain, byAccount }) => {
    const place = file.loaded.places.of(reason.taker.path);
    return sameCounts(byAccount).map(({ count, accounts }): Warning => ({
      ...(isGain ? { code: 'gain-by-target' } : { code: 'loss-by-target' }),
      message: describe(reason, isGain, count, accounts, file.accounts.names),
      ...(place && { place }),
    }));
  });
}

const nameIn = (spec: unknown): string[] => [(spec as { name?: string }).name ?? ''];

function takersOf({ loaded: { document }, accounts: { selections } }: CompiledFile, now: Date): Map<number, Taker> {
  const takers = new Map<number, Taker>();
  for (const [index, entry] of (document.assignments ?? []).entries()) {
    const selection = selections.get(entry);
    if (!selection) continue;
    if (entry.expires === undefined || !isOver(entry.expires, now)) takers.set(index, { ...selection, entry });
  }
  return takers;
}

/** For each entry that asks for the assignment, why it takes the account; undefined for one that names it. */
function reasonsFor(
  { desired }: CompiledFile,
  takers: ReadonlyMap<number, Taker>,
  address: string,
  account: string,
): (Reason | undefined)[] {
  return (desired.get(address)?.at ?? []).map(([, index]) => {
    const taker = takers.get(Number(index));
    const fits = taker?.reasonFor(account);
    return taker && fits ? { taker, fits } : undefined;
  });
}

/** The entry that still gives a permission set to somebody, though elsewhere. */
function askersBySet(takers: ReadonlyMap<number, Taker>): (spec: AssignmentSpec) => Taker | undefined {
  const bySet = new Map<string, Taker[]>();
  for (const taker of takers.values()) {
    for (const name of taker.entry.permissionSets) bySet.set(name, [...(bySet.get(name) ?? []), taker]);
  }
  const asksFor = (
    { users = [], groups = [] }: AssignmentEntry,
    { principalType, principal }: AssignmentSpec,
  ): boolean =>
    principalType === 'GROUP'
      ? groups.includes(principal)
      : users.some((name) => subjectKey('user', name) === subjectKey('user', principal));
  return (spec) =>
    bySet
      .get(spec.permissionSet)
      // An entry that only names accounts can still except some of them by where they are.
      ?.find((taker) => asksFor(taker.entry, spec) && (taker.criteria.length > 0 || taker.excepts(spec.account)));
}

/** Accounts that gain or lose the same number of assignments stand together. */
function sameCounts(byAccount: ReadonlyMap<string, number>): { count: number; accounts: string[] }[] {
  const groups = new Map<number, string[]>();
  for (const [account, count] of byAccount) groups.set(count, [...(groups.get(count) ?? []), account]);
  return [...groups].sort(([a], [b]) => b - a).map(([count, accounts]) => ({ count, accounts }));
}

function describe(
  { taker, fits }: Reason,
  isGain: boolean,
  count: number,
  accounts: readonly string[],
  names: Names,
): string {
  const one = accounts.length === 1;
  const [first = ''] = accounts;
  const why = isGain && fits ? whyTaken(fits, one) : whyNot(taker, first, one);
  const verb = isGain ? 'gain' : 'lose';
  const each = one ? `${verb}s` : `each ${verb}s`;
  const list = listOf(accounts.map((id) => names.account(id)).sort(), 10);
  return `${list} ${why}: ${each} ${count} ${count === 1 ? 'assignment' : 'assignments'}.`;
}

function whyTaken({ type, text }: Criterion, one: boolean): string {
  switch (type) {
    case 'pattern':
      return `${one ? 'matches' : 'match'} "${text}"`;
    case 'unit':
      return `${one ? 'is' : 'are'} in ${text}`;
    case 'tags':
      return `${one ? 'has' : 'have'} ${text}`;
    case 'all':
      return one ? 'is one of all accounts' : 'are among all accounts';
  }
}

function whyNot(taker: Taker, account: string, one: boolean): string {
  if (taker.excepts(account)) return `${one ? 'is' : 'are'} left out by except`;
  const texts = taker.criteria.map(({ text }) => text);
  const any = texts.length === 1 ? (texts[0] ?? '') : `any of ${listOf(texts, 5)}`;
  const [first] = taker.criteria;
  if (first?.type === 'unit') return `${one ? 'is' : 'are'} not in ${any}`;
  if (first?.type === 'tags') return `${one ? 'does' : 'do'} not have ${any}`;
  return `${one ? 'does' : 'do'} not match ${any}`;
}

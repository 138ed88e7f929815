import { askOnce, subjectAddress, subjectKey, type Address, type Subject } from '../core/address.ts';
import { groupBy } from '../core/group-by.ts';
import type { Inventory, InventoryContext, InventoryEntry } from '../core/inventory.ts';
import type { Names } from '../core/kind.ts';
import { kindWords } from '../core/words.ts';
import type { LiveState } from '../reconcile/state.ts';
import { findImportable, type Unimportable } from './importable.ts';
import type { InventoryKind, Section } from './sections.ts';

/** What is collected of one kind. */
export interface CollectedKind {
  kind: InventoryKind;
  section: Section;
  /** Absent where the kind was not asked, or has no answer. */
  inventory: Inventory<unknown> | undefined;
  importable: readonly InventoryEntry<unknown>[];
  unimportable: readonly Unimportable[];
  /** How many live things the entries were made from. */
  things: number;
  /** How many go with something that is left alone. */
  left: number;
  /** Of these, what keeps something that the file declares from being removed: in words, by what it is. */
  holding: ReadonlyMap<string, readonly string[]>;
  /** Those that refer to something that does not exist any more, in words. */
  orphans: readonly string[];
}

/** What a kind is collected from. */
export interface CollectContext extends Omit<InventoryContext, 'isReferredTo'> {
  live: LiveState;
  /** The names of all that live things refer to, by kind. */
  referredTo: ReadonlyMap<string, ReadonlySet<string>>;
  isMissing(subject: Subject, name: string): boolean;
  isLeft(subject: Subject, name: string): boolean;
  /** Whether the file will declare it; it may be left alone by its name then. */
  isWritten(subject: Subject): boolean;
}

/**
 * What the kind says of its live things, without orphans and what refers to something that is left alone.
 * @param isWritten false for a section that nobody asked for: then only what is always left alone matters.
 */
export function collectKind(
  kind: InventoryKind,
  section: Section,
  isWritten: boolean,
  { partition, names, sortAccounts, proposeTargets, live, referredTo, ...referents }: CollectContext,
): CollectedKind {
  const { kept, orphaned, left } = sortOut(kind, live, referents);
  // A pattern leaves alone what has a name.
  const isAsked = isWritten || kind.rename !== undefined;
  const inventory = isAsked
    ? kind.inventory?.(kept, {
        partition,
        names,
        sortAccounts,
        proposeTargets,
        isReferredTo: (name) => referredTo.get(kind.name)?.has(subjectKey(kind.name, name)) ?? false,
      })
    : undefined;
  return {
    kind,
    section,
    inventory,
    ...findImportable(section, kind, isWritten ? (inventory?.entries ?? []) : [], partition),
    things: kept.length,
    left: left.length,
    holding: kind.outlivesReferences ? holdingOf(kind, left, names, referents) : new Map(),
    orphans: orphaned.map((spec) => kind.label(spec, names)),
  };
}

/** In the order of their addresses. */
function sortOut(
  kind: InventoryKind,
  live: LiveState,
  { isMissing, isLeft }: Pick<CollectContext, 'isMissing' | 'isLeft'>,
): { kept: unknown[]; orphaned: unknown[]; left: unknown[] } {
  const stateOf = askOnce((subject, name) =>
    isLeft(subject, name) ? 'left' : isMissing(subject, name) ? 'missing' : undefined,
  );
  const sorted = { kept: [] as unknown[], orphaned: [] as unknown[], left: [] as unknown[] };
  for (const spec of sortedSpecs(kind, live)) {
    const states = otherSubjects(kind, spec).map(([subject, name]) => stateOf(subject, name));
    const list = states.includes('left') ? sorted.left : states.includes('missing') ? sorted.orphaned : sorted.kept;
    list.push(spec);
  }
  return sorted;
}

function holdingOf(
  kind: InventoryKind,
  left: readonly unknown[],
  names: Names,
  { isLeft, isMissing, isWritten }: Pick<CollectContext, 'isLeft' | 'isMissing' | 'isWritten'>,
): Map<string, string[]> {
  const held = left.flatMap((spec) =>
    otherSubjects(kind, spec)
      .filter(([subject, name]) => isWritten(subject) && !isLeft(subject, name) && !isMissing(subject, name))
      .map(([subject, name]) => ({ held: `${kindWords(subject)} ${name}`, label: kind.label(spec, names) })),
  );
  return new Map([...groupBy(held, (one) => one.held)].map(([what, uses]) => [what, uses.map(({ label }) => label)]));
}

function sortedSpecs(kind: InventoryKind, live: LiveState): unknown[] {
  const things = live
    .of(kind.name)
    .map(({ address, spec }): { address: Address; spec: unknown } => ({ address, spec }));
  return things.sort((a, b) => (a.address < b.address ? -1 : 1)).map(({ spec }) => spec);
}

/** All that live things are about besides themselves: the names by subject. */
export function subjectsReferredTo(kinds: readonly InventoryKind[], live: LiveState): Map<Subject, Set<string>> {
  const found = new Map<Subject, Set<string>>();
  for (const kind of kinds) {
    for (const { spec } of live.of(kind.name)) {
      for (const [subject, name] of otherSubjects(kind, spec)) {
        const names = found.get(subject) ?? new Set();
        found.set(subject, names.add(subjectKey(subject, name)));
      }
    }
  }
  return found;
}

const otherSubjects = (kind: InventoryKind, spec: unknown): [Subject, string][] =>
  Object.entries(kind.subjects(spec)).filter(([subject]) => subject !== kind.name);

/** The addresses of what a pattern under `ignore` leaves alone. */
export function leftAloneIn({ kind, section, inventory, unimportable }: CollectedKind): Address[] {
  if (!section.isIgnorable) return [];
  const names = [
    ...(inventory?.ignored?.flatMap((things) => things.names) ?? []),
    ...unimportable.flatMap(({ name }) => name ?? []),
  ];
  return names.map((name) => subjectAddress(kind.name, name));
}

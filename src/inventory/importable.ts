import { fold } from '../core/address.ts';
import type { InventoryEntry } from '../core/inventory.ts';
import { State, Thing } from '../core/state.ts';
import { listOf } from '../core/words.ts';
import { diffStates } from '../reconcile/diff.ts';
import { DesiredThing } from '../reconcile/state.ts';
import type { InventoryKind, Section } from './sections.ts';

type Entry = InventoryEntry<unknown>;

/** Something live that is not in the file. */
export interface Unimportable {
  /** Undefined for what has no name of its own. */
  name: string | undefined;
  label: string;
  /** Why not: `has a name that the file does not take`. */
  why: string;
}

const names = { account: (id: string): string => id };

/**
 * Which entries say exactly what is live: the file takes them, and a plan finds no difference. Whatever else is live
 * (another tool may have made it) the file can only leave alone.
 */
export function findImportable(
  section: Section,
  kind: InventoryKind,
  entries: readonly Entry[],
  partition: string,
): { importable: Entry[]; unimportable: Unimportable[] } {
  const importable: Entry[] = [];
  const unimportable: Unimportable[] = [];
  const known = new Map<string, string>();
  const owners = new Map<string, string>();
  for (const entry of entries) {
    const { declares, unique } = entry;
    if (declares === undefined) {
      importable.push(entry);
      continue;
    }
    const name = kind.subjects(declares)[kind.name];
    const twin = name === undefined ? undefined : known.get(fold(name));
    const claim = unique && JSON.stringify([unique.what, unique.key]);
    const owner = claim === undefined ? undefined : owners.get(claim);
    const why =
      twin !== undefined
        ? `differs from ${JSON.stringify(twin)} by the form of its letters alone`
        : owner !== undefined
          ? `has the ${unique?.what} of ${JSON.stringify(owner)}`
          : whyNot(section, kind, entry, name, partition);
    if (why !== undefined) {
      unimportable.push({ name, label: kind.label(declares, names), why });
      continue;
    }
    if (name !== undefined) {
      known.set(fold(name), name);
      if (claim !== undefined) owners.set(claim, name);
    }
    importable.push(entry);
  }
  return { importable, unimportable };
}

function whyNot(
  { schema }: Section,
  kind: InventoryKind,
  { piece, declares, problem }: Entry,
  name: string | undefined,
  partition: string,
): string | undefined {
  const { data, error } = schema.safeParse(piece);
  const issues = error?.issues ?? [];
  const isWrongName = issues.some(({ code, path }) => code === 'invalid_key' && path.length === 1 && path[0] === name);
  if (name === '__proto__' || isWrongName) return 'has a name that the file does not take';
  if (JSON.stringify(piece).includes('"__proto__":')) return 'has something by the name __proto__';
  if (problem !== undefined) return problem;
  if (error) {
    // Below the name, where there is one.
    const fields = new Set(issues.map(({ path }) => String(path[name === undefined ? 0 : 1] ?? 'entry')));
    return `has what the file does not take: ${listOf([...fields])}`;
  }

  const [desired] = kind.desired(data, { partition, accountIds: () => [] });
  const { steps } = diffStates(
    [kind],
    new State(desired ? [new DesiredThing(kind, desired)] : []),
    new State([new Thing(kind, declares)]),
    { names, manages: () => true, removeOrphans: false },
  );
  const different = steps.flatMap(({ changes }) => changes.map(({ field }) => field));
  return different.length === 0 ? undefined : `has what the file can't say: ${listOf(different)}`;
}

import type { InventoryEntry } from '../core/inventory.ts';

/** An entry as it stands in the file. */
export interface WrittenEntry {
  /** Absent in a list. */
  name?: string;
  value: unknown;
  /** Sentences above it. */
  notes: readonly string[];
  /** Members that may stand in a file of their own, by its path. */
  files: Readonly<Record<string, string>>;
}

/** Puts the pieces of a section together, in their order; two by one name are one entry. Pure. */
export function mergePieces(pieces: readonly InventoryEntry<unknown>[]): WrittenEntry[] {
  const entries: WrittenEntry[] = [];
  const places = new Map<string, number>();
  for (const { piece, notes = [], files = {} } of pieces) {
    for (const [index, { name, value }] of itemsOf(piece).entries()) {
      const entry = { value, notes: index === 0 ? notes : [], files };
      const place = name === undefined ? undefined : places.get(name);
      const known = place === undefined ? undefined : entries[place];
      if (place !== undefined && known) entries[place] = merge(known, entry);
      else if (name === undefined) entries.push(entry);
      else places.set(name, entries.push({ name, ...entry }) - 1);
    }
  }
  return entries;
}

const itemsOf = (piece: InventoryEntry<unknown>['piece']): { name?: string; value: unknown }[] =>
  isList(piece) ? piece.map((value) => ({ value })) : Object.entries(piece).map(([name, value]) => ({ name, value }));

const isList = (piece: InventoryEntry<unknown>['piece']): piece is readonly object[] => Array.isArray(piece);

const merge = (known: WrittenEntry, { value, notes, files }: WrittenEntry): WrittenEntry => ({
  ...known,
  value: { ...(known.value as object), ...(value as object) },
  notes: [...known.notes, ...notes],
  files: { ...known.files, ...files },
});

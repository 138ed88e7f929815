/**
 * Rows under a unique key, with indexes that keep themselves current. Rows are immutable: to change one, put another
 * under its key. So a row that is kept elsewhere (a provisioned copy of a permission set, say) stays as it was.
 */
export interface Table<Row extends object, IndexName extends string = never> {
  readonly size: number;
  get(key: string): Row | undefined;
  has(key: string): boolean;
  put(row: Row): void;
  delete(key: string): boolean;
  /** In the order in which the rows were first put. */
  rows(): Row[];
  /** Rows that an index files under this key, in the order in which they were first put. */
  by(index: IndexName, key: string): Row[];
  /** The first of the rows that an index files under this key, in the order in which they came to be filed there. */
  find(index: IndexName, key: string, isWanted: (row: Row) => boolean): Row | undefined;
  count(index: IndexName, key: string): number;
  /** Grows with every new row, is kept when a row is replaced, and sorts as text. */
  sequenceOf(row: Row): string;
}

export type KeysOf<Row> = (row: Row) => string | readonly string[] | undefined;

type Place = readonly [index: string, key: string];

interface Entry<Row> {
  row: Row;
  sequence: number;
  filed: readonly Place[];
}

export function createTable<Row extends object, IndexName extends string = never>(
  keyOf: (row: Row) => string,
  indexes: Record<IndexName, KeysOf<Row>> = {} as Record<IndexName, KeysOf<Row>>,
  onWrite: (key: string, row: object | undefined) => void = () => {},
): Table<Row, IndexName> {
  const entries = new Map<string, Entry<Row>>();
  const buckets = new Map(Object.keys(indexes).map((name) => [name, new Map<string, Map<string, Entry<Row>>>()]));
  const keysOf = Object.entries<KeysOf<Row>>(indexes);
  let lastSequence = 0;

  const unfile = (key: string, places: readonly Place[]): void => {
    for (const [index, indexKey] of places) {
      const bucket = buckets.get(index)?.get(indexKey);
      bucket?.delete(key);
      if (bucket?.size === 0) buckets.get(index)?.delete(indexKey);
    }
  };

  const file = (key: string, entry: Entry<Row>, places: readonly Place[]): void => {
    for (const [index, indexKey] of places) {
      const ofIndex = buckets.get(index);
      const bucket = ofIndex?.get(indexKey);
      if (bucket) bucket.set(key, entry);
      else ofIndex?.set(indexKey, new Map([[key, entry]]));
    }
  };

  const placesOf = (row: Row): Place[] =>
    keysOf.flatMap(([index, keys]) => {
      const found = keys(row);
      const all = found === undefined ? [] : typeof found === 'string' ? [found] : found;
      return all.map((indexKey) => [index, indexKey] as const);
    });

  return {
    get size() {
      return entries.size;
    },
    get: (key) => entries.get(key)?.row,
    has: (key) => entries.has(key),
    put(row) {
      const key = keyOf(row);
      const entry = entries.get(key) ?? { row, sequence: ++lastSequence, filed: [] };
      const places = placesOf(row);
      // Where it is filed already it keeps its position.
      unfile(key, without(entry.filed, places));
      file(key, entry, without(places, entry.filed));
      entry.row = row;
      entry.filed = places;
      entries.set(key, entry);
      onWrite(key, row);
    },
    delete(key) {
      const entry = entries.get(key);
      if (!entry) return false;
      unfile(key, entry.filed);
      entries.delete(key);
      onWrite(key, undefined);
      return true;
    },
    rows: () => Array.from(entries.values(), ({ row }) => row),
    by(index, key) {
      const bucket = buckets.get(index)?.get(key);
      if (!bucket) return [];
      // A row that moved to this key is the last of its bucket, however old it is.
      return [...bucket.values()].sort((a, b) => a.sequence - b.sequence).map(({ row }) => row);
    },
    find(index, key, isWanted) {
      for (const { row } of buckets.get(index)?.get(key)?.values() ?? []) if (isWanted(row)) return row;
      return undefined;
    },
    count: (index, key) => buckets.get(index)?.get(key)?.size ?? 0,
    sequenceOf: (row) => String(entries.get(keyOf(row))?.sequence ?? 0).padStart(12, '0'),
  };
}

function without(places: readonly Place[], others: readonly Place[]): Place[] {
  return places.filter(([index, key]) => !others.some((other) => other[0] === index && other[1] === key));
}

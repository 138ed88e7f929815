/** JSON with sorted keys and no undefined members: equal text, equal value. Of plain values: no `toJSON`. */
export function stableJson(value: unknown): string {
  let text = '';
  writeStableJson(value, (piece) => {
    text += piece;
  });
  return text;
}

/** The same piece by piece. */
export function writeStableJson(value: unknown, write: (piece: string) => void): void {
  if (Array.isArray(value)) {
    write('[');
    for (const [index, item] of value.entries()) {
      if (index > 0) write(',');
      writeStableJson(item, write);
    }
    write(']');
  } else if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    write('{');
    for (const [index, [key, member]] of members.sort(byKey).entries()) {
      write(`${index > 0 ? ',' : ''}${JSON.stringify(key)}:`);
      writeStableJson(member, write);
    }
    write('}');
  } else write(JSON.stringify(value ?? null));
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** A plain value with all its lists sorted, and without undefined members: for lists in which only what is in them counts. */
export function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return sortedByContent(value.map(unordered));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, unordered(member)]),
  );
}

/** In an order that follows from the items alone. */
export const sortedByContent = (items: readonly unknown[]): unknown[] =>
  items
    .map((item): [string, unknown] => [stableJson(item), item])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);

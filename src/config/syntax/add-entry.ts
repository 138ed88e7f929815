import type { Report } from './finding.ts';
import { quote } from './quote.ts';
import { placeOf } from './source.ts';
import { type Entry, listTree, mapTree, type Tree } from './tree.ts';

/** Adds what one line of a map says, and complains of a key that is there already. */
export function addEntry(entries: Map<string, Entry>, key: string, entry: Entry, report: Report): void {
  if (key === '__proto__') report('reserved-name', entry.key, '"__proto__" cannot be a name.');
  const first = entries.get(key);
  if (!first) {
    entries.set(key, entry);
    return;
  }
  const { line, column } = placeOf(first.key);
  report('duplicate-key', entry.key, `The key ${quote(key)} stands here twice; first at ${line}:${column}.`);
  entries.set(key, { key: first.key, value: combine(first.value, entry.value) });
}

/** Both values of a key that stands twice, so that what only one of them declares is not missed elsewhere. */
function combine(first: Tree, second: Tree): Tree {
  if (first.kind === 'map' && second.kind === 'map') {
    const entries = new Map(first.entries);
    for (const [key, entry] of second.entries) {
      const known = entries.get(key);
      entries.set(key, known ? { key: known.key, value: combine(known.value, entry.value) } : entry);
    }
    return mapTree(first.span, entries);
  }
  if (first.kind === 'list' && second.kind === 'list') return listTree(first.span, [...first.items, ...second.items]);
  return first;
}

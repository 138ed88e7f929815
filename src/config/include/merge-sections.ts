import type { Section } from '../../core/section.ts';
import { describeWrongType } from '../schema/describe-issue.ts';
import { isList } from '../schema/schema-walk.ts';
import type { Report } from '../syntax/finding.ts';
import { quote } from '../syntax/quote.ts';
import { placeOf, type Span } from '../syntax/source.ts';
import { type Entry, get, listTree, type MapTree, mapTree, type Tree } from '../syntax/tree.ts';

/** By list, which of the items of all are those of one file: from the first to before the last. */
export type Slices = Readonly<Record<string, readonly [from: number, to: number]>>;

/** Puts the sections of other files behind those of the root file. */
export function createMerge(
  root: MapTree,
  mergeable: readonly Section[],
  report: Report,
): { add(tree: MapTree): Slices; result(): MapTree } {
  const entries = new Map(root.entries);
  const maps = new Map<string, Map<string, Entry>>();
  const lists = new Map(
    mergeable.filter(isList).map(({ name }) => {
      const own = get(root, name);
      return [name, own?.kind === 'list' ? [...own.items] : []];
    }),
  );
  let isMerged = false;

  return {
    add(tree) {
      const before = [...lists].map(([name, items]) => [name, items.length] as const);
      for (const section of mergeable) {
        const { name } = section;
        const found = tree.entries.get(name);
        if (!found) continue;
        isMerged = true;
        const items = lists.get(name);
        if (found.value.kind !== (items ? 'list' : 'map')) {
          const expected = [items ? 'a list' : 'keys and values'];
          const span = found.value.span.end > found.value.span.start ? found.value.span : found.key;
          const { code, message } = describeWrongType(found.value, expected, { emptyMapIsFine: !items });
          report(code, span, message);
          continue;
        }
        // In the root file too: what stands there is no section, which is complained of.
        if (!entries.has(name)) entries.set(name, found);
        if (found.value.kind === 'list') items?.push(...found.value.items);
        else if (found.value.kind === 'map') addNames(name, found.value);
      }
      return Object.fromEntries(before.map(([name, from]) => [name, [from, lists.get(name)?.length ?? from]]));
    },
    result() {
      if (!isMerged) return root;
      for (const [name, names] of maps) replace(name, 'map', (span) => mapTree(span, names));
      for (const [name, items] of lists) replace(name, 'list', (span) => listTree(span, items));
      return { ...mapTree(root.span, entries), ...(root.partial && { partial: true }) };
    },
  };

  function replace(section: string, kind: Tree['kind'], make: (span: Span) => Tree): void {
    const entry = entries.get(section);
    if (entry?.value.kind === kind) entries.set(section, { key: entry.key, value: make(entry.value.span) });
  }

  function addNames(section: string, { entries: added }: MapTree): void {
    const own = get(root, section);
    const names = maps.get(section) ?? new Map(own?.kind === 'map' ? own.entries : []);
    maps.set(section, names);
    for (const [name, entry] of added) {
      const before = names.get(name);
      if (!before) {
        names.set(name, entry);
        continue;
      }
      // At both places, each with the lines around it.
      report('defined-twice', entry.key, `${quote(name)} is defined here and at ${fullPlace(before.key)}.`);
      report('defined-twice', before.key, `${quote(name)} is defined here and at ${fullPlace(entry.key)}.`);
    }
  }
}

function fullPlace(span: Span): string {
  const { file, line, column } = placeOf(span);
  return `${file}:${line}:${column}`;
}

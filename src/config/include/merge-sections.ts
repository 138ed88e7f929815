import { describeWrongType } from '../schema/describe-issue.ts';
import type { Report } from '../syntax/finding.ts';
import { quote } from '../syntax/show-text.ts';
import { placeOf, type Span } from '../syntax/source.ts';
import { type Entry, get, listTree, type MapTree, mapTree, type Tree } from '../syntax/tree.ts';

/** What other files may add to. */
export const mergedSections = ['groups', 'permissionSets', 'assignments'] as const;

/** Puts the sections of other files behind those of the root file. */
export function createMerge(
  root: MapTree,
  report: Report,
): { add(tree: MapTree): [from: number, to: number]; result(): MapTree } {
  const entries = new Map(root.entries);
  const maps = new Map<string, Map<string, Entry>>();
  const first = get(root, 'assignments');
  const items = first?.kind === 'list' ? [...first.items] : [];
  let isMerged = false;

  return {
    add(tree) {
      const from = items.length;
      for (const section of mergedSections) {
        const found = tree.entries.get(section);
        if (!found) continue;
        isMerged = true;
        const isList = section === 'assignments';
        if (found.value.kind !== (isList ? 'list' : 'map')) {
          const expected = [isList ? 'a list' : 'keys and values'];
          const span = found.value.span.end > found.value.span.start ? found.value.span : found.key;
          const { code, message } = describeWrongType(found.value, [section], expected, !isList);
          report(code, span, message);
          continue;
        }
        // In the root file too: what stands there is no section, which is complained of.
        if (!entries.has(section)) entries.set(section, found);
        if (found.value.kind === 'list') items.push(...found.value.items);
        else if (found.value.kind === 'map') addNames(section, found.value);
      }
      return [from, items.length];
    },
    result() {
      if (!isMerged) return root;
      for (const [section, names] of maps) replace(section, (span) => mapTree(span, names));
      replace('assignments', (span) => listTree(span, items));
      return { ...mapTree(root.span, entries), ...(root.partial && { partial: true }) };
    },
  };

  function replace(section: string, make: (span: Span) => Tree): void {
    const entry = entries.get(section);
    const kind = section === 'assignments' ? 'list' : 'map';
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

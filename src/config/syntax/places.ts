import type { Place } from '../../core/errors.ts';
import type { DocumentPath } from '../../core/kind.ts';
import { frameOf } from './frame.ts';
import { offsetOf, placeOf, type Source, type Span } from './source.ts';
import { locate, type Tree } from './tree.ts';

/** Where the document's parts stand in the files that they came from. */
export interface Places {
  /** A key's place, or that of a list's item. */
  of(path: DocumentPath): Place | undefined;
  /** The lines around a place that came from `of`, with a caret. */
  frame(place: Place): string | undefined;
}

export function createPlaces(root: Tree, sources: readonly Source[]): Places {
  const byFile = new Map(sources.map((source) => [source.file, source]));
  let ends: Map<Source, Map<number, number>> | undefined;
  return {
    of(path) {
      const spot = locate(root, path);
      return spot && placeOf(spot.key ?? spot.tree.span);
    },
    frame(place) {
      const source = byFile.get(place.file);
      if (!source) return undefined;
      const start = offsetOf(source, place);
      ends ??= endsOf(root);
      return frameOf({ source, start, end: ends.get(source)?.get(start) ?? start + 1 });
    },
  };
}

/** Where the key or the item ends that begins at an offset. */
function endsOf(root: Tree): Map<Source, Map<number, number>> {
  const ends = new Map<Source, Map<number, number>>();
  const seen = new Set<Tree>();
  const add = ({ source, start, end }: Span): void => {
    const known = ends.get(source) ?? new Map<number, number>();
    known.set(start, end);
    ends.set(source, known);
  };
  const visit = (tree: Tree): void => {
    if (seen.has(tree)) return;
    seen.add(tree);
    add(tree.span);
    if (tree.kind === 'list') for (const item of tree.items) visit(item);
    if (tree.kind !== 'map') return;
    for (const { key, value } of tree.entries.values()) {
      visit(value);
      add(key);
    }
  };
  visit(root);
  return ends;
}

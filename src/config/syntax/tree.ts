import type { DocumentPath } from '../../core/kind.ts';
import type { Span } from './source.ts';

/**
 * What a YAML or JSON file says, with places. Aliases share the tree of their anchor, so the same tree can stand at
 * several paths.
 */
export type Tree = MapTree | ListTree | ScalarTree;

interface AnyTree {
  span: Span;
  /** Nodes in it, each as often as it is used. */
  size: number;
  /** Levels in it. */
  depth: number;
}

export interface MapTree extends AnyTree {
  kind: 'map';
  entries: Map<string, Entry>;
  /** Something that should have been merged into it is missing, which has been reported. */
  partial?: true;
}

export interface ListTree extends AnyTree {
  kind: 'list';
  items: Tree[];
}

export interface ScalarTree extends AnyTree {
  kind: 'scalar';
  value: unknown;
  /** As it is written: a number keeps its leading zeros. */
  text: string;
  /** It has been complained of already, so nothing more is said about its value. */
  broken?: true;
}

export interface Entry {
  key: Span;
  value: Tree;
}

/** Deeper than any identity file or policy; below what would exhaust the stack. */
export const deepest = 50;
export const tooDeepMessage = `Lists and maps stand more than ${deepest} deep inside each other here.`;

export function mapTree(span: Span, entries: Map<string, Entry>): MapTree {
  const values = [...entries.values()].map(({ value }) => value);
  return { kind: 'map', span, entries, ...measure(values) };
}

export function listTree(span: Span, items: Tree[]): ListTree {
  return { kind: 'list', span, items, ...measure(items) };
}

export function scalarTree(span: Span, value: unknown, text: string): ScalarTree {
  return { kind: 'scalar', span, value, text, size: 1, depth: 1 };
}

function measure(children: readonly Tree[]): { size: number; depth: number } {
  let [size, depth] = [1, 0];
  for (const child of children) {
    size += child.size;
    depth = Math.max(depth, child.depth);
  }
  return { size, depth: depth + 1 };
}

/** The value of a key, where the tree is a map that has it. */
export function get(tree: Tree | undefined, key: string): Tree | undefined {
  return tree?.kind === 'map' ? tree.entries.get(key)?.value : undefined;
}

export function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === 'scalar' && typeof tree.value === 'string' ? tree.value : undefined;
}

export interface Spot {
  tree: Tree;
  /** Absent for the root and for list items. */
  key?: Span;
}

/** What stands at the path. */
export function locate(root: Tree, path: DocumentPath): Spot | undefined {
  let spot: Spot = { tree: root };
  for (const step of path) {
    const { tree }: Spot = spot;
    if (tree.kind === 'map') {
      const entry = tree.entries.get(String(step));
      if (!entry) return undefined;
      spot = { tree: entry.value, key: entry.key };
    } else {
      const item = tree.kind === 'list' ? tree.items[Number(step)] : undefined;
      if (!item) return undefined;
      spot = { tree: item };
    }
  }
  return spot;
}

/** Where to point for a value: at itself where it is a plain one, at its key where it spreads over lines. */
export function valueSpan({ tree, key }: Spot): Span {
  return tree.kind === 'scalar' && tree.span.end > tree.span.start ? tree.span : (key ?? tree.span);
}

/** Every place that fits the pattern, in which `*` stands for any key or index. */
export function* select(
  tree: Tree,
  pattern: readonly string[],
  at: DocumentPath = [],
): Generator<Spot & { path: DocumentPath }> {
  const [step, ...rest] = pattern;
  if (step === undefined) {
    yield { tree, path: at };
  } else if (tree.kind === 'map') {
    const keys = step === '*' ? tree.entries.keys() : [step];
    for (const name of keys) {
      const entry = tree.entries.get(name);
      if (!entry) continue;
      if (rest.length === 0) yield { tree: entry.value, key: entry.key, path: [...at, name] };
      else yield* select(entry.value, rest, [...at, name]);
    }
  } else if (tree.kind === 'list' && step === '*') {
    for (const [index, item] of tree.items.entries()) yield* select(item, rest, [...at, index]);
  }
}

/** The plain value, without places. Shared trees become shared values. */
export function plain(tree: Tree, known = new Map<Tree, unknown>()): unknown {
  if (tree.kind === 'scalar') return tree.value;
  const before = known.get(tree);
  if (before !== undefined) return before;
  if (tree.kind === 'list') {
    const list = tree.items.map((item) => plain(item, known));
    known.set(tree, list);
    return list;
  }
  const record: Record<string, unknown> = {};
  for (const [key, { value }] of tree.entries) {
    // Assigning to it would set the prototype; it has been reported.
    if (key !== '__proto__') record[key] = plain(value, known);
  }
  known.set(tree, record);
  return record;
}

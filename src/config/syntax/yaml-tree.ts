import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { addEntry } from './add-entry.ts';
import type { Report } from './finding.ts';
import { createNearest } from '../../core/nearest-name.ts';
import type { Source, Span } from './source.ts';
import {
  deepest,
  type Entry,
  listTree,
  type MapTree,
  mapTree,
  type ScalarTree,
  scalarTree,
  tooDeepMessage,
  type Tree,
} from './tree.ts';

// Far above any real file, and still checked in seconds.
const largest = 1_000_000;

/** The document as a tree. What is wrong with it is reported; undefined where nothing more can be said about it. */
export function yamlTree(document: Document.Parsed, source: Source, report: Report): Tree | undefined {
  const anchors = new Map<string, Tree | 'open'>();
  let aliased = 0;
  let usable = true;
  let nearestAnchor: ReturnType<typeof createNearest> | undefined;

  for (const { code, pos } of document.warnings) {
    if (code === 'TAG_RESOLVE_FAILED')
      report('unknown-tag', span(pos), `The tag ${source.text.slice(...pos)} means nothing here.`);
  }
  const root = build(document.contents, { source, start: 0, end: 0 });
  return usable ? root : undefined;

  function span([start, end]: readonly [number, number, ...number[]]): Span {
    return { source, start, end };
  }

  function build(node: Node | null, where: Span): Tree {
    if (isAlias(node)) return resolve(node);
    const anchor = isScalar(node) || isCollection(node) ? node.anchor : undefined;
    if (anchor !== undefined) anchors.set(anchor, 'open');
    const tree = content(node, where);
    if (anchor !== undefined) anchors.set(anchor, tree);
    return tree;
  }

  function content(node: Node | null, where: Span): Tree {
    if (isScalar(node)) return scalar(node.value, node.source, node.tag, span(node.range ?? [where.start, where.end]));
    if (isMap(node)) return map(node, where);
    if (isSeq(node)) {
      const start = node.range?.[0] ?? where.start;
      const listSpan = span([start, node.flow ? (node.range?.[1] ?? start) : start + 1]);
      return listTree(
        listSpan,
        node.items.map((item) => build(item as Node | null, listSpan)),
      );
    }
    return scalarTree(where, null, '');
  }

  function scalar(value: unknown, text: string | undefined, tag: string | undefined, at: Span): ScalarTree {
    if (value instanceof Uint8Array) {
      report('unknown-tag', at, 'A value of bytes (!!binary) means nothing here: write it as text.');
      return { ...scalarTree(at, null, ''), broken: true };
    }
    // A plain `<<` is a symbol to the parser.
    const known = typeof value === 'symbol' ? text : value;
    const tree = scalarTree(at, known, text ?? String(known));
    if (tag !== undefined && !tag.startsWith('tag:yaml.org,2002:')) tree.broken = true;
    return tree;
  }

  function map(node: YAMLMap, where: Span): MapTree {
    const entries = new Map<string, Entry>();
    const merged: MapTree[] = [];
    let partial = false;
    for (const pair of node.items as Pair<Node | null, Node | null>[]) {
      const keySpan = pair.key?.range ? span(pair.key.range) : where;
      const key = keyOf(pair.key);
      const value = build(pair.value, { source, start: keySpan.end, end: keySpan.end });
      if (key === undefined) {
        const isEmpty = !pair.key || isScalar(pair.key);
        report('bad-key', keySpan, isEmpty ? 'This colon has no key before it.' : 'A key has to be a plain text.');
      } else if (key === mergeKey) {
        const parts = value.kind === 'list' ? value.items : [value];
        const maps = parts.filter((part) => part.kind === 'map');
        merged.push(...maps);
        partial ||= maps.length < parts.length;
        // An alias that leads nowhere has been reported.
        if (parts.some((part) => part.kind !== 'map' && !(part.kind === 'scalar' && part.broken))) {
          report('bad-merge', keySpan, '"<<" takes an alias of a map, or a list of them.');
        }
      } else {
        addEntry(entries, key, { key: keySpan, value }, report);
      }
    }
    // What is written out wins over what is merged, and what is merged first over what is merged later.
    for (const { entries: others } of merged) {
      for (const [key, entry] of others) if (!entries.has(key)) entries.set(key, entry);
    }
    const start = node.range?.[0] ?? where.start;
    const firstKey = node.items[0]?.key as Node | null | undefined;
    const tree = mapTree(span([start, (node.flow ? node.range : firstKey?.range)?.[1] ?? start]), entries);
    return partial ? { ...tree, partial } : tree;
  }

  function keyOf(node: Node | null): string | typeof mergeKey | undefined {
    const target = isAlias(node) ? resolve(node) : node;
    if (target !== null && 'kind' in target) return target.kind === 'scalar' ? target.text : undefined;
    if (!isScalar(target)) return undefined;
    if (typeof target.value === 'symbol') return mergeKey;
    return typeof target.value === 'string' ? target.value : target.source || undefined;
  }

  function resolve(node: Alias): Tree {
    const at = span(node.range ?? [0, 0]);
    const tree = anchors.get(node.source);
    const hole: ScalarTree = { ...scalarTree(at, null, ''), broken: true };
    if (tree === undefined) {
      // Anchors come one by one; those known at the first mistake serve for the others.
      nearestAnchor ??= createNearest([...anchors.keys()]);
      const near = nearestAnchor(node.source);
      const quoted = `put it in quotes if it is meant as text: "*${node.source}".`;
      const hint = near === undefined ? quoted : `did you mean *${near}?`;
      report('unknown-alias', at, `This alias has no anchor &${node.source} before it; ${hint}`);
      return hole;
    }
    if (tree === 'open') {
      report('recursive-alias', at, `*${node.source} stands inside what it refers to.`);
      return hole;
    }
    aliased += tree.size;
    if (!usable) return hole;
    if (aliased > largest) {
      usable = false;
      report('alias-bomb', at, 'With this alias the file grows to more than a million values.');
      return hole;
    }
    if (tree.depth > deepest) {
      usable = false;
      report('too-deep', at, tooDeepMessage);
      return hole;
    }
    return tree;
  }
}

const mergeKey = Symbol('<<');

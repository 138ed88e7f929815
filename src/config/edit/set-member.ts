import { isAlias, isCollection, isMap, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap } from 'yaml';
import type { DocumentPath } from '../../core/kind.ts';
import type { TextEdit } from './text-edit.ts';

/** A scalar to be written into an entry; its text is plain YAML, as a date is. */
export interface Member {
  key: string;
  value: string;
  /** Where the entry may be a text instead of a map: the key under which the map has that text. */
  shortFor: string;
}

/** The node at a path of one file; undefined where an alias or a merge key is on the way, which stand for another place. */
export function nodeAt(root: Node | null, path: DocumentPath): Node | undefined {
  let node: Node | null | undefined = root;
  for (const step of path) {
    if (isMap(node)) node = pairOf(node, String(step))?.value as Node | null | undefined;
    else if (isSeq(node)) node = node.items[Number(step)] as Node | undefined;
    else return undefined;
  }
  return node === null || isAlias(node) ? undefined : node;
}

const pairOf = (map: YAMLMap, key: string): Pair | undefined =>
  map.items.find(({ key: one }) => isScalar(one) && (one.value === key || one.source === key));

/**
 * What writes one member into an entry, in the style in which the entry is written. Undefined where it is written in a way that
 * is not told apart here. Whoever takes it looks afterwards at what the file then says.
 */
export function setMember(text: string, entry: Node, member: Member): TextEdit | undefined {
  if (isScalar(entry)) return expandShort(text, entry, member);
  if (!isMap(entry)) return undefined;
  const there = pairOf(entry, member.key);
  if (there) return replaceValue(there.value as Node | null, member);
  const last = entry.items.at(-1);
  if (!last) return undefined;
  return entry.flow ? addToFlow(text, entry, last, member) : addToBlock(text, entry, last, member);
}

/** `taro` becomes `{ user: taro, reviewed: 2026-11-30 }`. */
function expandShort(text: string, entry: Scalar, { key, value, shortFor }: Member): TextEdit | undefined {
  const [start, end] = entry.range ?? [0, 0];
  if (end <= start || isBlock(entry)) return undefined;
  const written = text.slice(start, end);
  if (entry.type === Scalar.QUOTE_DOUBLE && isJson(text)) {
    const map = JSON.stringify({ [shortFor]: entry.value, [key]: value }, null, 1);
    return { start, end, text: map.replaceAll(/\n\s*/g, ' ') };
  }
  // Between braces, a plain text must not have what has a meaning there.
  const isKept = entry.type !== Scalar.PLAIN || /^[\p{L}\p{N}][\p{L}\p{N}.@+_-]*$/u.test(written);
  return { start, end, text: `{ ${shortFor}: ${isKept ? written : JSON.stringify(entry.value)}, ${key}: ${value} }` };
}

function replaceValue(node: Node | null, { value }: Member): TextEdit | undefined {
  if (node === null || !(isScalar(node) || isAlias(node)) || isBlock(node)) return undefined;
  const [start, end] = node.range ?? [0, 0];
  if (end <= start) return undefined;
  const quote = isAlias(node) ? '' : (quotes.get(node.type ?? '') ?? '');
  return { start, end, text: `${quote}${value}${quote}` };
}

const quotes = new Map<string, string>([
  [Scalar.QUOTE_DOUBLE, '"'],
  [Scalar.QUOTE_SINGLE, "'"],
]);

/** `, reviewed: 2026-11-30` behind the last pair; on a line of its own where that one has one. */
function addToFlow(text: string, entry: YAMLMap, last: Pair, { key, value }: Member): TextEdit {
  const at = endOf(text, last);
  const first = entry.items[0]?.key;
  const isQuoted = isScalar(first) && first.type === Scalar.QUOTE_DOUBLE;
  const pair = isQuoted ? `${JSON.stringify(key)}: ${JSON.stringify(value)}` : `${key}: ${value}`;
  const start = lineStart(text, startOf(last));
  const indent = text.slice(start, startOf(last));
  const rest = text.slice(at, lineEnd(text, at));
  const isOnOwnLine = /^[ \t]*$/.test(indent) && /^ *,? *$/.test(rest);
  return { start: at, end: at, text: isOnOwnLine ? `,${lineBreak(text)}${indent}${pair}` : `, ${pair}` };
}

/** A line behind that of the last pair, indented as the first key is. */
function addToBlock(text: string, entry: YAMLMap, last: Pair, { key, value }: Member): TextEdit | undefined {
  const [first] = entry.items;
  if (!first) return undefined;
  const keyAt = startOf(first);
  const indent = text.slice(lineStart(text, keyAt), keyAt).replaceAll(/[^\t]/g, ' ');
  const at = lineEnd(text, endOf(text, last));
  return { start: at, end: at, text: `${lineBreak(text)}${indent}${key}: ${value}` };
}

const startOf = ({ key }: Pair): number => (key as Node | null)?.range?.[0] ?? 0;

/** Behind the last character that a pair's value is written with, without comments and empty lines. */
function endOf(text: string, { key, value }: Pair): number {
  const node = (value ?? key) as Node;
  if (isCollection(node) && !node.flow) {
    const last = node.items.at(-1);
    if (isMap(node) && last) return endOf(text, last as Pair);
    if (last) return endOf(text, { key: last, value: null } as Pair);
  }
  const end = node.range?.[1] ?? 0;
  return isBlock(node) ? text.slice(0, end).trimEnd().length : end;
}

const isBlock = (node: Node): boolean =>
  isScalar(node) && (node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL);

/** A file that is JSON stays JSON. */
const isJson = (text: string): boolean => /^\s*\{\s*"/.test(text);

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** Where the line's end begins, whatever it is. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' && end > at ? end - 1 : end;
}

/** The file's own. */
const lineBreak = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

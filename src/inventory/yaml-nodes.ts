import { Document, isNode, Pair, Scalar, visit, YAMLMap, YAMLSeq, type Node } from 'yaml';
import { sanitize } from '../core/sanitize.ts';

/** What an older parser would take for something else (a date, a yes) is quoted. */
const options = { compat: 'yaml-1.1' } as const;

/** The longest list or map that stands on one line, as JSON, which has more quotes. */
const widest = 112;

/** One key with its value; the comment stands above it. */
export interface Line {
  key: string;
  value: unknown;
  comment?: readonly string[];
  /** Lines of YAML that are commented out, above the comment and an empty line. */
  example?: readonly string[];
  /** An empty line above. */
  space?: boolean;
  /** Behind the value, on its line. */
  aside?: string;
}

/** A map of these lines; a value that is a node already stays as it is, and any other is written as short as it can be. */
export function mapOf(lines: readonly Line[]): YAMLMap {
  const map = new YAMLMap();
  for (const { key, value, comment = [], example = [], space, aside } of lines) {
    const node = nodeOf(value);
    const name = withComment(scalarOf(key), comment);
    if (example.length > 0) {
      const lines = example.map((line) => ` ${sanitize(line)}`);
      name.commentBefore = [...lines, '', ...(comment.length > 0 ? [commentOf(comment)] : [])].join('\n');
    }
    if (space) name.spaceBefore = true;
    if (aside !== undefined) node.comment = commentOf([aside]);
    map.items.push(new Pair(name, node));
  }
  // An empty map has no other way to be written.
  map.flow = lines.length === 0;
  return map;
}

/** A list of texts, one on each line, with what is to be said of it above. */
export function listOfNotes(items: readonly { value: string; note: string }[]): YAMLSeq {
  const list = new YAMLSeq();
  list.items = items.map(({ value, note }) => withComment(scalarOf(value), [note]));
  return list;
}

/** The comment stands above the node. */
export function withComment<One extends Node>(node: One, paragraphs: readonly string[]): One {
  if (paragraphs.length > 0) node.commentBefore = commentOf(paragraphs);
  return node;
}

/** Each paragraph as lines of a comment. Nothing in a name can end the comment or hide in it. */
export function commentOf(paragraphs: readonly string[]): string {
  return paragraphs
    .flatMap((text) => wrap(sanitize(text)))
    .map((line) => ` ${line}`)
    .join('\n');
}

function wrap(text: string): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length >= 116) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

/** Maps and lists that are short stand on one line. */
function nodeOf(value: unknown): Node {
  if (isNode(value)) return value;
  const node = new Document(undefined, options).createNode(value, { aliasDuplicateObjects: false }) as Node;
  visit(node, {
    Collection(_key, collection) {
      collection.flow = JSON.stringify(collection).length <= widest;
    },
    Scalar(_key, scalar) {
      if (isSpecial(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return node;
}

function scalarOf(text: string): Scalar<string> {
  const scalar = new Scalar(text);
  if (isSpecial(text)) scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** A plain << merges; what has a line break or a character that can't be seen is spelled out. */
const isSpecial = (value: unknown): boolean =>
  typeof value === 'string' && (value === '<<' || /[\p{Z}\p{C}]/u.test(value.replaceAll(' ', '')));

/**
 * The text of a document with this content.
 * @param mark a comment at its very beginning, for programs.
 */
export function renderYaml(root: YAMLMap, mark?: string, heading: readonly string[] = []): string {
  const document = new Document(undefined, options);
  document.contents = root as never;
  document.commentBefore = [mark, commentOf(heading)].filter((part) => part).join('\n \n');
  return document.toString({ lineWidth: 0 });
}

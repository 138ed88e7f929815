import { addEntry } from './add-entry.ts';
import type { Report } from './finding.ts';
import { quote } from './quote.ts';
import type { Source, Span } from './source.ts';
import { deepest, type Entry, listTree, mapTree, scalarTree, tooDeepMessage, type Tree } from './tree.ts';

const literal = /true|false|null/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// oxlint-disable-next-line no-control-regex -- JSON's own rule: no control character stands in a text
const text = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** JSON with places, which JSON.parse does not give. Undefined where it is no JSON, which has then been reported. */
export function jsonTree(source: Source, report: Report): Tree | undefined {
  let at = 0;
  let failed = false;
  const root = value(0);
  if (!failed && peek() !== '') fail('There is something after the end of the document.');
  return failed ? undefined : root;

  function span(start: number, end = at): Span {
    return { source, start, end };
  }

  function fail(message: string): undefined {
    if (!failed) report('policy-file-syntax', span(at, at + 1), message);
    failed = true;
    return undefined;
  }

  /** The next character that is not white space. */
  function peek(): string {
    while (/[ \t\n\r]/.test(source.text[at] ?? '')) at += 1;
    return source.text[at] ?? '';
  }

  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(source.text)?.[0];
    at += found?.length ?? 0;
    return found;
  }

  function found(): string {
    const character = peek();
    return character === '' ? 'the file ends' : `found ${quote(character)}`;
  }

  function value(depth: number): Tree | undefined {
    const character = peek();
    if (depth > deepest) return fail(tooDeepMessage);
    if (character === '{') return map(depth);
    if (character === '[') return list(depth);
    const start = at;
    const token = take(text) ?? take(number) ?? take(literal);
    if (token === undefined) {
      return fail(
        character === '"'
          ? 'This text is never closed, or has a bad escape in it.'
          : `Expected a value, but ${found()}.`,
      );
    }
    const parsed = JSON.parse(token) as unknown;
    return scalarTree(span(start), parsed, typeof parsed === 'string' ? parsed : token);
  }

  function list(depth: number): Tree | undefined {
    const start = at;
    const items: Tree[] = [];
    const done = members(']', () => {
      const item = value(depth + 1);
      if (item) items.push(item);
    });
    return done ? listTree(span(start), items) : undefined;
  }

  function map(depth: number): Tree | undefined {
    const start = at;
    const entries = new Map<string, Entry>();
    const done = members('}', () => {
      const keyStart = at;
      const token = take(text);
      if (token === undefined) return fail(`Expected a key in double quotes, but ${found()}.`);
      const key = span(keyStart);
      if (peek() !== ':') return fail(`Expected a colon, but ${found()}.`);
      at += 1;
      const item = value(depth + 1);
      if (item) addEntry(entries, JSON.parse(token) as string, { key, value: item }, report);
      return undefined;
    });
    return done ? mapTree(span(start), entries) : undefined;
  }

  /** What stands between brackets, with commas in between. */
  function members(end: ']' | '}', member: () => void): boolean {
    at += 1;
    if (peek() === end) {
      at += 1;
      return true;
    }
    while (!failed) {
      peek();
      member();
      if (failed) break;
      const next = peek();
      if (next !== ',' && next !== end) fail(`Expected a comma or ${end}, but ${found()}.`);
      else at += 1;
      if (next === end) return true;
    }
    return false;
  }
}

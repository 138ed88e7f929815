import { Composer, type CST, type Document, type ErrorCode, Parser } from 'yaml';
import type { Report } from './finding.ts';
import type { Source, Span } from './source.ts';
import { deepest, tooDeepMessage } from './tree.ts';

/** Parses the one document of a file. Undefined where there is no usable one, which has then been reported. */
export function parseYaml(source: Source, report: Report): Document.Parsed | undefined {
  const tokens = [...new Parser().parse(source.text)];
  const scan = scanTokens(tokens);
  const at = (start: number, end: number): Span => ({ source, start, end });
  // The composer recurses, and exhausts the stack where the parser does not.
  if (scan.tooDeep !== undefined) {
    report('too-deep', at(scan.tooDeep, scan.tooDeep + 1), tooDeepMessage);
    return undefined;
  }

  const options = { prettyErrors: false, uniqueKeys: false, merge: true } as const;
  const documents = [...new Composer(options).compose(tokens, true, source.text.length)] as Document.Parsed[];
  const [document, second] = documents;
  const problems = documents.flatMap(({ errors }) => errors.map(({ code, message, pos }) => ({ code, message, pos })));
  if (second && problems.length === 0) {
    const start = tokens.filter(({ type }) => type === 'document')[1];
    report(
      'syntax',
      at(offsetOf(start), offsetOf(start) + 3),
      'A second document begins here; the file can hold only one.',
    );
    return undefined;
  }
  if (problems.length === 0) return document;

  const opened = scan.unclosed;
  const firstLines = new Set<number>();
  for (const { code, message, pos } of problems) {
    const quoteStart = code === 'MISSING_CHAR' ? scan.quotes.get(pos[0]) : undefined;
    if (quoteStart !== undefined) {
      report('syntax', at(quoteStart, quoteStart + 1), `This ${source.text[quoteStart] ?? ''} is never closed.`);
      return undefined;
    }
    // Whatever follows a bracket that is never closed is read as its content, so it tells nothing.
    if (opened && pos[0] > opened.offset) {
      report('syntax', at(opened.offset, opened.offset + 1), `This ${opened.text} is never closed.`);
      return undefined;
    }
    const line = source.lineStarts.findLastIndex((start) => start <= pos[0]);
    // What follows on the same line is mostly said of the same mistake.
    if (firstLines.has(line)) continue;
    firstLines.add(line);
    report('syntax', at(...pos), explain(code, message, source.text, pos[0]));
    if (firstLines.size === 10) break;
  }
  return undefined;
}

interface TokenScan {
  tooDeep?: number;
  /** The innermost bracket that is never closed. */
  unclosed?: { offset: number; text: string };
  /** Quoted texts: where they end, and where they begin. */
  quotes: Map<number, number>;
}

/** Walks the tokens without recursion. */
function scanTokens(tokens: readonly CST.Token[]): TokenScan {
  const scan: TokenScan = { quotes: new Map() };
  const queue = tokens.map((token) => ({ token, depth: 0 }));
  for (let item = queue.pop(); item; item = queue.pop()) {
    const { token, depth } = item;
    if (depth > deepest && (scan.tooDeep === undefined || token.offset < scan.tooDeep)) scan.tooDeep = token.offset;
    const push = (inner: CST.Token | null | undefined): void => {
      if (inner) queue.push({ token: inner, depth: depth + 1 });
    };
    if (token.type === 'document') push(token.value);
    if (token.type === 'double-quoted-scalar' || token.type === 'single-quoted-scalar') {
      scan.quotes.set(token.offset + token.source.length, token.offset);
    }
    if (token.type === 'flow-collection') {
      const closing = token.start.type === 'flow-seq-start' ? 'flow-seq-end' : 'flow-map-end';
      if (!token.end.some(({ type }) => type === closing) && token.offset >= (scan.unclosed?.offset ?? 0)) {
        scan.unclosed = { offset: token.offset, text: token.start.source };
      }
    }
    if (token.type === 'block-map' || token.type === 'block-seq' || token.type === 'flow-collection') {
      for (const { key, value } of token.items) {
        push(key);
        push(value);
      }
    }
  }
  return scan;
}

const offsetOf = (token: CST.Token | undefined): number => token?.offset ?? 0;

const meanings: Partial<Record<ErrorCode, string>> = {
  BAD_DIRECTIVE: 'A line that begins with % is a directive, and this one means nothing.',
  BAD_DQ_ESCAPE:
    'In double quotes a backslash begins an escape, and there is none like this; use single quotes, or \\\\.',
  BAD_INDENT: 'This line is indented differently from the others of its map or list.',
  BLOCK_AS_IMPLICIT_KEY: 'There is a second colon here; a text with ": " in it must be in quotes.',
  BLOCK_IN_FLOW: 'Inside { } and [ ] everything has to be written with brackets and commas.',
  KEY_OVER_1024_CHARS: 'This key is longer than 1,024 characters.',
  MULTILINE_IMPLICIT_KEY: 'This line has no colon, so it is neither a key nor the value of one.',
  MULTIPLE_ANCHORS: 'A value can have only one anchor.',
  MULTIPLE_TAGS: 'A value can have only one tag.',
  TAB_AS_INDENT: 'This line is indented with a tab; YAML takes only spaces.',
};

function explain(code: ErrorCode, message: string, text: string, offset: number): string {
  const character = text[offset] ?? '';
  if (code === 'BAD_ALIAS' && character === '*') return 'A text that begins with * must be in quotes.';
  if (code === 'BAD_SCALAR_START') return `A text that begins with ${character} must be in quotes.`;
  if (code === 'UNEXPECTED_TOKEN' && message.startsWith('Unexpected scalar at node end')) {
    return /[}\]]/.test(text[offset - 1] ?? '')
      ? 'Something follows a closed bracket; a text that begins with { or [ must be in quotes.'
      : 'This does not belong to what stands before it; look at the indentation and the quotes.';
  }
  if (code === 'UNEXPECTED_TOKEN' && /block-seq-ind/.test(message))
    return 'A list with dashes begins on a line of its own.';
  if (code === 'UNEXPECTED_TOKEN')
    return `${JSON.stringify(character)} has no meaning here; look at the brackets, the indentation and the quotes.`;
  if (code === 'MISSING_CHAR' && /Implicit map keys|followed by map values/.test(message)) {
    return 'There is a colon and a space missing here: a key has to be followed by both.';
  }
  return meanings[code] ?? `${message}.`;
}

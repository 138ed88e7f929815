import columns from 'string-width';
import { sanitize } from '../../core/sanitize.ts';
import { lineAt, lineText, type Span } from './source.ts';

// A line that is longer is cut to this many characters before the caret and after it.
const before = 60;
const after = 60;

/** The line with a caret under the span, and the line before it. */
export function frameOf({ source, start, end }: Span): string {
  const line = lineAt(source, start);
  const text = lineText(source, line);
  const column = Math.min(start - (source.lineStarts[line - 1] ?? 0), text.length);
  const length = Math.min(end - start, text.length - column, after);

  const from = text.length > before + after ? wholeCharacter(text, Math.max(0, column - before)) : 0;
  const head = `${from > 0 ? '…' : ''}${show(text.slice(from, column))}`;
  const marked = show(text.slice(column, column + length));
  const to = wholeCharacter(text, text.length > before + after ? column + Math.max(length, after) : text.length);
  const tail = `${show(text.slice(column + length, to))}${to < text.length ? '…' : ''}`;

  const digits = String(line).length;
  const row = (mark: string, number: string, content: string): string =>
    ` ${mark} ${number.padStart(digits)} | ${content}`.trimEnd();
  const carets = ' '.repeat(columns(head)) + '^'.repeat(Math.max(1, columns(marked)));
  return [
    ...(line > 1 ? [row(' ', String(line - 1), lineBefore(lineText(source, line - 1), from))] : []),
    row('>', String(line), head + marked + tail),
    row(' ', '', carets),
  ].join('\n');
}

/** The line above, cut where the line itself is cut, so that columns stay below each other. */
function lineBefore(text: string, from: number): string {
  const to = wholeCharacter(text, from + before + after);
  return `${from > 0 ? '…' : ''}${show(text.slice(wholeCharacter(text, from), to))}${to < text.length ? '…' : ''}`;
}

/** A piece of a line of the file: a tab takes two columns. */
const show = (text: string): string => sanitize(text.replaceAll('\t', '  '));

/** The offset, or the one before it where it would fall inside a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc_00 && code <= 0xdf_ff && offset > 0 ? offset - 1 : Math.min(offset, text.length);
}

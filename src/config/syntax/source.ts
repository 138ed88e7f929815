import type { Place } from '../../core/errors.ts';

/** One text file, as the user named it. */
export interface Source {
  file: string;
  text: string;
  /** Offsets at which lines begin. */
  lineStarts: readonly number[];
}

/** A stretch of a file; `end` is the offset after its last character. */
export interface Span {
  source: Source;
  start: number;
  end: number;
}

export function createSource(file: string, text: string): Source {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { file, text, lineStarts };
}

/** The number of the line, from 1, that holds the offset. */
export function lineAt({ lineStarts }: Source, offset: number): number {
  let low = 0;
  let high = lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** The line without its end. */
export function lineText({ text, lineStarts }: Source, line: number): string {
  return text.slice(lineStarts[line - 1] ?? 0, (lineStarts[line] ?? text.length + 1) - 1).replace(/\r$/, '');
}

export function placeOf({ source, start }: Span): Place {
  const line = lineAt(source, start);
  return { file: source.file, line, column: start - (source.lineStarts[line - 1] ?? 0) + 1 };
}

export function offsetOf({ lineStarts }: Source, { line, column }: Place): number {
  return (lineStarts[line - 1] ?? 0) + column - 1;
}

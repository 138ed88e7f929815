import { placeOf, type Span } from '../syntax/source.ts';

/** `12:3`, and in another file `teams/data.yaml:12:3`. */
export function position(span: Span, from: Span): string {
  const { file, line, column } = placeOf(span);
  return `${span.source === from.source ? '' : `${file}:`}${line}:${column}`;
}

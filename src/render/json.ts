import { sealOf, type Plan } from '../core/plan.ts';
import { sanitizeJson } from '../core/sanitize.ts';

const pieceSize = 65_536;

/**
 * The plan itself, as one JSON document in its public format, sealed. In pieces, since the whole of a large organisation may
 * be longer than a text can be.
 */
export function* planJson(plan: Plan): Generator<string> {
  let piece = '';
  for (const part of parts({ ...plan, seal: sealOf(plan) }, '', 2)) {
    piece += part;
    if (piece.length < pieceSize) continue;
    yield sanitizeJson(piece);
    piece = '';
  }
  yield sanitizeJson(`${piece}\n`);
}

/** As `JSON.stringify` with an indentation of 2 writes it; what is deeper than that many levels, each in one piece. */
function* parts(value: unknown, indent: string, levels: number): Generator<string> {
  if (value === null || typeof value !== 'object' || levels === 0) {
    yield JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
    return;
  }
  const isList = Array.isArray(value);
  const items = isList
    ? value.map((item): [string, unknown] => ['', item])
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]): [string, unknown] => [`${JSON.stringify(key)}: `, member]);
  const [open, close] = isList ? '[]' : '{}';
  if (items.length === 0) {
    yield `${open}${close}`;
    return;
  }
  for (const [index, [key, item]] of items.entries()) {
    yield `${index === 0 ? open : ','}\n${indent}  ${key}`;
    yield* parts(item, `${indent}  `, levels - 1);
  }
  yield `\n${indent}${close}`;
}

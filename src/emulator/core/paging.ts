import { createHash } from 'node:crypto';
import type { Context } from './context.ts';

interface PageInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** What of a call decides its pages. */
type Paging = Pick<Context, 'behaviour' | 'operation'> & {
  /** The service's error for a token that is none of its own. */
  readonly invalid: (message: string, reason: string) => Error;
};

interface Page<Item> {
  items: Item[];
  /** To be spread into the answer. */
  next: { NextToken?: string };
}

/**
 * One page of items that are sorted by their cursor. The token names the last item given out, not a position, so that
 * items that come and go between two pages shift nothing.
 */
export function takePage<Item>(
  context: Paging,
  input: PageInput,
  items: readonly Item[],
  cursorOf: (item: Item) => string,
  defaultSize = 100,
): Page<Item> {
  const token = readToken(context, input.NextToken);
  const start = token === undefined ? 0 : firstAfter(items, cursorOf, token.after);
  const size = pageSize(context, input, defaultSize, token?.empty === true);
  const page = items.slice(start, start + size);
  const last = page.at(-1);
  if (start + size >= items.length) return { items: page, next: {} };
  const after = last === undefined ? (token?.after ?? '') : cursorOf(last);
  return { items: page, next: { NextToken: writeToken(context.operation, { after, empty: last === undefined }) } };
}

interface Token {
  after: string;
  /** The page that carried it was empty: the next one won't be, so that a listing ends. */
  empty: boolean;
}

/** Seeded sizes depend on nothing but the call itself, so that parallel calls can't change each other's pages. */
function pageSize(
  { behaviour, operation }: Paging,
  input: PageInput,
  defaultSize: number,
  afterEmpty: boolean,
): number {
  const size = Math.min(input.MaxResults ?? defaultSize, behaviour.pageSizeCap);
  if (behaviour.shortPages === undefined) return size;
  const call = JSON.stringify([behaviour.shortPages, operation, input]);
  const least = afterEmpty ? 1 : 0;
  return least + (createHash('sha256').update(call).digest().readUInt32BE(0) % (size + 1 - least));
}

function firstAfter<Item>(items: readonly Item[], cursorOf: (item: Item) => string, after: string): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && cursorOf(item) <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}

function writeToken(operation: string, token: Token): string {
  return Buffer.from(JSON.stringify([operation, token.after, token.empty])).toString('base64');
}

function readToken({ operation, invalid }: Paging, token: string | undefined): Token | undefined {
  if (token === undefined || token === '') return undefined;
  try {
    const [of, after, empty] = JSON.parse(Buffer.from(token, 'base64').toString()) as unknown[];
    if (of === operation && typeof after === 'string' && typeof empty === 'boolean') return { after, empty };
  } catch {
    // Falls through: whatever is wrong with a token, the answer is the same.
  }
  throw invalid('The provided NextToken is invalid.', 'INVALID_NEXT_TOKEN');
}

/** A page of rows in the order of their creation. */
export function takeRows<Row extends object>(
  context: Context,
  input: PageInput,
  rows: readonly Row[],
  table: { sequenceOf(row: Row): string },
  defaultSize = 100,
): Page<Row> {
  return takePage(context, input, rows, (row) => table.sequenceOf(row), defaultSize);
}

/** Puts what has no order of creation into the order that `takePage` needs. */
export function sorted<Item>(items: readonly Item[], cursorOf: (item: Item) => string): Item[] {
  return [...items].sort((a, b) => {
    const [left, right] = [cursorOf(a), cursorOf(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

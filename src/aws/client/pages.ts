import { isAwsError, ReportedError } from '../../core/errors.ts';

type Call<Page> = (token: string | undefined) => Promise<Page>;
type ItemsOf<Page, Item> = (page: Page) => Item[] | undefined;

const mostBeginnings = 5;

/**
 * Reads every page of a paginated operation. Only NextToken says whether there is more: a page may be short or empty and
 * still not be the last (AWS says so of Organizations and of several sso-admin lists). Where a token is refused in the
 * middle, the list is read again from its beginning: a part of it is never taken for the whole.
 * Errors: a `ReportedError` where that happens again and again, and where a page names one that has been read as the
 * next, since that would never end.
 */
export async function readPages<Page extends { NextToken?: string | undefined }, Item>(
  call: Call<Page>,
  items: ItemsOf<Page, Item>,
): Promise<Item[]> {
  for (let beginning = 1; beginning <= mostBeginnings; beginning += 1) {
    const all = await readThrough(call, items);
    if (all) return all;
  }
  throw unreadable('A list from AWS has no end: a page that it names is refused each time.');
}

/** Undefined where a token is refused. */
async function readThrough<Page extends { NextToken?: string | undefined }, Item>(
  call: Call<Page>,
  items: ItemsOf<Page, Item>,
): Promise<Item[] | undefined> {
  const all: Item[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    let page: Page;
    try {
      page = await call(token);
    } catch (error) {
      if (token && isRefusal(error)) return undefined;
      throw error;
    }
    for (const item of items(page) ?? []) all.push(item);
    token = page.NextToken;
    if (token && seen.has(token)) {
      throw unreadable('A list from AWS goes in a circle: its next page is one that has been read before.');
    }
    if (token) seen.add(token);
  } while (token);
  return all;
}

/** Of a call that differs from its predecessor by its token alone, so that nothing else can be wrong with it. */
const isRefusal = (error: unknown): boolean =>
  isAwsError(error, 'ValidationException') || isAwsError(error, 'InvalidInputException');

const unreadable = (message: string): ReportedError =>
  new ReportedError(
    'unreadable-answer',
    message,
    'That is not what the service promises; nothing was changed. Try again, and report it if it stays.',
  );

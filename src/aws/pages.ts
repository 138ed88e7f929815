import { ReportedError } from '../core/errors.ts';

/**
 * Reads every page of a paginated operation. Only NextToken says whether there is more: a page may be short or empty and
 * still not be the last (AWS says so of Organizations and of several sso-admin lists).
 * Errors: a `ReportedError` where a page names one that has been read as the next, since that would never end.
 */
export async function readPages<Page extends { NextToken?: string | undefined }, Item>(
  call: (token: string | undefined) => Promise<Page>,
  items: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  const all: Item[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page = await call(token);
    for (const item of items(page) ?? []) all.push(item);
    token = page.NextToken;
    if (token && seen.has(token)) {
      throw new ReportedError(
        'unreadable-answer',
        'A list from AWS goes in a circle: its next page is one that has been read before.',
        'That is not what the service promises; nothing was changed. Try again, and report it if it stays.',
      );
    }
    if (token) seen.add(token);
  } while (token);
  return all;
}

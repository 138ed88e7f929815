/**
 * Reads every page of a paginated operation. Only NextToken says whether there is more: a page may be short or empty and
 * still not be the last (AWS says so of Organizations and of several sso-admin lists).
 */
export async function readPages<Page extends { NextToken?: string | undefined }, Item>(
  call: (token: string | undefined) => Promise<Page>,
  items: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  do {
    const page = await call(token);
    for (const item of items(page) ?? []) all.push(item);
    token = page.NextToken;
  } while (token);
  return all;
}

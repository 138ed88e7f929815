/** The page that a request asks for, and the header that leads to the others; empty where there are none. */
export function pageOf(all: readonly unknown[], url: URL): { list: readonly unknown[]; link: string } {
  const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 30));
  const page = Number(url.searchParams.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const links = Object.entries({
    prev: page - 1,
    next: page + 1,
    last: page < last ? last : 0,
    first: page > 1 ? 1 : 0,
  }).flatMap(([rel, target]) => {
    if (target < 1 || target > last) return [];
    const there = new URL(url);
    there.searchParams.set('page', String(target));
    return [`<${there.href}>; rel="${rel}"`];
  });
  return { list: all.slice((page - 1) * size, page * size), link: links.join(', ') };
}

/** The same where pages have no numbers: each leads to the next by a cursor, whose meaning is GitHub's own. */
export function cursorPageOf(all: readonly unknown[], url: URL): { list: readonly unknown[]; link: string } {
  const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 30));
  const begin = Number(Buffer.from(url.searchParams.get('after') ?? '', 'base64url').toString() || 0);
  const end = begin + size;
  const there = new URL(url);
  there.searchParams.set('after', Buffer.from(String(end)).toString('base64url'));
  return { list: all.slice(begin, end), link: end < all.length ? `<${there.href}>; rel="next"` : '' };
}

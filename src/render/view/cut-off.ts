/** The lines of each part of a text; none must push another out of sight. */
const longest = 20;

/**
 * What is shown of a list, and what is not. One more line takes less room than saying that there is one more.
 * @param items with `first`, of how many accounts that come first they are: those are all shown, and stand first.
 */
export function cutOff<Item extends object>(
  items: readonly (Item & { first?: number })[],
): [shown: Item[], rest: Item[]] {
  const limit = Math.max(longest, items.filter(({ first = 0 }) => first > 0).length);
  const end = items.length <= limit + 1 ? items.length : limit;
  return [items.slice(0, end), items.slice(end)];
}

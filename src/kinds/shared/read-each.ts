/** One read for each item. The first goes alone: where it is denied, so would be the others, which are not asked then. */
export async function readEach<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const [first, ...others] = items;
  if (first === undefined) return [];
  return [await read(first), ...(await Promise.all(others.map(read)))];
}

import { expect, test } from 'vitest';
import { start } from './clients.ts';

const count = 7;

async function sevenGroups(shortPages?: number) {
  const fixture = await start({ behaviour: { shortPages } });
  const names = Array.from({ length: count }, (_, index) => `group${index}`);
  for (const name of names) await fixture.group(name);
  const { store, IdentityStoreId } = fixture;
  /** The names on each page, to the last. */
  const pages = async (MaxResults: number): Promise<string[][]> => {
    const found: string[][] = [];
    let NextToken: string | undefined;
    do {
      const page = await store.listGroups({ IdentityStoreId, MaxResults, ...(NextToken && { NextToken }) });
      found.push((page.Groups ?? []).map((row) => row.DisplayName ?? ''));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    return found;
  };
  return { ...fixture, names, pages };
}

test('pages follow each other to the end, which has no token', async () => {
  const { pages, names } = await sevenGroups();
  expect(await pages(3)).toEqual([names.slice(0, 3), names.slice(3, 6), names.slice(6)]);
  expect(await pages(7)).toEqual([names]);
});

test('what comes and goes between two pages shifts nothing', async () => {
  const { store, IdentityStoreId, emulator, names, group } = await sevenGroups();
  const { Groups: first = [], NextToken } = await store.listGroups({ IdentityStoreId, MaxResults: 3 });
  for (const { GroupId } of first.slice(1)) await store.deleteGroup({ IdentityStoreId, GroupId });
  await group('late');
  const rest = await store.listGroups({ IdentityStoreId, MaxResults: 100, NextToken });
  expect(rest.Groups?.map((row) => row.DisplayName)).toEqual([...names.slice(3), 'late']);
  expect(emulator.world.groups.size).toBe(6);
});

test('a token is good for its own operation only', async () => {
  const { store, sso, organizations, IdentityStoreId, InstanceArn } = await sevenGroups();
  const { NextToken } = await store.listGroups({ IdentityStoreId, MaxResults: 3 });
  const invalid = { name: 'ValidationException' };
  await expect(store.listUsers({ IdentityStoreId, NextToken })).rejects.toMatchObject(invalid);
  await expect(sso.listPermissionSets({ InstanceArn, NextToken: 'abc' })).rejects.toMatchObject(invalid);
  await expect(organizations.listAccounts({ NextToken: 'abc' })).rejects.toMatchObject({
    name: 'InvalidInputException',
    Reason: 'INVALID_NEXT_TOKEN',
  });
});

test('seeded pages are short, some of them empty, never two in a row, and hold everything', async () => {
  let empty = 0;
  for (const seed of [1, 2, 3, 4, 5]) {
    const { pages, names } = await sevenGroups(seed);
    const found = await pages(3);
    expect(found.flat()).toEqual(names);
    expect(found.some((page, index) => page.length === 0 && found[index + 1]?.length === 0)).toBe(false);
    empty += found.filter((page) => page.length === 0).length;
  }
  expect(empty).toBeGreaterThan(0);
});

test('the same seed gives the same pages', async () => {
  const lengths = async (seed: number) => (await (await sevenGroups(seed)).pages(3)).map((page) => page.length);
  const ofSeeds = [await lengths(1), await lengths(2), await lengths(3)];
  expect([await lengths(1), await lengths(2), await lengths(3)]).toEqual(ofSeeds);
  expect(new Set(ofSeeds.map(String)).size).toBeGreaterThan(1);
});

test('Organizations gives 20 to a page without being asked, and the cap holds for everybody', async () => {
  const accounts = Array.from({ length: 25 }, (_, index) => ({
    id: String(100_000_000_000 + index),
    name: `a${index}`,
  }));
  const { organizations } = await start({ seed: { accounts } });
  expect((await organizations.listAccounts({})).Accounts).toHaveLength(20);
  const capped = await start({ seed: { accounts }, behaviour: { pageSizeCap: 4 } });
  const page = await capped.organizations.listAccounts({ MaxResults: 10 });
  expect([page.Accounts?.length, typeof page.NextToken]).toEqual([4, 'string']);
});

import { expect, it } from 'vitest';
import { readPages } from '../../../src/aws/client/pages.ts';

interface Page {
  Items?: number[];
  NextToken?: string | undefined;
}

const read = (pages: Record<string, Page>): Promise<number[]> =>
  readPages(
    (token) => Promise.resolve(pages[token ?? ''] ?? {}),
    ({ Items }) => Items,
  );

it('goes on as long as there is a token, also after an empty page and one without a list', async () => {
  expect(
    await read({ '': { Items: [], NextToken: 'a' }, a: { NextToken: 'b' }, b: { Items: [1], NextToken: '' }, c: {} }),
  ).toEqual([1]);
});

it.each([
  ['the same page again', { '': { NextToken: 'a' }, a: { NextToken: 'a' } }],
  ['two pages by turns', { '': { NextToken: 'a' }, a: { NextToken: 'b' }, b: { NextToken: 'a' } }],
])('ends where a list goes in a circle: %s', async (_what, pages: Record<string, Page>) => {
  await expect(read(pages)).rejects.toThrow('goes in a circle');
});

const refused = Object.assign(new Error('The provided NextToken is invalid.'), { name: 'ValidationException' });

it('starts again where a token has expired, and counts nothing twice', async () => {
  const pages: Record<string, Page> = { '': { Items: [1], NextToken: 'a' }, a: { Items: [2] } };
  const asked: (string | undefined)[] = [];
  const call = (token: string | undefined): Promise<Page> => {
    asked.push(token);
    return asked.length === 2 ? Promise.reject(refused) : Promise.resolve(pages[token ?? ''] ?? {});
  };
  expect(await readPages(call, ({ Items }) => Items)).toEqual([1, 2]);
  expect(asked).toEqual([undefined, 'a', undefined, 'a']);
});

it('gives up where a token is always refused, and at once where the first page is', async () => {
  let calls = 0;
  const call = (token: string | undefined): Promise<Page> => {
    calls += 1;
    return token ? Promise.reject(refused) : Promise.resolve({ Items: [1], NextToken: 'a' });
  };
  await expect(readPages(call, ({ Items }) => Items)).rejects.toThrow('refused each time');
  expect(calls).toBe(10);
  await expect(
    readPages(
      () => Promise.reject(refused),
      () => [],
    ),
  ).rejects.toBe(refused);
});

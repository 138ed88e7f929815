import { expect, it } from 'vitest';
import { readPages } from '../../src/aws/pages.ts';

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

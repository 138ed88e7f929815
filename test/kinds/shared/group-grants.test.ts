import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupGrants, type Grant, type Product } from '../../../src/kinds/shared/group-grants.ts';
import { depth } from '../../support/depth.ts';

const product = (principals: string, permissionSets: string, accounts: string): Product => ({
  principals: principals.split(' '),
  permissionSets: permissionSets.split(' '),
  accounts: accounts.split(' '),
});

const grantsOf = ({ principals, permissionSets, accounts }: Product): Grant[] =>
  principals.flatMap((principal) =>
    permissionSets.flatMap((permissionSet) => accounts.map((account) => ({ principal, permissionSet, account }))),
  );

const texts = (grants: readonly Grant[]): string[] =>
  grants.map(({ principal, permissionSet, account }) => `${principal} ${permissionSet} ${account}`).sort();

/** Grants that are in two products are one. */
const unique = (grants: readonly Grant[]): Grant[] => [
  ...new Map(grants.map((grant) => [JSON.stringify(Object.values(grant)), grant])).values(),
];

describe('groupGrants', () => {
  it.each<[string, Product[]]>([
    ['nothing', []],
    ['one product', [product('a b c', 'Admin Read', '1 2 3')]],
    [
      'a person who has another set in the same accounts',
      [product('a b', 'Read', '1 2'), product('c', 'Admin', '1 2')],
    ],
    ['a person who has the same set elsewhere', [product('a', 'Read', '1 2 3'), product('b', 'Read', '1')]],
    ['whole rows before a square that cuts them', [product('a', 'Admin', '1 2'), product('a', 'Billing', '2')]],
    [
      'two teams with a person in both',
      [product('a b c', 'Read', '1 2 3'), product('c d e', 'Read', '4 5 6'), product('a b c', 'Write', '7')],
    ],
  ])('finds what a person would write: %s', (_what, products) => {
    const key = (one: Product): string => JSON.stringify(one);
    expect(groupGrants(products.flatMap(grantsOf)).map(key).sort()).toEqual(products.map(key).sort());
  });

  const names = (letters: string): fc.Arbitrary<string[]> => fc.subarray(letters.split(''), { minLength: 1 });
  const products = fc.array(
    fc.record({ principals: names('abcdef'), permissionSets: names('RSTU'), accounts: names('123456') }),
    { maxLength: 6 },
  );

  it('says exactly the grants, each once, whatever order they come in', () => {
    fc.assert(
      fc.property(products, fc.infiniteStream(fc.nat()), (given, order) => {
        const grants = unique(given.flatMap(grantsOf));
        const found = groupGrants(grants);
        expect(texts(found.flatMap(grantsOf))).toEqual(texts(grants));
        const shuffled = grants
          .map((grant) => ({ grant, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ grant }) => grant);
        expect(groupGrants(shuffled)).toEqual(found);
      }),
      depth(100),
    );
  });

  it('finds at most one product for each pair of a principal and a set', () => {
    fc.assert(
      fc.property(products, (given) => {
        const grants = unique(given.flatMap(grantsOf));
        const pairs = new Set(grants.map(({ principal, permissionSet }) => `${principal} ${permissionSet}`));
        expect(groupGrants(grants).length).toBeLessThanOrEqual(pairs.size);
      }),
      depth(100),
    );
  });
});

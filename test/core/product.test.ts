import { describe, expect, it } from 'vitest';
import type { DesiredContext } from '../../src/core/kind.ts';
import { excessOf } from '../../src/core/product.ts';
import { kinds } from '../../src/kinds/index.ts';
import { collectDesired } from '../../src/reconcile/state.ts';

const product = (index: number, ...counts: number[]) => ({
  at: ['assignments', index],
  many: 'assignments',
  factors: counts.map((count) => [count, 'of them'] as const),
});

it('what a file asks for is counted over all of its products', () => {
  expect(excessOf([])).toBeUndefined();
  expect(excessOf([product(0, 2000, 1000)])).toBeUndefined();
  expect(excessOf([product(0, 2000, 999), product(1, 2000)])).toBeUndefined();
  const found = excessOf([product(0, 2000, 999), product(1, 2001)]);
  expect(found?.largest.at).toEqual(['assignments', 0]);
  expect(found?.reason).toMatch(
    /^asks for 1,998,000 assignments .*, and all entries for 2,000,001; a file may ask for/,
  );
});

describe('no assignment is made of a file that asks for too many', () => {
  const list = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}${at}`);
  let asked = 0;
  const context: DesiredContext = {
    partition: 'aws',
    accountIds: () => {
      asked += 1;
      return list('1', 500);
    },
  };
  const [users, permissionSets] = [list('u', 2000), list('S', 500)];

  it('by accounts that only the organization tells', () => {
    const entries = [
      { users: ['u1'], permissionSets: ['S1'], all: true },
      { users, permissionSets, all: true },
    ];
    expect(() => collectDesired(kinds, { assignments: entries }, context, new Date(0))).toThrow(
      'Entry 2 of assignments asks for 500,000,000 assignments (2,000 users and groups × 500 permission sets × 500 accounts), and all entries for 500,000,500;',
    );
    // Once for each entry: to count them.
    expect(asked).toBe(2);
  });

  it('by applications', () => {
    const entries = [{ users, applications: list('a', 1001) }];
    expect(() => collectDesired(kinds, { applicationAssignments: entries }, context, new Date(0))).toThrow(
      'Entry 1 of applicationAssignments asks for 2,002,000 application assignments',
    );
  });
});

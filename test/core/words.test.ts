import { expect, it } from 'vitest';
import { countOf, nounCount } from '../../src/core/words.ts';

it.each([
  ['permission-set', '1 permission set', '2 permission sets'],
  ['policy', '1 policy', '2 policies'],
  ['day', '1 day', '2 days'],
  ['address', '1 address', '2 addresses'],
  ['branch', '1 branch', '2 branches'],
])('counts %s', (kind, one, two) => {
  expect([countOf(1, kind), countOf(2, kind)]).toEqual([one, two]);
});

it('counts by a noun of its own', () => {
  const people = ['person', 'people'] as const;
  expect([nounCount(0, people), nounCount(1, people)]).toEqual(['0 people', '1 person']);
});

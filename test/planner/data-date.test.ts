import { expect, it } from 'vitest';
import { tellDataDate } from '../../src/planner/data-date.ts';

const dates = { actions: '2026-09-26', managedPolicies: '2026-08-26' };

it('tells the day of the older data once', () => {
  const dated = tellDataDate(dates, 'aws');
  expect([dated('A.'), dated('B.')]).toEqual(['A. (AWS data of 2026-08-26)', 'B.']);
});

it.each(['aws-cn', 'aws-us-gov'])('says in %s that it is that of the commercial partition', (partition) => {
  expect(tellDataDate(dates, partition)('A.')).toBe('A. (AWS data of 2026-08-26, as in the commercial partition)');
});

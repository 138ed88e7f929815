import { expect, it } from 'vitest';
import { tellDataDate } from '../../src/planner/data-date.ts';

const dates = { actions: '2026-09-26', managedPolicies: '2026-08-26' };

it('tells the day of the older data once', () => {
  const dated = tellDataDate(dates, 'aws', false);
  expect([dated('A.'), dated('B.')]).toEqual(['A. (AWS data of 2026-08-26)', 'B.']);
});

it('leaves it out where the plan tells it elsewhere', () => {
  expect(tellDataDate(dates, 'aws', true)('A.')).toBe('A.');
});

it.each(['aws-cn', 'aws-us-gov'])('says in %s that it is that of the commercial partition', (partition) => {
  expect(tellDataDate(dates, partition, false)('A.')).toBe(
    'A. (AWS data of 2026-08-26, as in the commercial partition)',
  );
});

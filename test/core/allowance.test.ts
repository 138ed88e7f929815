import { describe, expect, it } from 'vitest';
import { adviseAllowance, isInForce, withAllowance } from '../../src/core/allowance.ts';
import { isCalendarDate } from '../../src/core/expiry.ts';

const allow = { removals: 10, until: '2027-01-31' };

describe('an allowance', () => {
  it.each([
    ['2027-01-01T00:00:00.000Z', true],
    ['2027-01-31T00:00:00.000Z', true],
    ['2027-01-31T23:59:59.999Z', true],
    ['2027-02-01T00:00:00.000Z', false],
    // The last moment of the day in Tokyo is not that of the day in UTC.
    ['2027-02-01T08:59:59.999+09:00', true],
    ['2027-01-31T23:59:59.999-05:00', false],
  ])('at %s: %s', (now, expected) => {
    expect(isInForce(allow, new Date(now))).toBe(expected);
  });

  it('raises the limit while it is in force, and never lowers it', () => {
    const limit = (total: number): number => Math.floor(total / 4);
    const before = withAllowance(limit, allow, new Date('2027-01-31T23:59:59.999Z'));
    expect([before(4), before(40), before(400)]).toEqual([10, 10, 100]);
    expect(withAllowance(limit, allow, new Date('2027-02-01T00:00:00.000Z'))(4)).toBe(1);
    expect(withAllowance(limit, undefined, new Date('2027-01-01'))(4)).toBe(1);
  });

  it('is recommended with one number that lets everything through, and two weeks', () => {
    const excesses = [
      { code: 'a', message: 'A.', count: 4 },
      { code: 'b', message: 'B.', count: 7 },
    ];
    const advised = adviseAllowance(excesses, new Date('2026-12-20T23:59:59.999Z'));
    expect(advised.map(({ code, message }) => [code, message])).toEqual([
      ['a', 'A.'],
      ['b', 'B.'],
    ]);
    for (const { allow: advice } of advised) expect(advice).toContain('allow: { removals: 7, until: 2027-01-03 }');
    expect(adviseAllowance([], new Date(0))).toEqual([]);
  });
});

it.each([
  ['2027-01-31', true],
  ['2028-02-29', true],
  ['2027-02-29', false],
  ['2027-13-01', false],
  ['2027-1-31', false],
  ['2027-01-31T00:00:00Z', false],
  ['31.01.2027', false],
  ['', false],
])('%s is a calendar date: %s', (text, expected) => {
  expect(isCalendarDate(text)).toBe(expected);
});

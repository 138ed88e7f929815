import { describe, expect, it } from 'vitest';
import { endOf, endText, expiryProblem, isOver } from '../../src/core/expiry.ts';

describe('an end', () => {
  it.each([
    ['2027-01-31', '2027-01-31T23:59:59.999Z', false],
    ['2027-01-31', '2027-02-01T00:00:00.000Z', true],
    // The last moment of the day in Tokyo is not that of the day in UTC.
    ['2027-01-31', '2027-01-31T23:59:59.999-05:00', true],
    ['2027-12-31', '2027-12-31T23:59:59.999Z', false],
    ['2027-12-31', '2028-01-01T00:00:00.000Z', true],
    ['2027-01-31T18:00:00+09:00', '2027-01-31T08:59:59.999Z', false],
    ['2027-01-31T18:00:00+09:00', '2027-01-31T09:00:00.000Z', true],
    ['2027-01-31T18:00Z', '2027-01-31T17:59:59.999Z', false],
    ['2027-01-31T18:00Z', '2027-01-31T18:00:00.000Z', true],
    ['2027-01-31T18:00:00.5-05:00', '2027-01-31T23:00:00.499Z', false],
    ['2027-01-31T18:00:00.5-05:00', '2027-01-31T23:00:00.500Z', true],
  ])('%s, at %s: over %s', (until, now, expected) => {
    expect(isOver(until, new Date(now))).toBe(expected);
    expect(expiryProblem(until)).toBeUndefined();
  });

  it.each([
    ['2027-02-29', 'is neither a calendar date'],
    ['2027-02-29T10:00Z', 'is neither a calendar date'],
    ['2027-1-31', 'is neither a calendar date'],
    ['31.01.2027', 'is neither a calendar date'],
    ['2027-01-31T24:00Z', 'is neither a calendar date'],
    ['2027-01-31T10:60Z', 'is neither a calendar date'],
    ['2027-01-31T10Z', 'is neither a calendar date'],
    ['2027-01-31 10:00Z', 'is neither a calendar date'],
    ['2027-01-31T10:00+0900', 'is neither a calendar date'],
    ['2027-01-31T10:00+24:00', 'is neither a calendar date'],
    ['2027-01-31T10:00 JST', 'is neither a calendar date'],
    ['2027-01-31Z', 'is neither a calendar date'],
    ['2027-01-31T10:00', 'has no time zone'],
    ['2027-01-31T10:00:00.123', 'has no time zone'],
    ['', 'is neither a calendar date'],
  ])('%j %s', (text, problem) => {
    expect(expiryProblem(text)).toContain(problem);
  });

  it('is told as it was written', () => {
    expect(endText('2027-01-31')).toBe('at the end of 2027-01-31 (UTC)');
    expect(endText('2027-01-31T18:00:00+09:00')).toBe('at 2027-01-31T18:00:00+09:00');
    expect(endOf('2027-01-31')).toBe(Date.UTC(2027, 1, 1));
  });
});

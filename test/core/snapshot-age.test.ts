import { expect, it } from 'vitest';
import { describeSnapshot, isOld } from '../../src/core/snapshot-age.ts';

const takenAt = '2026-06-15T03:00:59.000Z';
const after = (minutes: number, seconds = 0): Date => new Date(Date.parse(takenAt) + (minutes * 60 + seconds) * 1000);

it.each([
  [after(-5), '0 minutes'],
  [after(0, 59), '0 minutes'],
  [after(1), '1 minute'],
  [after(119, 59), '119 minutes'],
  [after(120), '2 hours'],
  [after(48 * 60, -1), '47 hours'],
  [after(48 * 60), '2 days'],
  [after(400 * 24 * 60), '400 days'],
])('is at %s %s old', (now, age) => {
  expect(describeSnapshot(takenAt, now)).toBe(`a snapshot of 2026-06-15 03:00 UTC, ${age} old`);
});

it('without a now, only when it was taken is said', () => {
  expect(describeSnapshot(takenAt)).toBe('a snapshot of 2026-06-15 03:00 UTC');
});

it('is old after a day, and not before', () => {
  expect(isOld(takenAt, after(24 * 60))).toBe(false);
  expect(isOld(takenAt, after(24 * 60, 1))).toBe(true);
  expect(isOld(takenAt, after(-24 * 60 - 1))).toBe(false);
});

import { expect, it } from 'vitest';
import {
  durationPattern,
  isoDuration,
  isSessionDuration,
  parseDuration,
  shortDuration,
} from '../../../src/kinds/shared/duration.ts';

it.each([
  ['8h', 28_800, 'PT8H', '8h'],
  ['PT8H', 28_800, 'PT8H', '8h'],
  ['90m', 5400, 'PT1H30M', '1h30m'],
  ['1h30m', 5400, 'PT1H30M', '1h30m'],
  ['PT480M', 28_800, 'PT8H', '8h'],
  ['PT28800S', 28_800, 'PT8H', '8h'],
  ['PT3601S', 3601, 'PT1H1S', '1h1s'],
])('reads %s', (text, seconds, iso, short) => {
  expect(parseDuration(text)).toBe(seconds);
  expect(isoDuration(text)).toBe(iso);
  expect(shortDuration(text)).toBe(short);
  expect(durationPattern.test(text)).toBe(true);
});

it.each(['', 'P', 'PT', 'h', '8', '8H', '8 h', '-1h', 'PT1D', 'tomorrow'])('refuses %j', (text) => {
  expect(parseDuration(text)).toBeUndefined();
  expect(durationPattern.test(text)).toBe(false);
});

it.each([
  ['1h', true],
  ['12h', true],
  ['59m', false],
  ['12h1m', false],
])('%s is a session duration: %s', (text, expected) => {
  expect(isSessionDuration(text)).toBe(expected);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBucket } from '../../src/emulator/load/bucket.ts';
import { createRandom } from '../../src/emulator/load/random.ts';
import { depth } from '../support/depth.ts';

const bucket = (perSecond: number, burst: number, otherShare = 0, seed = 1) =>
  createBucket({ rate: perSecond / 1000, burst, start: 0, otherShare, random: createRandom(seed, 'other client') });

/** How many of so many calls, evenly spaced, get a token. */
function passed(perSecond: number, calls: number, otherShare: number, seed = 1): number {
  const { take } = bucket(20, 5, otherShare, seed);
  return Array.from({ length: calls }, (_, index) => take((index * 1000) / perSecond)).filter(Boolean).length;
}

test('no span of time sees more calls than the burst and what is filled in meanwhile', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 100 }),
      fc.integer({ min: 1, max: 10 }),
      (gaps, burst) => {
        const { take } = bucket(20, burst);
        let now = 0;
        const times = gaps.map((gap) => (now += gap)).filter((time) => take(time));
        const excess = times.flatMap((from, first) =>
          times.slice(first).map((to, more) => more + 1 - burst - (to - from) / 50),
        );
        expect(Math.max(...excess)).toBeLessThan(1e-6);
      },
    ),
    depth(100),
  );
});

test('whoever keeps to the rate is never refused', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 50, max: 500 }), { maxLength: 100 }), (gaps) => {
      const { take } = bucket(20, 1);
      let now = 0;
      expect(gaps.every((gap) => take((now += gap)))).toBe(true);
    }),
    depth(100),
  );
});

test('another client leaves about as much as its share says, at times that the seed decides', () => {
  expect(passed(20, 6000, 0)).toBe(6000);
  const left = passed(20, 6000, 0.5);
  expect(left / 6000).toBeCloseTo(0.5, 1);
  expect(passed(20, 6000, 0.5)).toBe(left);
  expect(passed(20, 6000, 0.5, 2)).not.toBe(left);
});

test('a long silence costs nothing', () => {
  const { take } = bucket(20, 5, 0.5);
  expect(take(0)).toBe(true);
  expect(take(365 * 86_400_000)).toBe(true);
});

import { expect, it } from 'vitest';
import { createBucket, type Bucket } from '../../../src/aws/client/rate.ts';

/** A clock that stands still until somebody sleeps, in milliseconds. */
function createClock() {
  let time = 0;
  return {
    elapsed: () => time,
    sleep: (ms: number): Promise<void> => {
      time += ms;
      return Promise.resolve();
    },
  };
}
type Clock = ReturnType<typeof createClock>;

/** When each of so many calls leaves. */
async function leave(
  bucket: Bucket,
  { elapsed }: Clock,
  calls: number,
  onCall?: (pace: number, at: number) => void,
): Promise<number[]> {
  const left: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const pace = await bucket.take();
    left.push(elapsed());
    onCall?.(pace, elapsed());
  }
  return left;
}

const rateOf = (times: number[]): number => ((times.length - 1) * 1000) / ((times.at(-1) ?? 0) - (times[0] ?? 0));

it('keeps the pace, a few at first aside', async () => {
  const clock = createClock();
  const left = await leave(createBucket(20, clock), clock, 105);
  expect(left.filter((at) => at === left[0]).length).toBeLessThanOrEqual(5);
  expect(rateOf(left.slice(5))).toBeCloseTo(20, 0);
});

it('goes slower at once, and takes a burst of throttles for one', async () => {
  const clock = createClock();
  const bucket = createBucket(20, clock);
  await leave(bucket, clock, 50);
  const pace = await bucket.take();
  for (let times = 0; times < 10; times += 1) bucket.throttled(pace);
  const left = await leave(bucket, clock, 12);
  expect(rateOf(left.slice(2))).toBeGreaterThan(13);
  expect(rateOf(left.slice(2))).toBeLessThan(16);
});

it('finds the pace that others leave over, loses about one call in a hundred, and takes the rest when they have gone', async () => {
  const clock = createClock();
  const bucket = createBucket(20, clock);
  let theirs = 10;
  let tokens = 5;
  let filledAt = 0;
  let throttled = 0;
  const serve = (pace: number, at: number): void => {
    tokens = Math.min(5, tokens + ((at - filledAt) * (20 - theirs)) / 1000);
    filledAt = at;
    if (tokens >= 1) tokens -= 1;
    else {
      throttled += 1;
      bucket.throttled(pace);
    }
  };
  await leave(bucket, clock, 300, serve);
  throttled = 0;
  const steady = await leave(bucket, clock, 1000, serve);
  expect(throttled).toBeLessThanOrEqual(20);
  expect(rateOf(steady)).toBeGreaterThan(8.5);
  theirs = 0;
  await leave(bucket, clock, 500, serve);
  expect(rateOf(await leave(bucket, clock, 100, serve))).toBeGreaterThan(19);
});

it('has no limit where there is none', async () => {
  const clock = createClock();
  await leave(createBucket(Infinity, clock), clock, 1000);
  expect(clock.elapsed()).toBe(0);
});

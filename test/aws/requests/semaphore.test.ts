import { expect, it } from 'vitest';
import { createSemaphore } from '../../../src/aws/requests/semaphore.ts';

const tick = () => new Promise((resolve) => setImmediate(resolve));

it('never has more holders than slots, nor two of one lock', async () => {
  const semaphore = createSemaphore(3);
  const holding = new Set<string>();
  let most = 0;
  const work = async (lock: string): Promise<void> => {
    const release = await semaphore.acquire(lock);
    expect(holding.has(lock)).toBe(false);
    holding.add(lock);
    most = Math.max(most, holding.size);
    await tick();
    holding.delete(lock);
    release();
  };
  await Promise.all(['a/1', 'a/1', 'a/2', 'b/1', 'b/1', 'c/1', 'c/2', 'a/1'].map(work));
  expect(most).toBe(3);
  expect(holding.size).toBe(0);
});

it('spreads over accounts, and begins with the one that has the most to do', async () => {
  const semaphore = createSemaphore(2);
  const order: string[] = [];
  const work = async (lock: string): Promise<void> => {
    const release = await semaphore.acquire(lock);
    order.push(lock);
    await tick();
    release();
  };
  await Promise.all(['a/1', 'b/1', 'c/1', 'c/2', 'c/3', 'b/2'].map(work));
  expect(order.slice(0, 2)).toEqual(['c/1', 'b/1']);
  // One account is never given both slots while another waits.
  expect(order.slice(2, 4).map((lock) => lock[0])).toEqual(['c', 'a']);
});

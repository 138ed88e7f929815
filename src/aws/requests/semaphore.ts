/** A counting semaphore of keyed locks: hands out a limited number of slots, and never two with the same lock. */
export interface Semaphore {
  /** Resolves with the function that gives the slot back. */
  acquire(lock: string): Promise<() => void>;
}

interface Waiting {
  lock: string;
  start(): void;
}

/**
 * AWS changes one role at a time in an account, so a slot spent on a busy account would only wait: among those who wait,
 * the account with the fewest holders goes first, and of several the one with the most that waits, which would otherwise
 * be the last to end. Within an account the first come goes first.
 */
export function createSemaphore(limit: number): Semaphore {
  const held = new Set<string>();
  const load = new Map<string, number>();
  const waiting = new Map<string, Waiting[]>();
  const accountOf = (lock: string): string => lock.split('/')[0] ?? lock;
  const loadOf = (account: string): number => load.get(account) ?? 0;

  /** The next that may start, and its account. */
  function findNext(): { account: string; index: number } | undefined {
    let best: { account: string; index: number; length: number } | undefined;
    for (const [account, queue] of waiting) {
      const behind = best ? loadOf(account) - loadOf(best.account) || best.length - queue.length : -1;
      if (behind >= 0) continue;
      const index = queue.findIndex(({ lock }) => !held.has(lock));
      if (index >= 0) best = { account, index, length: queue.length };
    }
    return best;
  }

  function startNext(): void {
    while (held.size < limit) {
      const found = findNext();
      if (!found) return;
      const { account, index } = found;
      const queue = waiting.get(account) ?? [];
      const [next] = queue.splice(index, 1);
      if (queue.length === 0) waiting.delete(account);
      if (!next) return;
      held.add(next.lock);
      load.set(account, loadOf(account) + 1);
      next.start();
    }
  }

  /** A turn later, so that all who come together are weighed together. */
  let isDue = false;
  function startSoon(): void {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      startNext();
    });
  }

  return {
    acquire: (lock) =>
      new Promise((resolve) => {
        const account = accountOf(lock);
        const release = (): void => {
          held.delete(lock);
          load.set(account, loadOf(account) - 1);
          startSoon();
        };
        const queue = waiting.get(account) ?? [];
        waiting.set(account, queue);
        queue.push({ lock, start: () => resolve(release) });
        startSoon();
      }),
  };
}

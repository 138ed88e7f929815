/** Hands out a limited number of slots; two holders never have the same lock. */
export interface Slots {
  /** Resolves with the function that gives the slot back. */
  acquire(lock: string): Promise<() => void>;
}

/**
 * Among those who wait, the account with the fewest holders goes first: AWS changes one role at a time in an account, so
 * a slot spent on a busy account would only wait.
 */
export function createSlots(limit: number): Slots {
  const held = new Set<string>();
  const perAccount = new Map<string, number>();
  const waiting: { lock: string; start(): void }[] = [];
  const accountOf = (lock: string): string => lock.split('/')[0] ?? lock;
  const load = (lock: string): number => perAccount.get(accountOf(lock)) ?? 0;

  function startNext(): void {
    while (held.size < limit) {
      let best = -1;
      for (const [index, { lock }] of waiting.entries()) {
        if (held.has(lock)) continue;
        if (best < 0 || load(lock) < load(waiting[best]?.lock ?? '')) best = index;
        if (load(lock) === 0) break;
      }
      const [next] = best < 0 ? [] : waiting.splice(best, 1);
      if (!next) return;
      held.add(next.lock);
      perAccount.set(accountOf(next.lock), load(next.lock) + 1);
      next.start();
    }
  }

  return {
    acquire: (lock) =>
      new Promise((resolve) => {
        const release = (): void => {
          held.delete(lock);
          perAccount.set(accountOf(lock), load(lock) - 1);
          startNext();
        };
        waiting.push({ lock, start: () => resolve(release) });
        startNext();
      }),
  };
}

interface Expiring {
  /** In the clock's milliseconds. */
  readonly expiresAt: number;
}

/** What the login remembers for a while, in memory alone: whoever starts the emulator anew signs in anew. */
export interface Kept<Value extends Expiring> {
  put(key: string, value: Value): void;
  /** Also what has expired, for an hour: it deserves a better answer than what never was. */
  get(key: string): Value | undefined;
  delete(key: string): void;
}

const graceMs = 60 * 60 * 1000;

export function createKept<Value extends Expiring>(now: () => number): Kept<Value> {
  const values = new Map<string, Value>();
  return {
    put(key, value) {
      const oldest = now() - graceMs;
      for (const [other, { expiresAt }] of values) if (expiresAt < oldest) values.delete(other);
      values.set(key, value);
    },
    get: (key) => values.get(key),
    delete: (key) => void values.delete(key),
  };
}

import type { Key } from './address.ts';

/**
 * A map whose keys are lists of texts, all of one length. They are followed part by part, the last one first, so that no text
 * has to be put together for any of a million keys. Quickest where the first part is the one that takes the most values.
 */
export class KeyedMap<Value> {
  readonly #root: Branch = new Map();
  #length = 0;

  constructor(entries: Iterable<readonly [Key, Value]> = []) {
    for (const [key, value] of entries) this.add(key, value);
  }

  has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  get(key: Key): Value | undefined {
    if (key.length !== this.#length) return undefined;
    let found: unknown = this.#root;
    for (let at = key.length - 1; at >= 0 && found !== undefined; at -= 1) found = (found as Branch).get(key[at]);
    return found as Value | undefined;
  }

  /** Where the key is taken, what is there stays, and is returned. */
  add(key: Key, value: Value): Value | undefined {
    this.#length ||= key.length;
    if (key.length !== this.#length) throw new Error(`a key of ${this.#length} parts, not of ${key.length}`);
    let branch = this.#root;
    for (let at = key.length - 1; at > 0; at -= 1) {
      let next = branch.get(key[at]) as Branch | undefined;
      if (!next) branch.set(key[at], (next = new Map()));
      branch = next;
    }
    const known = branch.get(key[0]) as Value | undefined;
    if (known === undefined) branch.set(key[0], value);
    return known;
  }
}

/** Leads on by the next part of a key, and by the last one to the value. */
type Branch = Map<string | undefined, unknown>;

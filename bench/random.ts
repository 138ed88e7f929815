/** A number from 0 up to, but without, 1. */
export type Random = () => number;

/** A small seeded source of numbers (mulberry32): one seed, one organisation. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 up to, but without, `end`. */
export const pick = (random: Random, end: number): number => Math.floor(random() * end);

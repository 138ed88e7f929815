import { createHash } from 'node:crypto';
import type { Range } from './options.ts';

/** Numbers from 0 up to 1. */
export type Random = () => number;

/**
 * The same numbers for the same seed and name. Each name has a stream of its own, so that how calls of different
 * operations mix changes none of them. The generator is mulberry32.
 */
export function createRandom(seed: number, name: string): Random {
  let state = createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE(0);
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function within([least, most]: Range, random: Random): number {
  return least + random() * (most - least);
}

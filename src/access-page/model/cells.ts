import { reaches } from '../../core/access-answer.ts';
import { powers, type Power } from '../../core/access.ts';
import type { Way } from './model.ts';

/**
 * What is held in one cell of the matrix, as a number: equal numbers are the same permission sets with the same end or none.
 * 0 is nothing.
 */
export interface Cells {
  /**
   * What is held where a permission set comes to it, by what was held before. Sets come in order, those without an end first.
   * It is asked for millions of cells: the answer is a function for all that one grant comes to.
   */
  adding(way: AddedWay, set: number): (cell: number) => number;
  /** The same where something that is not looked at gives as much or more without an end. */
  lasting(cell: number): number;
  /** An index of `powers`, the gravest of what is held. */
  powerOf(cell: number): number;
  /** How far any of it allows what is asked about, see `Way`. */
  allowsOf(cell: number): number;
  /** Every way to the gravest power, or to a graver one that is not looked at, ends. */
  ends(cell: number): boolean;
  /** Indexes of permission sets, sorted. */
  setsOf(cell: number): readonly number[];
  /** The end of one of the ways was moved. */
  isMoved(cell: number): boolean;
}

type AddedWay = Pick<Way, 'power' | 'allows' | 'ends' | 'moved'>;

export const powerAt = (index: number): Power => powers[index] ?? 'unknown';

interface Held {
  power: number;
  allows: number;
  isEndless: boolean;
  isMoved: boolean;
  sets: readonly { set: number; ends: boolean }[];
}

export function createCells(): Cells {
  const held: Held[] = [{ power: powers.length, allows: Infinity, isEndless: false, isMoved: false, sets: [] }];
  const numbers = new Map<string, number>();
  const additions = new Map<number, (cell: number) => number>();
  const numberOf = (one: Held): number => {
    const key = [
      one.power,
      one.allows,
      one.isEndless,
      one.isMoved,
      ...one.sets.map(({ set, ends }) => set * 2 + Number(ends)),
    ].join();
    const known = numbers.get(key) ?? held.push(one) - 1;
    numbers.set(key, known);
    return known;
  };
  const createAddition = (way: AddedWay, set: number): ((cell: number) => number) => {
    const after: number[] = [];
    return (cell) => {
      after[cell] ??= numberOf(withSet(held[cell] as Held, way, set));
      return after[cell];
    };
  };
  return {
    adding(way, set) {
      const content = (set * powers.length + way.power) * (reaches.length + 1) + way.allows;
      const key = (content * 2 + Number(way.ends)) * 2 + Number(way.moved);
      const addition = additions.get(key) ?? createAddition(way, set);
      additions.set(key, addition);
      return addition;
    },
    lasting(cell) {
      const one = held[cell] as Held;
      return one.isEndless ? cell : numberOf({ ...one, isEndless: true });
    },
    powerOf: (cell) => held[cell]?.power ?? powers.length,
    allowsOf: (cell) => held[cell]?.allows ?? Infinity,
    ends: (cell) => cell !== 0 && held[cell]?.isEndless === false,
    setsOf: (cell) => (held[cell]?.sets ?? []).map(({ set }) => set),
    isMoved: (cell) => held[cell]?.isMoved === true,
  };
}

function withSet(before: Held, { power, allows, ends, moved }: AddedWay, set: number): Held {
  const isMoved = before.isMoved || moved;
  // The set without an end is there already: it is held for good.
  if (before.sets.at(-1)?.set === set) return { ...before, isMoved };
  const isEndless = power < before.power ? !ends : before.isEndless || (power === before.power && !ends);
  return {
    power: Math.min(before.power, power),
    allows: Math.min(before.allows, allows),
    isEndless,
    isMoved,
    sets: [...before.sets, { set, ends }],
  };
}

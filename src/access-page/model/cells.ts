import { powers, type Power } from '../../core/access.ts';

/**
 * What is held in one cell of the matrix, as a number: equal numbers are the same permission sets with the same end or none.
 * 0 is nothing.
 */
export interface Cells {
  /**
   * What is held where a permission set comes to it, by what was held before. Sets come in order, those without an end first.
   * It is asked for millions of cells: the answer is a function for all that one grant comes to.
   */
  adding(set: number, power: number, ends: boolean): (cell: number) => number;
  /** An index of `powers`, the gravest of what is held. */
  powerOf(cell: number): number;
  /** Every way to the gravest power ends. */
  ends(cell: number): boolean;
}

export const powerAt = (index: number): Power => powers[index] ?? 'unknown';

interface Held {
  power: number;
  isEndless: boolean;
  lastSet: number;
}

export function createCells(): Cells {
  const held: Held[] = [{ power: powers.length, isEndless: false, lastSet: -1 }];
  const additions = new Map<number, (cell: number) => number>();
  const createAddition = (set: number, power: number, ends: boolean): ((cell: number) => number) => {
    const after: number[] = [];
    return (cell) => {
      const known = after[cell];
      if (known !== undefined) return known;
      const before = held[cell] as Held;
      // The set without an end is there already: it is held for good.
      const number = before.lastSet === set ? cell : held.push(withSet(before)) - 1;
      after[cell] = number;
      return number;
    };
    function withSet(before: Held): Held {
      const isEndless = power < before.power ? !ends : before.isEndless || (power === before.power && !ends);
      return { power: Math.min(before.power, power), isEndless, lastSet: set };
    }
  };
  return {
    adding(set, power, ends) {
      const key = (set * powers.length + power) * 2 + Number(ends);
      const addition = additions.get(key) ?? createAddition(set, power, ends);
      additions.set(key, addition);
      return addition;
    },
    powerOf: (cell) => held[cell]?.power ?? powers.length,
    ends: (cell) => cell !== 0 && held[cell]?.isEndless === false,
  };
}

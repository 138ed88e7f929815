import { powers } from '../../core/access.ts';
import type { Cells } from './cells.ts';
import type { Subject, WayFilter } from './looked-at.ts';
import type { Model, Way } from './model.ts';

/** People of one class, or some of them, and what they hold on either side. */
export interface Holders {
  people: number[];
  /** Its own, or that of the other side where both are the same. */
  before: Uint32Array;
  after: Uint32Array;
  /** Classes of accounts in which the two can differ. */
  touched: readonly number[];
  isUnknown: boolean;
  /** Where something ends soon, something else does not. */
  isKeeping: boolean;
}

/** What the people of each class hold of what is looked at. */
export function holdersOf(
  model: Model,
  { bitsOf, isOf }: WayFilter,
  cells: Cells,
  counted: readonly number[],
  { person: only, isChanging, isEnding }: Subject & { isChanging: boolean; isEnding: boolean },
): Holders[] {
  const { classesOfList, peopleOfClass, touchedOfClass, waysOfClass, grants } = model;
  const found: Holders[] = [];
  const createRow = createRows(counted.length);
  // Marks the accounts in which the ways of a class differ: elsewhere both sides are the same.
  const isTouched = new Uint8Array(counted.length);
  for (const [number, all] of peopleOfClass.entries()) {
    const [before = [], after = []] = [waysOfClass.before[number], waysOfClass.after[number]];
    const touched = touchedOfClass[number] ?? [];
    if (before.length + after.length === 0 || (isChanging && touched.length === 0)) continue;
    for (const of of touched) isTouched[of] = 1;
    for (const [bits, people] of splitBy(all, bitsOf, only)) {
      let [isAny, isUnknown] = [false, true];
      const addTo = (row: Uint32Array, ways: readonly Way[], isWanted: Uint8Array | undefined): Uint32Array => {
        for (const way of ways) {
          if (!isOf(way, bits)) continue;
          const { set, accounts } = grants[way.grant] as Model['grants'][number];
          const adding = cells.adding(way, set);
          for (const of of classesOfList[accounts] ?? []) {
            if (counted[of] === 0 || isWanted?.[of] === 0) continue;
            row[of] = adding(row[of] ?? 0);
            isAny = true;
            isUnknown &&= way.power === unknownPower;
          }
        }
        // What is not looked at can still be held for good: then what is shown is not temporary.
        for (const way of ways) {
          if (way.ends || isOf(way, bits)) continue;
          for (const of of classesOfList[grants[way.grant]?.accounts ?? -1] ?? []) {
            const cell = row[of] ?? 0;
            if (cell === 0 || isWanted?.[of] === 0 || way.power > cells.powerOf(cell)) continue;
            row[of] = cells.lasting(cell);
          }
        }
        return row;
      };
      const now = addTo(createRow(), after, undefined);
      let old = now;
      if (touched.length > 0) {
        old = createRow();
        old.set(now);
        for (const of of touched) old[of] = 0;
        addTo(old, before, isTouched);
      }
      if (!isAny) continue;
      const isKeeping = isEnding && staysWhere(now, after);
      found.push({ people, before: old, after: now, touched, isUnknown, isKeeping });
    }
    for (const of of touched) isTouched[of] = 0;
  }
  return found;

  /** In each of the classes of accounts in which a row has something, one of the ways does not end soon. */
  function staysWhere(row: Uint32Array, ways: readonly Way[]): boolean {
    const lasting = ways.filter(({ endsSoon }) => !endsSoon);
    const stays = new Set(lasting.flatMap(({ grant }) => classesOfList[grants[grant]?.accounts ?? -1] ?? []));
    return row.every((cell, of) => cell === 0 || stays.has(of));
  }
}

/** Rows of zeros, many of them from one piece of memory: each of its own takes longer to make than to fill. */
export function createRows(length: number): () => Uint32Array {
  const count = 128;
  let piece = new Uint32Array(0);
  let used = 0;
  return () => {
    if (used === piece.length) [piece, used] = [new Uint32Array(length * count), 0];
    used += length;
    return piece.subarray(used - length, used);
  };
}

/** People by a number; where one is asked for, that one alone. */
function splitBy(all: number[], numberOf: (one: number) => number, only: number | undefined): Map<number, number[]> {
  const parts = new Map<number, number[]>();
  for (const one of all) {
    if (only !== undefined && one !== only) continue;
    const number = numberOf(one);
    const part = parts.get(number);
    if (part) part.push(one);
    else parts.set(number, [one]);
  }
  return parts;
}

const unknownPower = powers.indexOf('unknown');

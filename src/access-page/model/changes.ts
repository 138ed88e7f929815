import type { Cells } from './cells.ts';
import { changeFilters, type ChangeFilter } from './filter.ts';

/** How what somebody holds in an account changes; the first that is true of it says what it is. */
export const changeKinds = ['gained', 'lost', 'rises', 'falls', 'other', 'edited', 'moved', 'same'] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** What is held in a cell before and after. */
export interface Change {
  kind: ChangeKind;
  before: number;
  after: number;
  /** What is true of it: a bit for each of `changeFilters`. */
  bits: number;
}

/** The bit of a filter. */
export const bitOf = (filter: ChangeFilter): number => 2 ** changeFilters.indexOf(filter);

/** Pairs of cells, each as a number; 0 is nothing on either side. */
export interface Changes {
  of(before: number, after: number): number;
  at(pair: number): Change;
  is(pair: number, filter: ChangeFilter): boolean;
}

/** @param isEdited whether a permission set is edited, or replaces another */
export function createChanges(cells: Cells, isEdited: (set: number) => boolean): Changes {
  const changes: Change[] = [changeOf(cells, isEdited, 0, 0)];
  const numbers: number[][] = [[0]];
  return {
    of(before, after) {
      const ofBefore = (numbers[before] ??= []);
      ofBefore[after] ??= changes.push(changeOf(cells, isEdited, before, after)) - 1;
      return ofBefore[after];
    },
    at: (pair) => changes[pair] as Change,
    is: (pair, filter) => ((changes[pair]?.bits ?? 0) & bitOf(filter)) !== 0,
  };
}

function changeOf(cells: Cells, isEdited: (set: number) => boolean, before: number, after: number): Change {
  const [oldSets, newSets] = [new Set(cells.setsOf(before)), new Set(cells.setsOf(after))];
  const [was, now] = [cells.powerOf(before), cells.powerOf(after)];
  const gains = [...newSets].some((set) => !oldSets.has(set));
  const loses = [...oldSets].some((set) => !newSets.has(set));
  const edited = [...newSets].some((set) => oldSets.has(set) && isEdited(set));
  const moved = cells.isMoved(after);
  const any = gains || loses || edited || moved;
  const words: [ChangeKind, boolean][] = [
    ['gained', before === 0 && after !== 0],
    ['lost', before !== 0 && after === 0],
    ['rises', now < was],
    ['falls', now > was],
    ['other', gains || loses],
    ['edited', edited],
    ['moved', moved],
  ];
  const [kind] = words.find(([, isTrue]) => isTrue) ?? ['same' as const];
  const is = { '': any, gains, loses, rises: now < was, falls: now > was, edited, moved, all: before + after > 0 };
  return {
    kind,
    before,
    after,
    bits: changeFilters.reduce((sum, filter) => sum + (is[filter] ? bitOf(filter) : 0), 0),
  };
}

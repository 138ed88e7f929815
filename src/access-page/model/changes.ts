import type { PageSet } from '../data.ts';
import type { Cells } from './cells.ts';
import { changeFilters, type ChangeFilter } from './filter.ts';

/** How what somebody holds in an account changes. Several can be true of it: the first says what it is. */
export const changeKinds = [
  'gained',
  'lost',
  'rises',
  'falls',
  'other',
  'more',
  'fewer',
  'edited',
  'session',
  'moved',
  'same',
] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** The kinds that a filter shows; of any change, all. */
const kindsShown: Partial<Record<ChangeFilter, readonly ChangeKind[]>> = {
  gains: ['gained', 'other', 'more'],
  loses: ['lost', 'other', 'fewer'],
  rises: ['gained', 'rises'],
  falls: ['lost', 'falls'],
  edited: ['edited', 'session'],
  session: ['session'],
  moved: ['moved'],
};

/** Whether a filter is of one sort of change: then what changes otherwise is left out. */
export const isOfOneSort = (filter: ChangeFilter): boolean => kindsShown[filter] !== undefined;

/** What is held in a cell before and after. */
export interface Change {
  before: number;
  after: number;
  /** What is true of it: a bit for each of `changeFilters`. */
  bits: number;
  /** All that is true of it, in the order of `changeKinds`. */
  kinds: readonly ChangeKind[];
}

/** The bit of a filter. */
export const bitOf = (filter: ChangeFilter): number => 2 ** changeFilters.indexOf(filter);

/** Pairs of cells, each as a number; 0 is nothing on either side. */
export interface Changes {
  of(before: number, after: number): number;
  at(pair: number): Change;
  is(pair: number, filter: ChangeFilter): boolean;
  /** What a pair is called where a filter is asked for that it fits. */
  kindOf(pair: number, filter: ChangeFilter): ChangeKind;
}

type EditOf = (set: number) => PageSet['was'];

/** @param editOf what a permission set was that is edited, or replaces another */
export function createChanges(cells: Cells, editOf: EditOf): Changes {
  const changes: Change[] = [changeOf(cells, editOf, 0, 0)];
  const numbers: number[][] = [[0]];
  const at = (pair: number): Change => changes[pair] as Change;
  return {
    of(before, after) {
      const ofBefore = (numbers[before] ??= []);
      ofBefore[after] ??= changes.push(changeOf(cells, editOf, before, after)) - 1;
      return ofBefore[after];
    },
    at,
    is: (pair, filter) => (at(pair).bits & bitOf(filter)) !== 0,
    kindOf(pair, filter) {
      const { kinds } = at(pair);
      const shown = kindsShown[filter] ?? kinds;
      return kinds.find((kind) => shown.includes(kind)) ?? 'same';
    },
  };
}

function changeOf(cells: Cells, editOf: EditOf, before: number, after: number): Change {
  const [oldSets, newSets] = [new Set(cells.setsOf(before)), new Set(cells.setsOf(after))];
  const [was, now] = [cells.powerOf(before), cells.powerOf(after)];
  const gains = [...newSets].some((set) => !oldSets.has(set));
  const loses = [...oldSets].some((set) => !newSets.has(set));
  const edits = [...newSets].flatMap((set) => (oldSets.has(set) ? (editOf(set) ?? []) : []));
  const edited = edits.length > 0;
  const session = edits.some((edit) => edit.session);
  const moved = cells.isMoved(after);
  const any = gains || loses || edited || moved;
  const isTrue: Record<ChangeKind, boolean> = {
    gained: before === 0 && after !== 0,
    lost: before !== 0 && after === 0,
    rises: now < was,
    falls: now > was,
    other: gains && loses,
    more: gains,
    fewer: loses,
    edited: edits.some((edit) => !edit.session),
    session,
    moved,
    same: !any,
  };
  const [rises, falls] = [now < was, now > was];
  const is = { '': any, gains, loses, rises, falls, edited, session, moved, all: before + after > 0 };
  return {
    before,
    after,
    kinds: changeKinds.filter((kind) => isTrue[kind]),
    bits: changeFilters.reduce((sum, filter) => sum + (is[filter] ? bitOf(filter) : 0), 0),
  };
}

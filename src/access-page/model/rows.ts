import { bitOf, isOfOneSort, type Changes } from './changes.ts';
import { createRows, type Holders } from './class-holders.ts';
import type { ChangeFilter } from './filter.ts';
import { createSame } from './same.ts';

/** People who hold the same where it is looked at. */
export interface Row {
  /** Indexes, sorted by name. */
  people: number[];
  /** By class of accounts, see `Cells`. */
  cells: Uint32Array;
  /** In how many accounts each of the powers is the gravest; of a difference, on either side of what changes. */
  counts: number[];
  /** All that they hold is of policies of unknown content. */
  isUnknown: boolean;
}

export interface Rows {
  rows: Row[];
  isReached: boolean[];
}

/** Those who hold the same, together. */
export function heldRows(some: readonly Holders[], classes: number): Rows {
  const isReached = Array.from({ length: classes }, () => false);
  for (const { after } of some) for (let of = 0; of < classes; of++) if (after[of] !== 0) isReached[of] = true;
  return {
    rows: joinRows(some.map(({ people, after, isUnknown }) => ({ people, isUnknown, cells: after }))),
    isReached,
  };
}

/**
 * Those of whom something changes as it is asked, in the accounts in which it does. Of any change, with what stays of them there;
 * of one sort, with nothing else.
 */
export function changingRows(some: readonly Holders[], classes: number, changes: Changes, filter: ChangeFilter): Rows {
  const [asked, isAlone] = [bitOf(filter), isOfOneSort(filter)];
  const isReached = Array.from({ length: classes }, () => false);
  const createCells = createRows(classes);
  // What stays is asked for, too: it is looked at everywhere.
  const everywhere = filter === 'all' ? [...isReached.keys()] : undefined;
  const rows = some.flatMap(({ people, before, after, touched, isUnknown }) => {
    const cells = createCells();
    let isAny = false;
    for (const of of everywhere ?? touched) {
      const pair = changes.of(before[of] ?? 0, after[of] ?? 0);
      const isAsked = (changes.at(pair).bits & asked) !== 0;
      if (isAsked || !isAlone) cells[of] = pair;
      if (isAsked) isAny = isReached[of] = true;
    }
    return isAny ? [{ people, after, touched, isUnknown, cells }] : [];
  });
  if (filter === '') {
    const shown = [...isReached.keys()].filter((of) => isReached[of]);
    for (const { cells, after, touched } of rows) {
      for (const of of touched) if (!isReached[of]) cells[of] = 0;
      for (const of of shown) {
        const stays = cells[of] === 0 ? (after[of] ?? 0) : 0;
        if (stays !== 0) cells[of] = changes.of(stays, stays);
      }
    }
  }
  return { rows: joinRows(rows), isReached };
}

function joinRows(some: readonly Pick<Row, 'people' | 'cells' | 'isUnknown'>[]): Row[] {
  const same = createSame<Row>();
  const rows: Row[] = [];
  for (const { people, cells, isUnknown } of some) {
    const known = same.find(cells);
    if (known) {
      for (const person of people) known.people.push(person);
      continue;
    }
    const added: Row = { people: [...people], cells, counts: [], isUnknown };
    same.keep(cells, added);
    rows.push(added);
  }
  return rows;
}

/** By how many accounts they administer, then by the other powers; then the rows of most people. */
export function strongestFirst(a: Row, b: Row): number {
  for (const [at, count] of a.counts.entries()) {
    const difference = (b.counts[at] ?? 0) - count;
    if (difference !== 0) return difference;
  }
  return b.people.length - a.people.length || (a.people[0] ?? 0) - (b.people[0] ?? 0);
}

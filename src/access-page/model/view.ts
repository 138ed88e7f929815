import { reaches } from '../../core/access-answer.ts';
import { powers } from '../../core/access.ts';
import { createCells, type Cells } from './cells.ts';
import { bitOf, createChanges, isOfOneSort, type Changes } from './changes.ts';
import { changeFilters, type ChangeFilter, type Filter } from './filter.ts';
import { accountFilter, wayFilter, type Subject, type WayFilter } from './looked-at.ts';
import type { Model, Way } from './model.ts';
import { createSame } from './same.ts';
import { shownGrants, type GrantsShown, type ShownGrant } from './shown-grants.ts';

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

/** What is left of a model by a filter. */
export interface View {
  filter: Filter;
  rows: Row[];
  /** Of a page about one state the cells of rows are these; of a difference, pairs of them. */
  cells: Cells;
  changes?: Changes;
  /** Looked at, by class of accounts: how many, and whether anyone holds anything there; of a difference, whether it changes. */
  accountsOf: number[][];
  isReached: boolean[];
  grants: GrantsShown;
  /** Of a difference, also what stays. */
  heldGrants(): ShownGrant[];
  counts: Counts;
}

export interface Counts {
  people: number;
  /** Of them, those who can't sign in. */
  disabled: number;
  administrators: number;
  /** All that they hold is of policies of unknown content. */
  unknown: number;
  /** Of a page about one state, where actions are asked about: by `reaches`, the people who have one so far at most. */
  allowing: number[];
  /** Who holds something in every account that is reached; of a difference, to whom it happens in all of them. */
  everywhere: number;
  /** Of what ends soon: those who keep other access in each of the accounts in which something of theirs does. */
  keeping: number;
  accounts: number;
  reached: number;
  /** Of a difference: the people to whom each of it happens somewhere, as far as it is looked at. */
  changing: Record<ChangeFilter, number>;
}

/** What there is to see of a page. It takes some ten milliseconds for 3,000 people and 300 accounts. */
export function viewOf(model: Model, filter: Filter, subject: Subject = {}): View {
  const { accountsOfClass, people } = model;
  const accountsOf = accountsOfClass.map(accountFilter(model, filter, subject));
  const ways = wayFilter(model, filter);
  const cells = createCells();
  const counted = accountsOf.map((list) => list.length);
  const some = holdersOf(model, ways, cells, counted, {
    ...subject,
    isChanging: model.isDifference && filter.change !== 'all',
    isEnding: filter.only === 'ends',
  });
  const changes = model.isDifference ? createChanges(cells, (set) => model.sets[set]?.was) : undefined;
  const { rows, isReached } = changes
    ? changingRows(some, accountsOf.length, changes, filter.change)
    : heldRows(some, accountsOf.length);
  const changing = changeFilters.map(() => 0);
  for (const row of rows) {
    row.people.sort((a, b) => a - b);
    row.counts = powers.map(() => 0);
    const bits = changes
      ? countChanges(row, counted, cells, changes, bitOf(filter.change))
      : countPowers(row, counted, cells);
    for (const at of changeFilters.keys()) if (bits & (2 ** at)) changing[at]! += row.people.length;
  }
  const sorted = rows.sort(strongestFirst);
  const strongest = (row: Row): number => row.counts.findIndex((count) => count > 0);
  const reached = counted.reduce((total, count, of) => total + (isReached[of] ? count : 0), 0);
  const isEverywhere = (row: Row): boolean => row.counts.reduce((total, count) => total + count, 0) === reached;
  const allowsOf = ({ cells: own }: Row): number =>
    own.reduce((best, cell) => Math.min(best, cells.allowsOf(cell)), Infinity);
  const allowing = reaches.map((_, at) =>
    model.actions && !changes ? sorted.filter((row) => allowsOf(row) === at) : [],
  );
  const sum = (of: readonly Row[]): number => of.reduce((total, row) => total + row.people.length, 0);
  const grantsBy = (by: WayFilter): GrantsShown => {
    const { count, list } = shownGrants(model, accountsOf, by, subject);
    let known: ShownGrant[] | undefined;
    return { count, list: () => (known ??= list()) };
  };
  const grants = grantsBy(ways);
  let held = changes ? undefined : grants;
  return {
    filter,
    rows: sorted,
    cells,
    ...(changes && { changes }),
    accountsOf,
    isReached,
    grants,
    heldGrants: () => (held ??= grantsBy(wayFilter(model, { ...filter, change: 'all' }))).list(),
    counts: {
      people: sum(sorted),
      disabled: sorted.reduce((total, row) => total + row.people.filter((one) => people[one]?.disabled).length, 0),
      administrators: sum(sorted.filter((row) => strongest(row) === powers.indexOf('administrator'))),
      unknown: sum(sorted.filter(({ isUnknown }) => isUnknown)),
      allowing: allowing.map(sum),
      keeping: some.reduce((total, one) => total + (one.isKeeping ? one.people.length : 0), 0),
      accounts: counted.reduce((total, count) => total + count, 0),
      reached,
      everywhere: sum(sorted.filter(isEverywhere)),
      changing: Object.fromEntries(changeFilters.map((what, at) => [what, changing[at]])) as Counts['changing'],
    },
  };
}

/** In how many accounts each power is the gravest. */
function countPowers({ cells: row, counts }: Row, counted: readonly number[], cells: Cells): number {
  for (let of = 0; of < row.length; of++) {
    const cell = row[of] ?? 0;
    if (cell !== 0) counts[cells.powerOf(cell)]! += counted[of] ?? 0;
  }
  return 0;
}

/** The same of what changes as it is asked. @returns what is true of any of it, as bits */
function countChanges(
  { cells: row, counts }: Row,
  counted: readonly number[],
  cells: Cells,
  changes: Changes,
  asked: number,
): number {
  let bits = 0;
  for (let of = 0; of < row.length; of++) {
    const pair = row[of] ?? 0;
    if (pair === 0) continue;
    const change = changes.at(pair);
    bits |= change.bits;
    if (change.bits & asked)
      counts[Math.min(cells.powerOf(change.before), cells.powerOf(change.after))]! += counted[of] ?? 0;
  }
  return bits;
}

/** People of one class, or some of them, and what they hold on either side. */
interface Holders {
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

function holdersOf(
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
function createRows(length: number): () => Uint32Array {
  const count = 128;
  let piece = new Uint32Array(0);
  let used = 0;
  return () => {
    if (used === piece.length) [piece, used] = [new Uint32Array(length * count), 0];
    used += length;
    return piece.subarray(used - length, used);
  };
}

interface Rows {
  rows: Row[];
  isReached: boolean[];
}

/** Those who hold the same, together. */
function heldRows(some: readonly Holders[], classes: number): Rows {
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
function changingRows(some: readonly Holders[], classes: number, changes: Changes, filter: ChangeFilter): Rows {
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

/** By how many accounts they administer, then by the other powers; then the rows of most people. */
function strongestFirst(a: Row, b: Row): number {
  for (const [at, count] of a.counts.entries()) {
    const difference = (b.counts[at] ?? 0) - count;
    if (difference !== 0) return difference;
  }
  return b.people.length - a.people.length || (a.people[0] ?? 0) - (b.people[0] ?? 0);
}

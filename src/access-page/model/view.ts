import { reaches } from '../../core/access-answer.ts';
import { powers } from '../../core/access.ts';
import { createCells, type Cells } from './cells.ts';
import { bitOf, createChanges, type Changes } from './changes.ts';
import { holdersOf } from './class-holders.ts';
import { changeFilters, type ChangeFilter, type Filter } from './filter.ts';
import { accountFilter, wayFilter, type Subject, type WayFilter } from './looked-at.ts';
import type { Model } from './model.ts';
import { changingRows, heldRows, strongestFirst, type Row } from './rows.ts';
import { shownGrants, type GrantsShown, type ShownGrant } from './shown-grants.ts';

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

import { groupBy } from '../../core/group-by.ts';
import { powers } from '../../core/access.ts';
import { patternOf } from './account-words.ts';
import type { Cells } from './cells.ts';
import { changeKinds, type ChangeKind, type Changes } from './changes.ts';
import type { ChangeFilter } from './filter.ts';
import type { Model } from './model.ts';
import { createSame } from './same.ts';
import type { Row, View } from './view.ts';

/** Accounts that look the same, or are of one family where there are too many to show each of their own. */
export interface Column {
  title: string;
  /** False where they have no name in common: the title is that of one of them. */
  isNamed: boolean;
  /** A path; empty where the column is of several units, or where they are not known. */
  unit: string;
  /** Indexes. */
  accounts: number[];
  /** Classes of accounts in which anyone holds anything, and how many accounts of each are in the column. */
  classes: { class: number; count: number }[];
}

/** `production`, `payments-*-prod (5)`, `2 accounts`. */
export const columnPhrase = ({ title, accounts, isNamed }: Column): string =>
  accounts.length === 1 ? title : isNamed ? `${title} (${accounts.length})` : `${accounts.length} accounts`;

export interface Columns {
  columns: Column[];
  /** The accounts of a column are not all the same: a cell says of how many it is true. */
  isCollapsed: boolean;
  /** Looked at, and in no column, since no one holds anything there. */
  unreached: number[];
}

/** As many columns are shown with their accounts apart. */
const mostClasses = 24;
/** As many families are preferred to anything else. */
const mostFamilies = 12;

export function columnsOf(model: Model, view: View): Columns {
  const reached = [...view.accountsOf.keys()].filter((of) => view.isReached[of]);
  const exact = mergeEqual(model, view, reached);
  const unreached = view.accountsOf.flatMap((list, of) => (view.isReached[of] ? [] : list)).sort((a, b) => a - b);
  if (exact.length <= mostClasses) return { columns: sorted(model, exact), isCollapsed: false, unreached };
  const families = collapse(model, view);
  return {
    columns: sorted(model, families),
    isCollapsed: true,
    unreached: unreached.filter((account) => families.every(({ accounts }) => !accounts.includes(account))),
  };
}

/** Classes of one unit that differ in nothing that is looked at are one column. */
function mergeEqual(model: Model, { rows, accountsOf }: View, reached: readonly number[]): Column[] {
  const same = createSame<number[]>();
  const merged: number[][] = [];
  for (const of of reached) {
    const [account = 0] = accountsOf[of] ?? [];
    const column = new Uint32Array(rows.length + 1);
    column[0] = account === model.management ? 1 : (model.accounts[account]?.unit ?? -1) + 3;
    for (let at = 0; at < rows.length; at++) column[at + 1] = rows[at]?.cells[of] ?? 0;
    const known = same.find(column);
    if (known) {
      known.push(of);
      continue;
    }
    const added = [of];
    same.keep(column, added);
    merged.push(added);
    // Then they are not shown apart.
    if (merged.length > mostClasses) break;
  }
  return merged.map((classes) => columnOf(model, accountsOf, classes));
}

function columnOf(model: Model, accountsOf: readonly number[][], classes: number[]): Column {
  const accounts = classes.flatMap((of) => accountsOf[of] ?? []).sort((a, b) => a - b);
  const units = new Set(accounts.map((account) => model.accounts[account]?.unit));
  const [unit] = units;
  const names = accounts.map((account) => model.accounts[account]?.name ?? '');
  const pattern = patternOf(names);
  return {
    title: pattern ?? `${names[0]}, …`,
    isNamed: pattern !== undefined,
    unit: units.size === 1 && unit !== undefined ? (model.units[unit] ?? '') : '',
    accounts,
    classes: classes.map((of) => ({ class: of, count: accountsOf[of]?.length ?? 0 })),
  };
}

/** By families of names, by a tag or by units: the first way that makes few enough of them. */
function collapse(model: Model, { accountsOf, isReached }: View): Column[] {
  const { accounts, units, tags, management } = model;
  const looked = accountsOf.flat();
  const unitOf = (account: number): string => units[accounts[account]?.unit ?? -1] ?? '';
  const wordsOf = (account: number): string[] => (accounts[account]?.name ?? '').split(/[-_. /]+/);
  const tagKeys = [...new Set(tags.map((tag) => tag.split('=', 1)[0] ?? ''))];
  const ways: { titleOf(account: number): string; isTitled?: true }[] = [
    { titleOf: (account) => `${unitOf(account)}\n${wordsOf(account)[0]}` },
    { titleOf: (account) => wordsOf(account)[0] ?? '' },
    { titleOf: (account) => wordsOf(account).at(-1) ?? '' },
    ...tagKeys.map((key) => ({
      titleOf: (account: number) => {
        const of = (accounts[account]?.tags ?? []).map((tag) => tags[tag] ?? '');
        return of.find((tag) => tag.startsWith(`${key}=`)) ?? '';
      },
      isTitled: true as const,
    })),
    { titleOf: unitOf, isTitled: true },
    { titleOf: (account) => unitOf(account).split('/', 1)[0] ?? '', isTitled: true },
  ];
  const made = ways.map((way) => {
    const keyOf = (account: number): string => (account === management ? 'management' : `in ${way.titleOf(account)}`);
    return { ...way, groups: groupBy(looked, keyOf) };
  });
  const sizeOf = ({ groups }: (typeof made)[number]): number => groups.size;
  const few = made.find((one) => sizeOf(one) > 2 && sizeOf(one) <= mostFamilies);
  const some = made.filter((one) => sizeOf(one) > 2).sort((a, b) => sizeOf(a) - sizeOf(b))[0];
  const chosen = few ?? some ?? made[1];
  if (!chosen) return [];
  const { groups, titleOf, isTitled } = chosen;
  return [...groups.values()].flatMap((list): Column[] => {
    const isIn = new Set(list);
    // A class of accounts can be of several families: it counts in each by the accounts that it has there.
    const classes = accountsOf.flatMap((own, of) => {
      const count = isReached[of] ? own.filter((one) => isIn.has(one)).length : 0;
      return count > 0 ? [{ class: of, count }] : [];
    });
    if (classes.length === 0) return [];
    const column = { ...columnOf(model, [list], [0]), classes };
    const title = isTitled ? titleOf(list[0] ?? 0) : '';
    return [title === '' ? column : { ...column, title, isNamed: true, unit: '' }];
  });
}

/** The management account first, then by unit and title. */
function sorted(model: Model, columns: Column[]): Column[] {
  const order = ({ accounts, unit, title }: Column): string =>
    `${accounts[0] === model.management ? 0 : 1} ${unit} \n ${title}`;
  return columns
    .map((column) => ({ column, key: order(column) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ column }) => column);
}

/** What one row has in one column. */
export interface Cell {
  /** An index of `powers`, the gravest; of all of them where there is nothing. Of a difference, that of the side after. */
  power: number;
  /** Every way to it ends. */
  ends: boolean;
  /** In how many of the accounts of the column it is so. */
  accounts: number;
  /** Of a difference: how it changes, and the power before. */
  change?: { kind: ChangeKind; before: number };
}

const nothing: Cell = { power: powers.length, ends: false, accounts: 0 };

export function cellOf({ cells, changes, filter }: View, row: Row, { classes }: Column): Cell {
  if (changes) return changingCell(cells, changes, filter.change, row, classes);
  let found = nothing;
  for (const { class: of, count } of classes) {
    const cell = row.cells[of] ?? 0;
    if (cell === 0) continue;
    const power = cells.powerOf(cell);
    const ends = cells.ends(cell);
    if (power < found.power) found = { power, ends, accounts: count };
    else if (power === found.power) found = { power, ends: found.ends && ends, accounts: found.accounts + count };
  }
  return found;
}

/** What changes as it is asked comes before what else is there; then what is gravest on either side. */
function changingCell(cells: Cells, changes: Changes, asked: ChangeFilter, row: Row, classes: Column['classes']): Cell {
  let [found, best] = [nothing, Infinity];
  for (const { class: of, count } of classes) {
    const pair = row.cells[of] ?? 0;
    if (pair === 0) continue;
    const { kind, ...sides } = changes.at(pair);
    const [before, power] = [cells.powerOf(sides.before), cells.powerOf(sides.after)];
    const ends = cells.ends(sides.after === 0 ? sides.before : sides.after);
    const graver = Math.min(before, power);
    // One number for all that a cell shows.
    const rank = [Number(!changes.is(pair, asked)), graver, changeKinds.indexOf(kind), before, power].reduce(
      (sum, part) => sum * changeKinds.length + part,
      0,
    );
    if (rank < best) [found, best] = [{ power, ends, accounts: count, change: { kind, before } }, rank];
    else if (rank === best) found = { ...found, ends: found.ends && ends, accounts: found.accounts + count };
  }
  return found;
}

import { groupBy } from '../../core/group-by.ts';
import { powers } from '../../core/access.ts';
import { patternOf } from './account-words.ts';
import { changeKinds, type ChangeKind, type Changes } from './changes.ts';
import type { Model } from './model.ts';
import { createSame } from './same.ts';
import type { Row } from './rows.ts';
import type { View } from './view.ts';

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
  /** How far any of it allows what is asked about, see `Way`. */
  allows: number;
  /** Every way to it ends. */
  ends: boolean;
  /** In how many of the accounts of the column it is so; of a difference, in how many something changes. */
  accounts: number;
  change?: CellChange;
}

/** Of a difference: how a cell changes. Where nothing does, what there is stays the same. */
export interface CellChange {
  /** The power before. */
  before: number;
  /** In how many accounts it changes in which way, in the order of `changeKinds`. */
  kinds: { kind: ChangeKind; accounts: number }[];
  /** It has the same power before, and the same after, in all of these accounts. */
  isUniform: boolean;
}

const nothing: Cell = { power: powers.length, allows: Infinity, ends: false, accounts: 0 };

export function cellOf(view: View, row: Row, { classes }: Column): Cell {
  const { cells, changes } = view;
  if (changes) return changingCell(view, changes, row, classes);
  let found = nothing;
  for (const { class: of, count } of classes) {
    const cell = row.cells[of] ?? 0;
    if (cell === 0) continue;
    const power = cells.powerOf(cell);
    const ends = cells.ends(cell);
    const allows = Math.min(found.allows, cells.allowsOf(cell));
    if (power < found.power) found = { power, allows, ends, accounts: count };
    else if (power === found.power) {
      found = { power, allows, ends: found.ends && ends, accounts: found.accounts + count };
    } else found = { ...found, allows };
  }
  return found;
}

/** What changes, if anything does; of that the gravest on either side. */
function changingCell({ cells, filter }: View, changes: Changes, row: Row, classes: Column['classes']): Cell {
  const counts = new Map<number, number>();
  for (const { class: of, count } of classes) {
    const pair = row.cells[of] ?? 0;
    if (pair !== 0) counts.set(pair, (counts.get(pair) ?? 0) + count);
  }
  const all = [...counts].map(([pair, count]) => {
    const { before, after } = changes.at(pair);
    return { kind: changes.kindOf(pair, filter.change), before, after, count };
  });
  const changed = all.filter(({ kind }) => kind !== 'same');
  const some = (changed.length > 0 ? changed : all).map(({ before, after, ...rest }) => ({
    ...rest,
    was: cells.powerOf(before),
    power: cells.powerOf(after),
    allows: Math.min(cells.allowsOf(before), cells.allowsOf(after)),
    ends: cells.ends(after === 0 ? before : after),
  }));
  const [first] = some.sort(
    (a, b) => Math.min(a.was, a.power) - Math.min(b.was, b.power) || a.was - b.was || a.power - b.power,
  );
  if (!first) return nothing;
  const { was, power } = first;
  const alike = some.filter((one) => one.was === was && one.power === power);
  const sum = (of: typeof some): number => of.reduce((total, { count }) => total + count, 0);
  return {
    power,
    allows: Math.min(...some.map((one) => one.allows)),
    ends: alike.every(({ ends }) => ends),
    accounts: sum(some),
    change: {
      before: was,
      kinds: changeKinds.flatMap((kind) => {
        const accounts = sum(some.filter((one) => one.kind === kind));
        return accounts === 0 ? [] : [{ kind, accounts }];
      }),
      isUniform: alike.length === some.length,
    },
  };
}

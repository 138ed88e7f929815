import { powers } from '../../core/access.ts';
import { createCells, type Cells } from './cells.ts';
import { matchersOf, type Filter } from './filter.ts';
import type { Model, Way } from './model.ts';
import { createSame } from './same.ts';

/** People who hold the same where it is looked at. */
export interface Row {
  /** Indexes, sorted by name. */
  people: number[];
  /** By class of accounts, see `Cells`. */
  cells: Uint32Array;
  /** In how many accounts each of the powers is the gravest. */
  counts: number[];
  /** All that they hold is of policies of unknown content. */
  isUnknown: boolean;
}

/** A grant with the part of it that is looked at. */
export interface ShownGrant {
  /** An index of `grants`. */
  grant: number;
  groups: { group: number; people: number[] }[];
  users: number[];
  accounts: number[];
}

/** What is left of a model by a filter. */
export interface View {
  filter: Filter;
  rows: Row[];
  cells: Cells;
  /** Looked at, by class of accounts: how many, and whether anyone holds anything there. */
  accountsOf: number[][];
  isReached: boolean[];
  grants: ShownGrant[];
  counts: Counts;
  /** Whether a person's way is looked at. */
  isShown(way: Way, person: number): boolean;
}

export interface Counts {
  people: number;
  /** Of them, those who can't sign in. */
  disabled: number;
  administrators: number;
  /** All that they hold is of policies of unknown content. */
  unknown: number;
  accounts: number;
  reached: number;
}

/** A page about one person or one account. */
export interface Subject {
  person?: number;
  account?: number;
}

/** What there is to see of a page. It takes some ten milliseconds for 3,000 people and 300 accounts. */
export function viewOf(model: Model, filter: Filter, subject: Subject = {}): View {
  const { accountsOfClass, classesOfList, peopleOfClass, waysOfClass, people } = model;
  const accountsOf = accountsOfClass.map(accountFilter(model, filter, subject));
  const { isShown, bitsOf, isOf } = wayFilter(model, filter);
  const cells = createCells();
  const isReached = accountsOf.map(() => false);
  const same = createSame<Row>();
  const rows: Row[] = [];
  const counted = accountsOf.map((list) => list.length);
  for (const [number, all] of peopleOfClass.entries()) {
    const ways = waysOfClass[number] ?? [];
    if (ways.length === 0) continue;
    for (const [bits, some] of splitBy(all, bitsOf, subject.person)) {
      const row = new Uint32Array(accountsOf.length);
      let [isAny, isUnknown] = [false, true];
      for (const way of ways) {
        if (!isOf(way, bits)) continue;
        const grant = model.grants[way.grant] as Model['grants'][number];
        const adding = cells.adding(grant.set, grant.power, way.ends);
        for (const of of classesOfList[grant.accounts] ?? []) {
          if (counted[of] === 0) continue;
          row[of] = adding(row[of] ?? 0);
          isReached[of] = isAny = true;
          isUnknown &&= grant.power === unknownPower;
        }
      }
      if (!isAny) continue;
      const known = same.find(row);
      if (known) {
        for (const person of some) known.people.push(person);
        continue;
      }
      const added: Row = { people: [...some], cells: row, counts: [], isUnknown };
      same.keep(row, added);
      rows.push(added);
    }
  }
  for (const row of rows) {
    row.people.sort((a, b) => a - b);
    row.counts = powers.map(() => 0);
    for (const [of, cell] of row.cells.entries()) {
      if (cell !== 0) row.counts[cells.powerOf(cell)]! += counted[of] ?? 0;
    }
  }
  const sorted = rows.sort(strongestFirst);
  const strongest = (row: Row): number => row.counts.findIndex((count) => count > 0);
  const sum = (some: readonly Row[]): number => some.reduce((total, row) => total + row.people.length, 0);
  return {
    filter,
    rows: sorted,
    cells,
    accountsOf,
    isReached,
    isShown,
    grants: grantsIn(model, accountsOf, isShown, subject),
    counts: {
      people: sum(sorted),
      disabled: sorted.reduce((total, row) => total + row.people.filter((one) => people[one]?.disabled).length, 0),
      administrators: sum(sorted.filter((row) => strongest(row) === powers.indexOf('administrator'))),
      unknown: sum(sorted.filter((row) => row.isUnknown)),
      accounts: accountsOf.reduce((total, list) => total + list.length, 0),
      reached: accountsOf.reduce((total, list, of) => total + (isReached[of] ? list.length : 0), 0),
    },
  };
}

/** The accounts of a class that are looked at. */
function accountFilter(model: Model, filter: Filter, { account: only }: Subject): (list: number[]) => number[] {
  const { accounts, units, tags, management } = model;
  const matchers = matchersOf(filter.account);
  const tag = tags.indexOf(filter.tag);
  const inUnit = units.map((unit) => unit === filter.unit || unit.startsWith(`${filter.unit}/`));
  const isWanted = (index: number): boolean => {
    const account = accounts[index];
    return (
      account !== undefined &&
      (only === undefined || only === index) &&
      (filter.place !== 'management' || index === management) &&
      (filter.place !== 'production' || account.production === 1) &&
      (filter.unit === '' || (account.unit !== undefined && inUnit[account.unit] === true)) &&
      (filter.tag === '' || account.tags?.includes(tag) === true) &&
      matchers.every((matches) => matches(account.name) || matches(account.id))
    );
  };
  return (list) => list.filter(isWanted);
}

interface WayFilter {
  isShown(way: Way, person: number): boolean;
  /** Which of the words somebody has, a bit each. */
  bitsOf(person: number): number;
  /** Whether a way of people with these bits is looked at. */
  isOf(way: Way, bits: number): boolean;
}

function wayFilter(model: Model, filter: Filter): WayFilter {
  const { people, groups, grants, sets } = model;
  const matchers = matchersOf(filter.who);
  const all = matchers.length === 0 ? 0 : 2 ** matchers.length - 1;
  const bits = (...texts: string[]): number =>
    matchers.reduce((sum, matches, at) => sum + (texts.some(matches) ? 2 ** at : 0), 0);
  const ofPerson = people.map(({ name, display }) => (all === 0 ? 0 : bits(name, display ?? '')));
  const ofGroup = groups.map(({ name }) => (all === 0 ? 0 : bits(name)));
  const least = powers.indexOf(filter.power);
  const isGrantShown = grants.map(
    ({ set, power }) => power <= least && (filter.set === '' || sets[set]?.name === filter.set),
  );
  const isOf = ({ grant, group, endsSoon }: Way, own: number): boolean =>
    isGrantShown[grant] === true &&
    (filter.only !== 'direct' || group === -1) &&
    (filter.only !== 'ends' || endsSoon) &&
    (own | (ofGroup[group] ?? 0)) === all;
  const bitsOf = (person: number): number => ofPerson[person] ?? 0;
  return { bitsOf, isOf, isShown: (way, person) => isOf(way, bitsOf(person)) };
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

function grantsIn(
  model: Model,
  accountsOf: readonly number[][],
  isShown: View['isShown'],
  { person: only }: Subject,
): ShownGrant[] {
  const { grants, groups, lists, accounts } = model;
  const isLookedAt = new Set(accountsOf.flat());
  const found = grants.flatMap((grant, index): ShownGrant[] => {
    const where = (lists[grant.accounts] ?? []).filter((account) => isLookedAt.has(account));
    if (where.length === 0) return [];
    // Without a person whom it is of, all but the words on the person's name apply.
    const partOf = (group: number): { group: number; people: number[] }[] => {
      let isAny = false;
      const people = (groups[group]?.members ?? []).flatMap((part) => {
        const way = model.wayOf(index, group, part);
        const some = part.people.filter(
          (person) =>
            (only === undefined || person === only) &&
            grant.members?.includes(person) !== false &&
            isShown(way, person),
        );
        isAny ||= some.length > 0;
        return some;
      });
      const isEmpty = model.membersOfGroup[group] === 0 && only === undefined;
      const isEmptyShown = isEmpty && isShown(model.wayOf(index, group, {}), -1);
      return isAny || isEmptyShown ? [{ group, people: people.sort((a, b) => a - b) }] : [];
    };
    const direct = model.wayOf(index, -1, {});
    const users = grant.users.filter((person) => (only === undefined || person === only) && isShown(direct, person));
    const shown = grant.groups.flatMap(partOf);
    return shown.length + users.length === 0 ? [] : [{ grant: index, groups: shown, users, accounts: where }];
  });
  const sizeOf = ({ users, groups: of }: ShownGrant): number =>
    of.reduce((sum, { people }) => sum + people.length, users.length);
  const powerOf = ({ grant }: ShownGrant): number => grants[grant]?.power ?? accounts.length;
  return found.sort(
    (a, b) =>
      powerOf(a) - powerOf(b) || b.accounts.length - a.accounts.length || sizeOf(b) - sizeOf(a) || a.grant - b.grant,
  );
}

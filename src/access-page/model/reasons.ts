import type { PageOrigin, PagePlace, PageSide } from '../data.ts';
import type { Model, WaySides } from './model.ts';
import { noFilter } from './filter.ts';
import { viewOf, type View } from './view.ts';

/** Why people hold something in accounts: a grant, and for a group the memberships that lead to it. */
export interface Reason {
  /** An index of `grants`. */
  grant: number;
  /** An index of `groups`; -1 for a direct assignment. */
  group: number;
  /** Of the people and the accounts, those of whom it is true. */
  people: number[];
  accounts: number[];
  /** Of the people in the group. */
  memberships: Membership[];
  /** Of a difference, where it gives access on one side alone. */
  side?: PageSide;
}

export interface Membership extends PageOrigin {
  people: number[];
  /** The lines of all of them. */
  places: PagePlace[];
  /** What the lines of each of them say of why; -1 for nothing. */
  why: number[];
}

/** All that gives people what they hold in accounts, the gravest first, as far as it is looked at; also what stays. */
export function reasonsFor(model: Model, view: View, people: readonly number[], accounts: readonly number[]): Reason[] {
  const isAsked = new Set(people);
  const isThere = new Set(accounts);
  const reasons = view.heldGrants().flatMap((shown): Reason[] => {
    const where = shown.accounts.filter((account) => isThere.has(account));
    if (where.length === 0) return [];
    const through = shown.groups.flatMap(({ group, people: all }): Reason[] => {
      const found = membershipsOf(
        model,
        group,
        all.filter((person) => isAsked.has(person)),
      );
      return ([undefined, 'before', 'after'] as const).flatMap((side): Reason[] => {
        const memberships = found.filter((one) => sideOf(model, model.wayOf(shown.grant, group, one)) === side);
        const some = memberships.flatMap((one) => one.people).sort((a, b) => a - b);
        if (some.length === 0) return [];
        return [{ grant: shown.grant, group, people: some, accounts: where, memberships, ...(side && { side }) }];
      });
    });
    const users = shown.users.filter((person) => isAsked.has(person));
    const side = sideOf(model, model.wayOf(shown.grant, -1, {}));
    const direct = { grant: shown.grant, group: -1, people: users, accounts: where, memberships: [] };
    return [...through, ...(users.length > 0 ? [{ ...direct, ...(side && { side }) }] : [])];
  });
  const powerOf = ({ grant }: Reason): number => model.grants[grant]?.power ?? 0;
  return reasons.sort(
    (a, b) =>
      Number(a.side === undefined) - Number(b.side === undefined) ||
      powerOf(a) - powerOf(b) ||
      b.accounts.length - a.accounts.length ||
      b.people.length - a.people.length,
  );
}

/** What the same people hold in the same accounts by ways that a filter leaves out. */
export function otherReasons(
  model: Model,
  view: View,
  people: readonly number[],
  accounts: readonly number[],
): Reason[] {
  const { only, set, power, allows, who } = view.filter;
  if ([only, set, allows, who].every((one) => one === '') && power === noFilter.power) return [];
  const keyOf = ({ grant, group, side, people: some }: Reason): string => [grant, group, side, ...some].join();
  const shown = new Set(reasonsFor(model, view, people, accounts).map(keyOf));
  const all = viewOf(model, { ...noFilter, change: 'all' });
  return reasonsFor(model, all, people, accounts).filter((reason) => !shown.has(keyOf(reason)));
}

function sideOf({ isDifference }: Model, { before, after }: WaySides): PageSide | undefined {
  if (!isDifference || (before && after)) return undefined;
  return before ? 'before' : 'after';
}

/** How people are in a group. */
export function membershipsOf({ groups }: Model, group: number, people: readonly number[]): Membership[] {
  const isAsked = new Set(people);
  return (groups[group]?.members ?? []).flatMap(({ people: all, places = [], why = [], ...origin }): Membership[] => {
    const at = [...all.keys()].filter((index) => isAsked.has(all[index] ?? -1));
    if (at.length === 0) return [];
    return [
      {
        people: at.flatMap((index) => all[index] ?? []),
        places: at.flatMap((index) => places[index] ?? []),
        why: at.map((index) => why[index] ?? -1),
        ...origin,
      },
    ];
  });
}

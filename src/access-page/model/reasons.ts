import type { PageOrigin, PagePlace } from '../data.ts';
import type { Model } from './model.ts';
import type { View } from './view.ts';

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
}

export interface Membership extends PageOrigin {
  people: number[];
  /** The lines of all of them. */
  places: PagePlace[];
}

/** All that gives people what they hold in accounts, the gravest first, as far as it is looked at. */
export function reasonsFor(model: Model, view: View, people: readonly number[], accounts: readonly number[]): Reason[] {
  const isAsked = new Set(people);
  const isThere = new Set(accounts);
  const reasons = view.grants.flatMap((shown): Reason[] => {
    const where = shown.accounts.filter((account) => isThere.has(account));
    if (where.length === 0) return [];
    const through = shown.groups.flatMap(({ group, people: all }): Reason[] => {
      const some = all.filter((person) => isAsked.has(person));
      if (some.length === 0) return [];
      return [
        { grant: shown.grant, group, people: some, accounts: where, memberships: membershipsOf(model, group, some) },
      ];
    });
    const users = shown.users.filter((person) => isAsked.has(person));
    const direct = { grant: shown.grant, group: -1, people: users, accounts: where, memberships: [] };
    return [...through, ...(users.length > 0 ? [direct] : [])];
  });
  const powerOf = ({ grant }: Reason): number => model.grants[grant]?.power ?? 0;
  return reasons.sort(
    (a, b) => powerOf(a) - powerOf(b) || b.accounts.length - a.accounts.length || b.people.length - a.people.length,
  );
}

/** How people are in a group. */
export function membershipsOf({ groups }: Model, group: number, people: readonly number[]): Membership[] {
  const isAsked = new Set(people);
  return (groups[group]?.members ?? []).flatMap(({ people: all, places = [], status, until }): Membership[] => {
    const at = [...all.keys()].filter((index) => isAsked.has(all[index] ?? -1));
    if (at.length === 0) return [];
    return [
      {
        people: at.flatMap((index) => all[index] ?? []),
        places: at.flatMap((index) => places[index] ?? []),
        ...(status && { status }),
        ...(until !== undefined && { until }),
      },
    ];
  });
}

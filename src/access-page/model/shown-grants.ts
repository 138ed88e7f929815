import type { PageGrant, PageOrigin } from '../data.ts';
import type { WayFilter, Subject } from './looked-at.ts';
import type { Model, WaySides } from './model.ts';

/** A grant with the part of it that is looked at. */
export interface ShownGrant {
  /** An index of `grants`. */
  grant: number;
  groups: { group: number; people: number[] }[];
  users: number[];
  accounts: number[];
}

/** The grants of which something is looked at. */
export interface GrantsShown {
  count: number;
  /** Each with its part, the gravest first. It takes longer than to count them. */
  list(): ShownGrant[];
}

export function shownGrants(
  model: Model,
  accountsOf: readonly number[][],
  { isShown, canBeShown }: WayFilter,
  { person: only }: Subject,
): GrantsShown {
  const { grants, groups, lists, accounts } = model;
  const isLookedAt = new Set(accountsOf.flat());
  // Without a person whom it is of, all but the words on the person's name apply.
  const isAsked =
    (way: WaySides) =>
    (person: number): boolean =>
      (only === undefined || person === only) && isShown(way, person);
  const directly = (index: number): ((person: number) => boolean) => {
    const way = model.wayOf(index, -1, direct);
    return canBeShown(way) ? isAsked(way) : () => false;
  };
  /** The members of a group, part by part, with whether one of them is looked at. */
  const membersOf = (index: number, group: number): [people: number[], isIn: (person: number) => boolean][] =>
    (groups[group]?.members ?? []).flatMap((part): ReturnType<typeof membersOf> => {
      const way = model.wayOf(index, group, part);
      if (!canBeShown(way)) return [];
      const [own, isOne] = [grants[index]?.members, isAsked(way)];
      return [[part.people, (person) => own?.includes(person) !== false && isOne(person)]];
    });
  const isEmptyShown = (index: number, group: number): boolean => {
    if (model.membersOfGroup[group] !== 0 || only !== undefined) return false;
    const whole = model.wayOf(index, group, direct);
    return canBeShown(whole) && isShown(whole, -1);
  };
  const isGroupShown = (index: number, group: number): boolean =>
    membersOf(index, group).some(([people, isIn]) => people.some(isIn)) || isEmptyShown(index, group);
  const found = [...grants.keys()].filter((index) => {
    const { users, groups: own, accounts: list } = grants[index] as PageGrant;
    if (lists[list]?.some((account) => isLookedAt.has(account)) !== true) return false;
    return users.some(directly(index)) || own.some((group) => isGroupShown(index, group));
  });
  return { count: found.length, list: () => found.map(partOf).sort(gravestFirst) };

  function partOf(index: number): ShownGrant {
    const { users, groups: own, accounts: list } = grants[index] as PageGrant;
    return {
      grant: index,
      groups: own
        .filter((group) => isGroupShown(index, group))
        .map((group) => ({
          group,
          people: membersOf(index, group)
            .flatMap(([people, isIn]) => people.filter(isIn))
            .sort((a, b) => a - b),
        })),
      users: users.filter(directly(index)),
      accounts: (lists[list] ?? []).filter((account) => isLookedAt.has(account)),
    };
  }

  function gravestFirst(a: ShownGrant, b: ShownGrant): number {
    return (
      powerOf(a) - powerOf(b) || b.accounts.length - a.accounts.length || sizeOf(b) - sizeOf(a) || a.grant - b.grant
    );
  }

  function powerOf({ grant }: ShownGrant): number {
    const { power = accounts.length, wasPower = power } = grants[grant] ?? {};
    return Math.min(power, wasPower);
  }
}

const direct: PageOrigin = {};

const sizeOf = ({ users, groups }: ShownGrant): number =>
  groups.reduce((sum, { people }) => sum + people.length, users.length);

import type { WayFilter, Subject } from './looked-at.ts';
import type { Model } from './model.ts';

/** A grant with the part of it that is looked at. */
export interface ShownGrant {
  /** An index of `grants`. */
  grant: number;
  groups: { group: number; people: number[] }[];
  users: number[];
  accounts: number[];
}

/** The grants of which something is looked at, the gravest first. */
export function shownGrants(
  model: Model,
  accountsOf: readonly number[][],
  { isShown, canBeShown }: WayFilter,
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
        if (!canBeShown(way)) return [];
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
      const whole = model.wayOf(index, group, {});
      const isEmptyShown = isEmpty && canBeShown(whole) && isShown(whole, -1);
      return isAny || isEmptyShown ? [{ group, people: people.sort((a, b) => a - b) }] : [];
    };
    const direct = model.wayOf(index, -1, {});
    const users = canBeShown(direct)
      ? grant.users.filter((person) => (only === undefined || person === only) && isShown(direct, person))
      : [];
    const shown = grant.groups.flatMap(partOf);
    return shown.length + users.length === 0 ? [] : [{ grant: index, groups: shown, users, accounts: where }];
  });
  const sizeOf = ({ users, groups: of }: ShownGrant): number =>
    of.reduce((sum, { people }) => sum + people.length, users.length);
  const powerOf = ({ grant: index }: ShownGrant): number => {
    const { power = accounts.length, wasPower = power } = grants[index] ?? {};
    return Math.min(power, wasPower);
  };
  return found.sort(
    (a, b) =>
      powerOf(a) - powerOf(b) || b.accounts.length - a.accounts.length || sizeOf(b) - sizeOf(a) || a.grant - b.grant,
  );
}

import type { PageSide } from '../data.ts';
import type { ChangeKind } from './changes.ts';
import type { Model, WaySides } from './model.ts';
import { membershipsOf } from './reasons.ts';
import type { ShownGrant } from './shown-grants.ts';

/** How a grant changes, as far as it is looked at; `joined`, `left` and `members` are of the members of its groups alone. */
export type GrantChange =
  | Extract<ChangeKind, 'gained' | 'lost' | 'edited' | 'session' | 'moved' | 'same'>
  | 'joined'
  | 'left'
  | 'members';

export function changeOfGrant(model: Model, shown: ShownGrant): GrantChange {
  const grant = model.grants[shown.grant];
  const set = model.sets[grant?.set ?? -1];
  if (grant?.side) return grant.side === 'after' ? 'gained' : 'lost';
  const ways = [
    ...(shown.users.length > 0 ? [model.wayOf(shown.grant, -1, {})] : []),
    ...shown.groups.flatMap(({ group, people }) =>
      membershipsOf(model, group, people).map((membership) => model.wayOf(shown.grant, group, membership)),
    ),
  ];
  const isKept = ({ before, after }: WaySides): boolean => before !== undefined && after !== undefined;
  if (set?.was && ways.some(isKept)) return set.was.session ? 'session' : 'edited';
  if (ways.some(({ before, after }) => before && after?.moved)) return 'moved';
  const sides = new Set(ways.filter((way) => !isKept(way)).map(({ after }): PageSide => (after ? 'after' : 'before')));
  if (sides.size === 0) return 'same';
  return sides.size > 1 ? 'members' : sides.has('after') ? 'joined' : 'left';
}

/** Those that change first, in each part in the order that they had. */
export function changedFirst(model: Model, shown: readonly ShownGrant[]): ShownGrant[] {
  const isSame = (one: ShownGrant): number => Number(changeOfGrant(model, one) === 'same');
  return [...shown].sort((a, b) => isSame(a) - isSame(b));
}

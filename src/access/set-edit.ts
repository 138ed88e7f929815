import type { AccessFacts, JudgedFacts, SetEdit } from '../core/access.ts';
import { KeyedMap } from '../core/keyed-map.ts';
import { stepsOf, thingsOf } from '../core/of-kind.ts';
import type { Step } from '../core/plan.ts';
import type { State, Thing } from '../core/state.ts';
import { contentOf } from '../kinds/permission-set/content.ts';
import { permissionSet } from '../kinds/permission-set/kind.ts';
import type { Policies } from '../policies/load.ts';
import { grantKey, renewedGrants } from './holdings.ts';

/** What a plan does to permission sets: to one that it edits, and to one that another replaces. */
export function setEdits(
  live: State<Thing>,
  steps: readonly Step[],
  facts: AccessFacts,
  { compare }: Pick<Policies, 'compare'>,
): JudgedFacts['editOf'] {
  const before = new Map(thingsOf(permissionSet, live).map(({ spec }) => [spec.name, spec]));
  const after = new Map([
    ...before,
    ...stepsOf(permissionSet, steps).flatMap(({ after: spec }) => (spec ? [[spec.name, spec] as const] : [])),
  ]);
  return (set, old) => {
    const [was, is] = [before.get(old), after.get(set)];
    if (!was || !is || was === is) return undefined;
    const isReplaced = old !== set;
    const outdated = isReplaced ? 0 : was.provisioned.stale.length;
    const [sessionBefore, sessionAfter] = [was.sessionDuration, is.sessionDuration];
    const { before: _, after: __, ...policies } = compare(contentOf(was), contentOf(is));
    return {
      policies,
      ...(sessionBefore !== sessionAfter && { sessionDuration: { before: sessionBefore, after: sessionAfter } }),
      ...(outdated > 0 && { outdatedRoles: outdated }),
      ...(isReplaced && { replaces: { permissionSet: old, assignments: movedTo(facts, set) } }),
    };
  };
}

/** Whether sessions that last longer, or less long, are all that an edit changes. */
export const isSessionAlone = ({ policies, sessionDuration, outdatedRoles, replaces }: SetEdit): boolean => {
  const { moves, unknownJoins, unknownLeaves, unknownBoundary } = policies;
  const isOther = outdatedRoles !== undefined || replaces !== undefined || unknownBoundary !== undefined;
  return (
    sessionDuration !== undefined && !isOther && [moves, unknownJoins, unknownLeaves].every((list) => list.length === 0)
  );
};

/** Assignments of a replaced set that end where the same is granted of the new one. */
function movedTo(facts: AccessFacts, set: string): number {
  const grants = renewedGrants(facts).filter(({ grant }) => grant.permissionSet === set);
  const ended = new KeyedMap(
    grants.flatMap((one) =>
      one.status === 'deleted' && one.grant.content !== undefined ? [[grantKey(one), one]] : [],
    ),
  );
  return grants.filter((one) => one.status === 'created' && ended.has(grantKey(one))).length;
}

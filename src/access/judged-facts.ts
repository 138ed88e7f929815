import type { Administering, JudgedFacts, Place, SetsOfSides } from '../core/access.ts';
import type { Move } from '../core/policy-difference.ts';
import { stepsOf, thingsOf } from '../core/of-kind.ts';
import type { Step } from '../core/plan.ts';
import type { State, Thing } from '../core/state.ts';
import { contentOf } from '../kinds/permission-set/content.ts';
import { permissionSet, type PermissionSetSpec } from '../kinds/permission-set/kind.ts';
import type { Judgement } from '../policies/judgement.ts';
import type { Policies } from '../policies/load.ts';
import { certainPowersOf, powerOf, powersOf, reachByRaising } from '../policies/power.ts';
import { accessFacts } from './facts.ts';
import { changedTags } from './session-tags.ts';
import { setEdits } from './set-edit.ts';

/** By what sets are judged. */
export interface Judging {
  policies: Pick<Policies, 'judge' | 'compare' | 'dates'>;
  placeOf(account: string): Place;
  /** Of the instance: the data are those of `aws`. */
  partition?: string | undefined;
}

type Side = keyof SetsOfSides;

const noAdministrator: Administering = { value: 'no', known: 'no', conditions: [], unknown: [] };

/** What the live state and the steps of a plan mean for access, and what the policies allow. */
export function judgedFacts(
  live: State<Thing>,
  steps: readonly Step[],
  { policies, placeOf, partition = 'aws' }: Judging,
  newName?: Map<string, string>,
): JudgedFacts {
  const specs = { before: new Map<string, PermissionSetSpec>(), after: new Map<string, PermissionSetSpec>() };
  const judged = { before: new Map<string, Judgement>(), after: new Map<string, Judgement>() };
  const emptiedSets = new Set<string>();
  const set = (side: Side, spec: PermissionSetSpec, judgement = policies.judge(contentOf(spec))): Judgement => {
    specs[side].set(spec.name, spec);
    judged[side].set(spec.name, judgement);
    return judgement;
  };
  for (const { spec } of thingsOf(permissionSet, live)) set('after', spec, set('before', spec));
  for (const { before, after } of stepsOf(permissionSet, steps)) {
    if (before && !after) {
      specs.after.delete(before.name);
      judged.after.delete(before.name);
    }
    if (after && set('after', after).allowsNothing) emptiedSets.add(after.name);
  }
  const having = (is: (judgement: Judgement) => boolean): SetsOfSides => {
    const on = (side: Side): Set<string> =>
      new Set([...judged[side]].flatMap(([name, one]) => (is(one) ? [name] : [])));
    return { before: on('before'), after: on('after') };
  };
  const facts = accessFacts(live, steps, newName);
  return {
    ...facts,
    administratorSets: having(({ administrator }) => administrator.known === 'yes'),
    possibleAdministratorSets: having(({ administrator }) => administrator.known !== 'no'),
    administering(side, name) {
      const judgement = judged[side].get(name);
      return judgement ? { ...judgement.administrator, unknown: judgement.unknown } : noAdministrator;
    },
    allowsNothing: (side, name) => judged[side].get(name)?.allowsNothing === true,
    emptiedSets,
    narrowing(before, after) {
      const [was, is] = [specs.before.get(before), specs.after.get(after)];
      if (!was || !is) return { lost: 0, limited: 0, unknown: [], unknownGone: [] };
      const { moves, unknownJoins, unknownLeaves, unknownBoundary } = policies.compare(contentOf(was), contentOf(is));
      const count = (is: (move: Move) => boolean): number =>
        moves.filter(is).reduce((sum, move) => sum + move.count, 0);
      return {
        lost: count(({ kind }) => kind === 'loses'),
        limited: count(
          ({ kind, limits }) => kind === 'getsLimits' || (kind === 'otherLimits' && limits?.direction !== 'wider'),
        ),
        unknown: [...unknownJoins, ...[unknownBoundary?.after ?? []].flat()],
        unknownGone: unknownLeaves,
      };
    },
    placeOf,
    powersOf(side, set, place) {
      const judgement = judged[side].get(set);
      return judgement ? powersOf(judgement, place) : [];
    },
    certainPowersOf(side, set, place) {
      const judgement = judged[side].get(set);
      return judgement ? certainPowersOf(judgement, place) : [];
    },
    reachByRaising(side, set, place) {
      const judgement = judged[side].get(set);
      return judgement && reachByRaising(judgement, place);
    },
    powerOf(side, set, place) {
      const judgement = judged[side].get(set);
      return judgement ? powerOf(judgement, place) : 'unknown';
    },
    tagsAskedBy: (set) => judged.after.get(set)?.principalTags ?? [],
    changedTags: changedTags(live, steps),
    editOf: setEdits(live, steps, facts, policies),
    policyData: { ...policies.dates, ...(partition !== 'aws' && { otherPartition: partition }) },
  };
}

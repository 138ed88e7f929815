import type { JudgedFacts, Place, SetsOfSides } from '../core/access.ts';
import { stepsOf, thingsOf } from '../core/of-kind.ts';
import type { Step } from '../core/plan.ts';
import type { State, Thing } from '../core/state.ts';
import { contentOf } from '../kinds/permission-set/content.ts';
import { permissionSet } from '../kinds/permission-set/kind.ts';
import type { Judgement } from '../policies/judgement.ts';
import type { Policies } from '../policies/load.ts';
import { powerOf, powersOf } from '../policies/power.ts';
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

/** What the live state and the steps of a plan mean for access, and what the policies allow. */
export function judgedFacts(
  live: State<Thing>,
  steps: readonly Step[],
  { policies, placeOf, partition = 'aws' }: Judging,
  newName?: Map<string, string>,
): JudgedFacts {
  const judged = { before: new Map<string, Judgement>(), after: new Map<string, Judgement>() };
  for (const { spec } of thingsOf(permissionSet, live)) judged.before.set(spec.name, policies.judge(contentOf(spec)));
  for (const [name, judgement] of judged.before) judged.after.set(name, judgement);
  for (const { before, after } of stepsOf(permissionSet, steps)) {
    if (before && !after) judged.after.delete(before.name);
    if (after) judged.after.set(after.name, policies.judge(contentOf(after)));
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
    certainAdministratorSets: having(({ administrator }) => administrator.value === 'yes'),
    possibleAdministratorSets: having(({ administrator }) => administrator.known !== 'no'),
    placeOf,
    powersOf(side, set, place) {
      const judgement = judged[side].get(set);
      return judgement ? powersOf(judgement, place) : [];
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

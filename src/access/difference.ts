import type { AccessQuestion, ChangedPower, ChangedRaise } from '../core/access-answer.ts';
import { subjectKey, type Subjects } from '../core/address.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { summarize, type Plan, type Step } from '../core/plan.ts';
import { State, Thing } from '../core/state.ts';
import {
  DIFFERENCE_FORMAT_VERSION,
  type DifferenceSource,
  type DifferingSteps,
  type MovedEnd,
  type StateDifference,
} from '../core/state-difference.ts';
import type { AwsKind } from '../kinds/define.ts';
import { kinds } from '../kinds/index.ts';
import type { LiveState, LiveThing } from '../reconcile/state.ts';
import { compareAccess, type Compared, type JudgesPolicies } from './comparison.ts';
import { knowMovedEnds, type AccessSide } from './side.ts';

export interface Differing {
  difference: StateDifference;
  steps: DifferingSteps;
}

/** How two states differ, in what is asked about. Pure. */
export function differenceOf(
  [before, after]: readonly [AccessSide, AccessSide],
  sources: { before: DifferenceSource; after: DifferenceSource },
  question: AccessQuestion,
  policies: JudgesPolicies,
): Differing & Pick<Compared, 'facts'> {
  const compared = compareAccess(before, after, question, policies);
  const { comparison, facts } = compared;
  const isAsked = asking(question, compared);
  const steps = compared.steps.filter(({ subjects }) => isAsked(subjects));
  const ends = knowMovedEnds(before, after) ? movedEnds(before, after, isAsked) : undefined;
  const isPart = Object.keys(question).length > 0;
  const {
    formatVersion: _version,
    question: _question,
    source: _source,
    comparedWith: _with,
    withoutGroups: _without,
    accounts,
    ...access
  } = comparison;
  const difference = toldAs({ accounts, access, ...(isPart && { question }) }, sources, steps, ends);
  return { steps: { asked: steps, all: compared.steps }, facts, difference };
}

/** How the sides of one saved plan differ: as it says itself. Pure. */
export function differenceOfPlan(
  { accounts, access, steps, risks }: Plan,
  sources: { before: DifferenceSource; after: DifferenceSource },
): Differing {
  const { applications: _applications, given: _given, ...held } = access;
  const gained = new Set(held.gained.flatMap(({ permissionSet, power }) => (power === 'raise' ? permissionSet : [])));
  const causes = risks.flatMap(({ code, permissionSet, powers: by }): ChangedPower[] =>
    code === 'powerful-grant' && gained.has(permissionSet) ? [{ permissionSet, side: 'gained', by }] : [],
  );
  // Who comes to administer by an edit is told apart.
  const raising = new Set(
    held.edited.flatMap(({ permissionSet, policies: { administrator } }) =>
      administrator.before === 'no' && administrator.after === 'no' ? permissionSet : [],
    ),
  );
  const raises = risks.flatMap(({ code, permissionSet, powers: by }): ChangedRaise[] =>
    code === 'powerful-edit' && raising.has(permissionSet) ? [{ permissionSet, side: 'gained', by }] : [],
  );
  const told = { ...held, disabledUsers: [], causes, raises };
  return { steps: { asked: steps, all: steps }, difference: toldAs({ accounts, access: told }, sources, steps) };
}

function toldAs(
  about: Pick<StateDifference, 'accounts' | 'access' | 'question'>,
  sources: { before: DifferenceSource; after: DifferenceSource },
  steps: readonly Step[],
  ends?: MovedEnd[],
): StateDifference {
  return {
    formatVersion: DIFFERENCE_FORMAT_VERSION,
    ...sources,
    ...about,
    summary: summarize(steps),
    changes: steps.map(({ action, kind, key, label, changes }) => ({ action, kind, key, label, changes })),
    ends: ends ?? [],
    comparesEnds: ends !== undefined,
  };
}

type IsAsked = (subjects: Subjects) => boolean;

/** Whether a thing is of all that is asked about: where users and accounts are, an assignment to one of the users in one of them. */
function asking(
  { users, groups, permissionSets, accounts, administrators, actions }: AccessQuestion,
  { facts, allowsOn }: Compared,
): IsAsked {
  const parties = Object.entries({ user: users, group: groups, 'permission-set': permissionSets, account: accounts });
  const asked = parties.flatMap(([subject, names]) => (names ? [{ subject, names: new Set(names) }] : []));
  const isSetAsked = ({ 'permission-set': set, account }: Subjects): boolean =>
    set !== undefined &&
    (['before', 'after'] as const).some(
      (side) =>
        (!administrators || facts.administratorSets[side].has(set)) &&
        (!actions || allowsOn(side, set, account === undefined ? undefined : [account])),
    );
  return (subjects) =>
    asked.every(({ subject, names }) => {
      const name = subjects[subject];
      return name !== undefined && names.has(subjectKey(subject, name));
    }) &&
    (!(administrators || actions) || isSetAsked(subjects));
}

/** Of what both files ask for. */
function movedEnds({ file: before }: AccessSide, { file: after, accounts }: AccessSide, isAsked: IsAsked): MovedEnd[] {
  if (!before || !after) return [];
  const kindOf = new Map<string, AwsKind>(kinds.map((kind) => [kind.name, kind]));
  return [...after.desired.values()]
    .flatMap((thing): MovedEnd[] => {
      const old = before.desired.like(thing);
      if (!old || old.until === thing.until) return [];
      if (!isAsked(kindOf.get(thing.kind)?.subjects(thing.spec) ?? {})) return [];
      return [
        {
          kind: thing.kind,
          label: kindOf.get(thing.kind)?.label(thing.spec, accounts.names) ?? thing.address,
          ...(old.until !== undefined && { before: old.until }),
          ...(thing.until !== undefined && { after: thing.until }),
        },
      ];
    })
    .sort((a, b) => compareTexts(a.kind, b.kind) || compareTexts(a.label, b.label));
}

/**
 * What a file makes of a state: all that it asks for, and what it leaves alone. Pure.
 * @param side of what is live or of a snapshot, opened with the file.
 */
export function fileOver(side: AccessSide, path: string): AccessSide {
  const { file, state } = side;
  if (!file) return side;
  const left = [...state.values()].filter((thing) => !file.scope.manages(thing) && !file.desired.has(thing.address));
  const made: LiveState = new State<LiveThing>([...file.desired.values(), ...left]);
  return { ...side, source: { type: 'file', file: path }, state: made };
}

/** A state with all that a plan touches as it is on one side of the plan; what it does not touch is the same. Pure. */
export function planOver(side: AccessSide, { steps }: Plan, which: 'before' | 'after'): AccessSide {
  const touched = new Set(steps.map(({ id }) => id));
  const kindOf = new Map<string, AwsKind>(kinds.map((kind) => [kind.name, kind]));
  const things = steps.flatMap((step): LiveThing[] => {
    const kind = kindOf.get(step.kind);
    return kind && step[which] !== undefined ? [new Thing(kind, step[which])] : [];
  });
  const rest = [...side.state.values()].filter(({ address }) => !touched.has(address));
  return { ...side, state: new State<LiveThing>([...rest, ...things]) };
}

import { compareTexts } from '../core/compare-texts.ts';
import { actionClasses, moveKinds, type Move, type PolicyDifference } from '../core/policy-difference.ts';
import { countBits, hasBit } from './bits.ts';
import { type Held, knownVerdicts } from './held.ts';
import { everythingBut } from './everything-but.ts';
import { type Judgement, judge } from './judgement.ts';
import { administratorBy } from './power.ts';
import { changeOf, differingLimits } from './limits.ts';
import { movesBetween } from './moves.ts';
import { notableActions, rankOf } from './notable-actions.ts';
import type { Data } from './statement.ts';

/** The same with what each side allows. */
export interface Difference extends PolicyDifference {
  before: Judgement;
  after: Judgement;
}

export function differenceOf(before: Held, after: Held, data: Data): Difference {
  const [was, is] = [knownVerdicts(before, data), knownVerdicts(after, data)];
  const differing = differingLimits(before, after, data);
  const moved = movesBetween(before, after, differing, data);
  const [judgedBefore, judgedAfter] = [judge(before, data), judge(after, data)];
  const passed = new Set(judgedBefore.raising.passesAnyRole.map(({ service }) => service));
  return {
    moves: moveKinds.flatMap((kind) => {
      const actions = moved[kind];
      if (actions.length === 0) return [];
      const inPartOf = kind === 'gains' ? is : kind === 'loses' ? was : undefined;
      const patterns =
        kind === 'gains' ? openEnded(after, before) : kind === 'loses' ? openEnded(before, after) : undefined;
      const others = kind === 'gains' ? was : is;
      return [
        {
          kind,
          ...summarize(actions, data),
          inPart: inPartOf ? actions.filter((action) => !hasBit(inPartOf.everywhere, action)).length : 0,
          ...(patterns && { everythingBut: { patterns, actions: countBits(others.atAll) } }),
          ...(kind === 'otherLimits' && { limits: changeOf(differing, new Set(actions)) }),
        },
      ];
    }),
    before: judgedBefore,
    after: judgedAfter,
    administrator: {
      before: judgedBefore.administrator.known,
      after: judgedAfter.administrator.known,
      by: administratorBy(judgedAfter),
    },
    passesAnyRoleTo: judgedAfter.raising.passesAnyRole.filter(({ service }) => !passed.has(service)),
    assumesAnyRole: judgedAfter.raising.assumesAnyRole && !judgedBefore.raising.assumesAnyRole,
    unknownJoins: after.unknownPolicies.filter((name) => !before.unknownPolicies.includes(name)),
    unknownLeaves: before.unknownPolicies.filter((name) => !after.unknownPolicies.includes(name)),
    ...(before.unknownBoundary !== after.unknownBoundary && {
      unknownBoundary: { before: before.unknownBoundary ?? null, after: after.unknownBoundary ?? null },
    }),
  };
}

function summarize(
  actions: readonly number[],
  { actions: all, classes }: Data,
): Pick<Move, 'count' | 'classes' | 'services' | 'named'> {
  const counts: Move['classes'] = {};
  for (const kind of actionClasses) {
    const count = actions.filter((action) => classes[action] === kind).length;
    if (count > 0) counts[kind] = count;
  }
  return {
    count: actions.length,
    classes: counts,
    services: services(actions, all),
    named: named(actions, all, classes),
  };
}

function services(actions: readonly number[], { name, service }: Data['actions']): Move['services'] {
  const found = new Map<string, { service: string; count: number; ranks: number[] }>();
  for (const action of actions) {
    const { prefix } = service(action);
    const own = found.get(prefix) ?? { service: prefix, count: 0, ranks: [0, 0, 0, 0, 0, 0] };
    found.set(own.service, own);
    own.count++;
    const rank = rankOf(name(action));
    if (rank !== undefined) own.ranks[rank - 1]!++;
  }
  return [...found.values()]
    .sort((a, b) => {
      const rank = a.ranks.findIndex((count, index) => count > 0 || (b.ranks[index] ?? 0) > 0);
      return (b.ranks[rank] ?? 0) - (a.ranks[rank] ?? 0) || b.count - a.count || compareTexts(a.service, b.service);
    })
    .map(({ service, count }) => ({ service, count }));
}

/** All of up to three; else two of a rank and four in all, and of fewer than ten whatever writes. */
function named(actions: readonly number[], { name }: Data['actions'], classes: Data['classes']): string[] {
  if (actions.length <= 3) return actions.map(name);
  const names = new Set(actions.map(name));
  const notable = notableActions.flatMap((rank) => rank.filter((action) => names.has(action)).slice(0, 2)).slice(0, 4);
  if (actions.length >= 10) return notable;
  const writing = actions
    .filter((action) => classes[action] === 'manageAccess' || classes[action] === 'write')
    .map(name);
  return [...new Set([...notable, ...writing])];
}

/** What one side excepts from everything, where the other side doesn't have everything. */
function openEnded(has: Held, had: Held): string[] | undefined {
  const allBut = everythingBut(has);
  return everythingBut(had) === undefined ? allBut : undefined;
}

import type { Ends } from './ends.ts';
import type { Address } from '../core/address.ts';
import { selectEntitlements } from './entitlements.ts';
import { findChangedHands } from './changed-hands.ts';
import { accessImpact, powerOn } from './impact.ts';
import { selectHoldings, selectImpact } from './select.ts';
import {
  ANSWER_FORMAT_VERSION,
  type AccessAnswer,
  type AccessComparison,
  type AccessQuestion,
  type AccessWay,
} from '../core/access-answer.ts';
import type { HeldPath } from './holdings.ts';
import { blocksOf, peopleIn } from '../core/reach.ts';
import { accountIdsIn, type Step } from '../core/plan.ts';
import { State } from '../core/state.ts';
import { diffStates } from '../reconcile/diff.ts';
import type { LiveState, LiveThing } from '../reconcile/state.ts';
import { judgedFacts, type Judging } from './judged-facts.ts';
import type { AwsKind } from '../kinds/define.ts';
import { kinds } from '../kinds/index.ts';
import { originOf } from './origin.ts';
import type { AccessSide } from './side.ts';

type JudgesPolicies = Judging['policies'];

/** Who holds what, and by which lines of the file. Pure. */
export function answerAccess(side: AccessSide, question: AccessQuestion, policies: JudgesPolicies): AccessAnswer {
  const facts = judgedFacts(side.state, [], { ...side.judging, policies });
  const found = selectHoldings(facts, question);
  const accountAccess = selectEntitlements(side, question);
  const entitled = accountAccess && 'entitlements' in accountAccess ? accountAccess.entitlements : [];
  return {
    formatVersion: ANSWER_FORMAT_VERSION,
    question,
    source: side.source,
    accounts: namesOf(side, [...(question.accounts ?? []), ...[...found, ...entitled].map(({ account }) => account)]),
    ...(accountAccess && { accountAccess }),
    holdings: found.map((holding) => ({
      user: holding.user,
      isDisabled: facts.disabledUsers.has(holding.user),
      account: holding.account,
      permissionSet: holding.permissionSet,
      power: powerOn(facts, 'before', holding.contents, facts.placeOf(holding.account)),
      ways: holding.paths.map((path) => wayOf(side, path)),
    })),
  };
}

function wayOf(side: AccessSide, { via, elements: [assignment = '', membership] }: HeldPath): AccessWay {
  return {
    ...(via !== undefined && { via }),
    assignment: originOf(side, assignment),
    ...(membership !== undefined && { membership: originOf(side, membership) }),
  };
}

export interface Compared {
  comparison: AccessComparison;
  /** What leads from one side to the other. */
  steps: Step[];
}

/** Who holds what on one side and not on the other. Pure. */
export function compareAccess(
  before: AccessSide,
  after: AccessSide,
  question: AccessQuestion,
  policies: JudgesPolicies,
): Compared {
  const compared = compareStates(before, after.state, question, after, policies);
  return { ...compared, comparison: { ...compared.comparison, comparedWith: after.source } };
}

/** What would go with some groups: what they give, and nothing else gives to the same person. Pure. */
export function withoutGroups(
  side: AccessSide,
  groups: readonly string[],
  question: AccessQuestion,
  policies: JudgesPolicies,
): Compared {
  const subjects = new Map<string, AwsKind['subjects']>(kinds.map((kind) => [kind.name, kind.subjects]));
  const isLeft = ({ kind, spec }: LiveThing): boolean => !groups.includes(subjects.get(kind)?.(spec)['group'] ?? '');
  const rest = new State([...side.state.values()].filter(isLeft));
  const compared = compareStates(side, rest, question, side, policies);
  return { ...compared, comparison: { ...compared.comparison, withoutGroups: [...groups] } };
}

function compareStates(
  before: AccessSide,
  after: LiveState,
  question: AccessQuestion,
  naming: AccessSide,
  policies: JudgesPolicies,
): Compared {
  const { names } = naming.accounts;
  const { steps } = diffStates(kinds, after, before.state, {
    names,
    manages: () => true,
    removeOrphans: true,
  });
  const facts = judgedFacts(before.state, steps, { ...naming.judging, policies });
  const impact = {
    ...accessImpact(facts, undefined, { ends: endsOf(naming.file, after) }),
    // What only applications need is not read.
    changedHands: findChangedHands(facts, steps, () => new Map()),
  };
  const access = selectImpact(facts, impact, question);
  const changed = peopleIn(blocksOf(access.people, [...access.gained, ...access.lost]));
  return {
    steps,
    comparison: {
      formatVersion: ANSWER_FORMAT_VERSION,
      question,
      source: before.source,
      accounts: namesOf(naming, [
        ...(question.accounts ?? []),
        ...accountIdsIn({ access, risks: [], steps: [], notes: [], adopted: [] }),
      ]),
      disabledUsers: [...facts.disabledUsers].filter((user) => changed.has(user)).sort(),
      ...access,
    },
  };
}

/** When what a person holds ends by the file. */
function endsOf(file: AccessSide['file'], held: LiveState): Ends {
  const ends = new Map<Address, string>();
  for (const thing of file?.desired.values() ?? []) {
    if (thing.until !== undefined && held.like(thing)) ends.set(thing.address, thing.until);
  }
  return ends;
}

const namesOf = ({ accounts }: AccessSide, ids: Iterable<string>): Record<string, string> =>
  Object.fromEntries([...new Set(ids)].sort().map((id) => [id, accounts.names.account(id)]));

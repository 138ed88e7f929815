import type { JudgedFacts } from '../core/access.ts';
import type { Ends } from './ends.ts';
import type { Address } from '../core/address.ts';
import { findChangedHands } from './changed-hands.ts';
import { accessImpact } from './impact.ts';
import { selectImpact, type AllowsOn } from './select.ts';
import type { Side } from './holdings.ts';
import { ANSWER_FORMAT_VERSION, type AccessComparison, type AccessQuestion } from '../core/access-answer.ts';
import { thingsOf } from '../core/of-kind.ts';
import { blocksOf, peopleIn } from '../core/reach.ts';
import { accountIdsIn, type Step } from '../core/plan.ts';
import { State } from '../core/state.ts';
import { diffStates } from '../reconcile/diff.ts';
import type { LiveState, LiveThing } from '../reconcile/state.ts';
import { judgedFacts, type Judging } from './judged-facts.ts';
import type { AwsKind } from '../kinds/define.ts';
import { kinds } from '../kinds/index.ts';
import { contentOf } from '../kinds/permission-set/content.ts';
import { permissionSet } from '../kinds/permission-set/kind.ts';
import type { Policies } from '../policies/load.ts';
import type { AccessSide } from './side.ts';

export type JudgesPolicies = Judging['policies'] & Pick<Policies, 'allows'>;

export interface Compared {
  comparison: AccessComparison;
  /** What leads from one side to the other. */
  steps: Step[];
  /** Of both sides. */
  facts: JudgedFacts;
  /** Of the actions that are asked about. */
  allowsOn: AllowsOn;
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
  const allowsOn = allowedOn({ before: before.state, after }, question, policies);
  const access = selectImpact(facts, impact, question, allowsOn);
  const changed = peopleIn(blocksOf(access.people, [...access.gained, ...access.lost]));
  return {
    steps,
    facts,
    allowsOn,
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

/** Which permission sets allow one of the actions that are asked about. */
function allowedOn(states: Record<Side, LiveState>, { actions }: AccessQuestion, policies: JudgesPolicies): AllowsOn {
  if (!actions) return () => true;
  const allowing = (state: LiveState): Set<string> =>
    new Set(
      thingsOf(permissionSet, state).flatMap(({ spec }) =>
        policies.allows(contentOf(spec), actions) === undefined ? [] : spec.name,
      ),
    );
  const sets = { before: allowing(states.before), after: allowing(states.after) };
  return (side, name) => sets[side].has(name);
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

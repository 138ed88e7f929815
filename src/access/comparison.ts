import { allPlaces, type AccessChange, type HeldImpact, type JudgedFacts } from '../core/access.ts';
import type { Ends } from './ends.ts';
import type { Address } from '../core/address.ts';
import { allowedSets } from './allowed-sets.ts';
import { administersNone } from './administrators.ts';
import { findChangedHands } from './changed-hands.ts';
import { accessImpact } from './impact.ts';
import { selectImpact, type AllowsOn } from './select.ts';
import { holders, type Side } from './holdings.ts';
import { surest } from './grants.ts';
import { nameOn } from './names-on.ts';
import { powerCause } from './power-cause.ts';
import {
  ANSWER_FORMAT_VERSION,
  type AccessComparison,
  type AccessQuestion,
  type ChangedPower,
  type ChangedRaise,
} from '../core/access-answer.ts';
import { subjectKey } from '../core/address.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { groupBy } from '../core/group-by.ts';
import { stepsOf } from '../core/of-kind.ts';
import { blocksOf, peopleIn, type Reach } from '../core/reach.ts';
import { accountIdsIn, type Step } from '../core/plan.ts';
import { State } from '../core/state.ts';
import { diffStates } from '../reconcile/diff.ts';
import type { LiveState, LiveThing } from '../reconcile/state.ts';
import { judgedFacts, type Judging } from './judged-facts.ts';
import type { AwsKind } from '../kinds/define.ts';
import { kinds } from '../kinds/index.ts';
import { user } from '../kinds/user/kind.ts';
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
  const allowsOn = allowedOn({ before: before.state, after }, question, policies, facts);
  const access = selectImpact(facts, impact, question, allowsOn);
  const peopleOf = (reach: readonly Reach[]): Set<string> => peopleIn(blocksOf(access.people, reach));
  const changed = peopleOf([...access.gained, ...access.lost]);
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
      firstAdministrators: administersNone(facts, 'before', peopleOf(access.newAdministrators)),
      lastAdministrators: administersNone(facts, 'after', peopleOf(access.lostAdministrators)),
      leftWithoutAccess: leftWithoutAccess(facts, steps, question),
      causes: [...causesOf(facts, 'gained', access.gained), ...causesOf(facts, 'lost', access.lost)].sort((a, b) =>
        compareTexts(a.permissionSet, b.permissionSet),
      ),
      raises: changedRaises(facts, access),
      ...access,
    },
  };
}

/** Of the people who are gone, those who held nothing. */
function leftWithoutAccess(facts: JudgedFacts, steps: readonly Step[], { users }: AccessQuestion): string[] {
  const gone = stepsOf(user, steps).flatMap((step) =>
    step.action === 'delete' && step.replacedBy === undefined ? subjectKey(user.name, step.before.userName) : [],
  );
  if (gone.length === 0) return [];
  const holding = holders(facts, 'before');
  return gone.filter((name) => !holding.has(name) && users?.includes(name) !== false).sort(compareTexts);
}

/** Of what is gained or lost, the permission sets whose power has a cause that their change does not tell. */
function causesOf(facts: JudgedFacts, side: ChangedPower['side'], changes: readonly AccessChange[]): ChangedPower[] {
  const isTold = ({ power }: AccessChange): boolean => power === 'administrator';
  const bySet = groupBy(
    changes.filter((change) => !isTold(change)),
    ({ permissionSet: name }) => name,
  );
  return [...bySet].flatMap(([name, some]) => {
    const accounts = some.flatMap((change) => change.accounts);
    const on = side === 'gained' ? 'after' : 'before';
    const cause = powerCause(facts, on, nameOn(facts, on, name), accounts);
    return Object.keys(cause).length === 0 ? [] : [{ permissionSet: name, side, ...cause }];
  });
}

/** By which edited permission sets people newly can raise their own rights where they hold them, or no longer can. */
function changedRaises(facts: JudgedFacts, { people, edited }: HeldImpact): ChangedRaise[] {
  return edited
    .flatMap(({ permissionSet: name, holders: held }): ChangedRaise[] => {
      const places = new Set(blocksOf(people, held).flatMap(({ accounts }) => accounts.map(facts.placeOf)));
      const by = (side: Side, set: string): string[] => [
        ...new Set(
          [...places].flatMap((place) =>
            facts.powerOf(side, set, place) === 'raise' ? facts.certainPowersOf(side, set, place) : [],
          ),
        ),
      ];
      const old = nameOn(facts, 'before', name);
      const [before, after] = [by('before', old), by('after', name)];
      const administersOn = (side: Side, set: string): boolean => facts.administering(side, set).known === 'yes';
      if (before.length === 0 && after.length > 0 && !administersOn('before', old))
        return [{ permissionSet: name, side: 'gained', by: after }];
      if (after.length === 0 && before.length > 0 && !administersOn('after', name))
        return [{ permissionSet: name, side: 'lost', by: before }];
      return [];
    })
    .sort((a, b) => compareTexts(a.permissionSet, b.permissionSet));
}

/** Which permission sets allow one of the actions that are asked about, or let their holders raise their rights to them. */
function allowedOn(
  states: Record<Side, LiveState>,
  question: AccessQuestion,
  policies: JudgesPolicies,
  { reachByRaising, placeOf }: JudgedFacts,
): AllowsOn {
  if (!question.actions) return () => true;
  const sets = {
    before: allowedSets(states.before, question, policies),
    after: allowedSets(states.after, question, policies),
  };
  return (side, name, accounts) => {
    const places = new Set(accounts?.map(placeOf) ?? allPlaces);
    const byRaising = [...places].map((place) => reachByRaising(side, name, place));
    return surest([sets[side].get(name), ...byRaising]) !== undefined;
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

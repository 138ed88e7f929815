import { moveKinds, type Move } from '../core/policy-difference.ts';
import { hasBit } from './bits.ts';
import { effectsOf } from './effects.ts';
import { type Held, knownVerdicts, mostHeld } from './held.ts';
import { concernedBy, type Differing } from './limits.ts';
import type { Policy } from './policy.ts';
import type { Data, Statement } from './statement.ts';
import { allowed, verdict, type Verdict, type Verdicts } from './verdicts.ts';

type Kind = Move['kind'];

/** The actions that move between two sets, by how they move. */
export function movesBetween(
  before: Held,
  after: Held,
  differing: readonly Differing[],
  data: Data,
): Record<Kind, number[]> {
  const [was, is] = [sidesOf(before, data), sidesOf(after, data)];
  const limited = new Set(differing.flatMap(({ actions }) => [...actions]));
  const denialChanged = new Set(differing.filter(({ limit }) => !limit.allow).flatMap(({ actions }) => [...actions]));
  const moved = Object.fromEntries(moveKinds.map((kind) => [kind, [] as number[]])) as Record<Kind, number[]>;

  for (let action = 0; action < data.actions.count; action++) {
    const kind =
      between(was.known, is.known, action, limited.has(action)) ??
      between(was.strict, is.strict, action, limited.has(action)) ??
      (allowed(was.known, action) === verdict.no ? denialOf(action) : undefined);
    if (kind) moved[kind].push(action);
  }
  return moved;

  function between(one: Verdicts, other: Verdicts, action: number, limitsDiffer: boolean): Kind | undefined {
    return kindOf(allowed(one, action), allowed(other, action), limitsDiffer, denialChanged.has(action));
  }

  /** Of what no known policy allows: what a denial that came or went does to what another policy gives. */
  function denialOf(action: number): Kind | undefined {
    if (was.most && is.most) return asDenial[between(was.most, is.most, action, false) ?? 'none'];
    return hasBit(was.known.denied, action) && !hasBit(is.known.denied, action) ? 'undenied' : undefined;
  }
}

const asDenial: Record<Kind | 'none', Kind | undefined> = {
  gains: 'undenied',
  losesLimits: 'undenied',
  otherLimits: 'otherLimits',
  getsLimits: 'denied',
  loses: 'denied',
  undenied: undefined,
  denied: undefined,
  none: undefined,
};

interface Sides {
  known: Verdicts;
  /** The same where what NotResource excepts is a limit, and no more. */
  strict: Verdicts;
  /** The most that policies of unknown content can give; undefined where there are none. */
  most: Verdicts | undefined;
}

function sidesOf(held: Held, data: Data): Sides {
  const known = knownVerdicts(held, data);
  const strictly = (policy: Policy): Policy => strict(policy, data);
  const isStrict = [...held.policies, held.boundary].every(
    (policy) => policy?.statements.every(({ where }) => !hasExceptions(where)) !== false,
  );
  return {
    known,
    strict: isStrict
      ? known
      : knownVerdicts(
          { ...held, policies: held.policies.map(strictly), boundary: held.boundary && strictly(held.boundary) },
          data,
        ),
    most: held.unknownPolicies.length > 0 ? knownVerdicts(mostHeld(held, data), data) : undefined,
  };
}

const hasExceptions = (where: Statement['where']): where is { except: readonly string[] } =>
  where !== 'everywhere' && 'except' in where;

/** As if NotResource took in whole types of resource only for actions that its exceptions have nothing to do with. */
function strict(policy: Policy, data: Data): Policy {
  const statements = policy.statements.map((statement) => {
    const { where, wholeTypes } = statement;
    if (!hasExceptions(where)) return statement;
    const isConcerned = concernedBy(where.except, data.resourceTypes);
    return { ...statement, wholeTypes: new Map([...wholeTypes].filter(([action]) => !isConcerned(action))) };
  });
  return { ...policy, statements, effects: effectsOf(statements, data) };
}

function kindOf(was: Verdict, is: Verdict, limitsDiffer: boolean, denialsDiffer: boolean): Kind | undefined {
  if (was === verdict.no) return is === verdict.no ? undefined : 'gains';
  if (is === verdict.no) return 'loses';
  if (was !== verdict.everywhere && is === verdict.everywhere) return 'losesLimits';
  if (was === verdict.everywhere && is !== verdict.everywhere) return 'getsLimits';
  // What is allowed everywhere is limited by denials at some resources alone.
  return (is === verdict.everywhere ? denialsDiffer : limitsDiffer || was !== is) ? 'otherLimits' : undefined;
}

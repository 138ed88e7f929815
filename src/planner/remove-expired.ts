import type { Hold } from '../access/ways.ts';
import type { JudgedFacts } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import type { Step, Violation } from '../core/plan.ts';
import { onlyAlone } from '../reconcile/only-alone.ts';
import type { LiveState } from '../reconcile/state.ts';
import { applicationAssignment } from '../kinds/application-assignment/kind.ts';
import { assignment } from '../kinds/account-assignment/kind.ts';
import { applicationImpacts } from './application-impacts.ts';
import { guardedRemovals } from './guards/guarded-removals.ts';
import { heldBack, type FrozenEntry } from './names/frozen-entries.ts';

/** The steps that a plan makes, in order, and why it doesn't make the others that have expired. */
export interface ChosenSteps {
  chosen: readonly Step[];
  /** Those that a frozen entry may ask for in another way. */
  held: ReadonlyMap<Address, FrozenEntry>;
  /** Those that a guard forbids. */
  guarded: ReadonlyMap<Address, Violation>;
}

export interface ExpiredInput {
  /** All steps of the plan that would do everything, each after what it waits for. */
  ordered: readonly Step[];
  live: LiveState;
  facts: JudgedFacts;
  /** What those steps touch of access to accounts. */
  touched: readonly Hold[];
  frozen: readonly FrozenEntry[];
  isBlocked(step: Step): boolean;
  hasExpired(step: Step): boolean;
  /** What the guards say to these removals alone. */
  judge(removals: Step[]): readonly Violation[];
}

/** What a plan that does everything chooses. */
export const everyStep = (ordered: readonly Step[]): ChosenSteps => ({
  chosen: ordered,
  held: new Map(),
  guarded: new Map(),
});

/** The removals of what has expired that can be made without any other step, and that no guard forbids. */
export function removeExpired(input: ExpiredInput): ChosenSteps {
  const { ordered, live, facts, touched, frozen, isBlocked, hasExpired, judge } = input;
  const applications = frozen.length === 0 ? [] : applicationImpacts(live, ordered, facts);
  const held = heldBack({ [assignment.name]: touched, [applicationAssignment.name]: applications }, facts, frozen);
  const free = onlyAlone(ordered, (step) => hasExpired(step) && !held.has(step.id));
  const guarded = guardedRemovals(
    free.filter((step) => !isBlocked(step)),
    judge,
  );
  return { chosen: onlyAlone(free, ({ id }) => !guarded.has(id)), held, guarded };
}

import type { Plan, Step } from './plan.ts';
import { stableJson } from './stable-json.ts';

/** How a plan differs from the one that was reviewed, in what the digest covers. */
export interface PlanDifference {
  /** Would be done now, and was not reviewed. */
  added: Step[];
  /** Was reviewed, and there is no need of it any more. */
  gone: Step[];
  /** The same thing, but something else is done to it. */
  changed: { was: Step; is: Step }[];
}

/** Undefined where both plans do the same to the same instance. */
export function comparePlans(reviewed: Plan, now: Plan): PlanDifference | undefined {
  if (reviewed.digest === now.digest) return undefined;
  const before = new Map(reviewed.steps.map((step) => [step.id, step]));
  const after = new Map(now.steps.map((step) => [step.id, step]));
  return {
    added: now.steps.filter(({ id }) => !before.has(id)),
    gone: reviewed.steps.filter(({ id }) => !after.has(id)),
    changed: now.steps.flatMap((is) => {
      const was = before.get(is.id);
      return was !== undefined && contentOf(was) !== contentOf(is) ? [{ was, is }] : [];
    }),
  };
}

/** What the digest is made of. */
const contentOf = ({ action, normalised }: Step): string => stableJson({ action, ...normalised });

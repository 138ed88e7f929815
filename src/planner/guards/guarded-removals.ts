import type { Address } from '../../core/address.ts';
import type { Expiry } from '../../core/expiry.ts';
import type { Step, Violation, Warning } from '../../core/plan.ts';
import type { Places } from '../../config/load.ts';

/**
 * The removals that guards forbid, each with the reason: in order, one that they refuse together with those before it that
 * are made. So of several that may not all be made, the last one is not.
 * @param judge what the guards say to these removals alone. More removals are never better for them.
 */
export function guardedRemovals(
  removals: readonly Step[],
  judge: (removals: Step[]) => readonly Violation[],
): Map<Address, Violation> {
  const guarded = new Map<Address, Violation>();
  let [made, rest]: [readonly Step[], readonly Step[]] = [[], removals];
  while (judge([...made, ...rest]).length > 0) {
    // The fewest of the rest that the guards refuse: the last of them is one too many.
    let [fine, refused] = [0, rest.length];
    while (refused - fine > 1) {
      const middle = Math.floor((fine + refused) / 2);
      if (judge([...made, ...rest.slice(0, middle)]).length > 0) refused = middle;
      else fine = middle;
    }
    const [step] = rest.slice(fine);
    const [violation] = judge([...made, ...rest.slice(0, refused)]);
    if (step && violation) guarded.set(step.id, violation);
    made = [...made, ...rest.slice(0, fine)];
    rest = rest.slice(refused);
  }
  return guarded;
}

/** Each removal that is not made, at the line that says when it expired. */
export function guardedWarnings(
  steps: readonly Step[],
  guarded: ReadonlyMap<Address, Violation>,
  expiriesOf: (step: Step) => readonly Expiry[],
  places: Places,
): Warning[] {
  return steps.flatMap((step) => {
    const violation = guarded.get(step.id);
    if (!violation) return [];
    const place = expiriesOf(step).flatMap(({ at }) => places.of(at) ?? [])[0];
    const message = `${step.label} has expired but is not removed (${violation.code}). ${violation.message} ${violation.allow}`;
    return [{ code: 'expired-but-guarded', message, ...(place && { place }) }];
  });
}

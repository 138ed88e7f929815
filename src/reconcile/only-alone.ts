import type { Address } from '../core/address.ts';
import type { Step } from '../core/plan.ts';

/**
 * The wanted steps that can be taken without any of the others: a removal that waits for another way to the same access is
 * left with it, since alone it would take away what is to be kept.
 * @param steps in order: what a step waits for comes before it.
 */
export function onlyAlone(steps: readonly Step[], isWanted: (step: Step) => boolean): Step[] {
  const left = new Set<Address>();
  return steps.filter((step) => {
    const { id, dependsOn } = step;
    const isAlone = isWanted(step) && !dependsOn.some((other) => left.has(other));
    if (!isAlone) left.add(id);
    return isAlone;
  });
}

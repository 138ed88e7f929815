import { addressOf, type Address } from '../../core/address.ts';
import type { Expiry } from '../../core/expiry.ts';
import { isStepOf } from '../../core/of-kind.ts';
import type { Step } from '../../core/plan.ts';
import { assignment } from './kind.ts';

/**
 * The entries that asked for what a step removes until they expired. Where a permission set is made anew under another name,
 * they know the new one, and what they gave is still an assignment of the old.
 * @param renewedSets old names to new
 */
export function expiredEntries(
  expired: ReadonlyMap<Address, Expiry[]>,
  renewedSets: ReadonlyMap<string, string>,
): (step: Step) => readonly Expiry[] {
  return (step) => {
    const known = expired.get(step.id);
    if (known || !isStepOf(assignment, step) || step.action !== 'delete') return known ?? [];
    const permissionSet = renewedSets.get(step.before.permissionSet);
    if (permissionSet === undefined) return [];
    return expired.get(addressOf(assignment.name, assignment.key({ ...step.before, permissionSet }))) ?? [];
  };
}

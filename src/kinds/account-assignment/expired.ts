import { addressOf, type Address } from '../../core/address.ts';
import type { Expiry } from '../../core/expiry.ts';
import type { Step } from '../../core/plan.ts';
import { assignment, type AssignmentSpec } from './kind.ts';

/**
 * The entries that asked for what a step removes until they expired. Where a permission set is made anew under another name,
 * they know the new one, and what they gave is still an assignment of the old.
 * @param renewedSets old names to new
 */
export function expiredEntries(
  expired: ReadonlyMap<Address, Expiry[]>,
  renewedSets: ReadonlyMap<string, string>,
): (step: Step) => readonly Expiry[] {
  return ({ id, kind, action, before }) => {
    const known = expired.get(id);
    if (known || kind !== assignment.name || action !== 'delete') return known ?? [];
    const spec = before as AssignmentSpec;
    const permissionSet = renewedSets.get(spec.permissionSet);
    if (permissionSet === undefined) return [];
    return expired.get(addressOf(assignment.name, assignment.key({ ...spec, permissionSet }))) ?? [];
  };
}

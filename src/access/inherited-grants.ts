import type { AccessFacts, InheritedGrant } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import type { Note } from '../core/findings.ts';
import { existsOn, type Side } from './holdings.ts';

/**
 * What the memberships that come or go mean: all that the group gives, after the plan where they are made and before it
 * where they end. One note a group and side.
 * @param applicationsOf the applications of a group on one side, by name
 */
export function inheritedNotes(
  { elements }: AccessFacts,
  applicationsOf: (group: string, side: Side) => string[],
): Note[] {
  const groups = { after: new Map<string, Address[]>(), before: new Map<string, Address[]>() };
  for (const { grant, status, group = '', address } of elements) {
    if (grant || status === 'kept') continue;
    const ofSide = groups[status === 'created' ? 'after' : 'before'];
    ofSide.set(group, [...(ofSide.get(group) ?? []), address]);
  }
  return (['after', 'before'] as const).flatMap((side) => {
    const sets = new Map<string, Map<string, Set<string>>>();
    for (const element of elements) {
      const { grant, group = '' } = element;
      if (!grant || !groups[side].has(group) || !existsOn(side, element)) continue;
      const ofGroup = sets.get(group) ?? new Map<string, Set<string>>();
      sets.set(group, ofGroup);
      ofGroup.set(grant.permissionSet, (ofGroup.get(grant.permissionSet) ?? new Set()).add(grant.account));
    }
    const sorted = [...groups[side]].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([group, steps]): Note => {
      const grants = [...(sets.get(group) ?? [])]
        .map(([permissionSet, ids]): InheritedGrant => ({ permissionSet, accounts: [...ids].sort() }))
        .sort((a, b) => (a.permissionSet < b.permissionSet ? -1 : 1));
      return { code: 'carries', group, steps: steps.sort(), grants, applications: applicationsOf(group, side) };
    });
  });
}

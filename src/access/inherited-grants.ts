import type { AccessFacts, InheritedGrant } from '../core/access.ts';
import type { Address } from '../core/address.ts';
import { existsOn, type Side } from './holdings.ts';

/**
 * What each membership that comes or goes carries: all that its group gives, after the plan where the membership is made
 * and before it where it ends. Memberships of one group share one list.
 */
export function inheritedGrants({ elements }: AccessFacts): Map<Address, InheritedGrant[]> {
  const changed = elements.filter(({ grant, status }) => !grant && status !== 'kept');
  const given = { before: new Map<string, InheritedGrant[]>(), after: new Map<string, InheritedGrant[]>() };
  const sideOf = ({ status }: (typeof changed)[number]): Side => (status === 'created' ? 'after' : 'before');
  for (const element of changed) given[sideOf(element)].set(element.group ?? '', []);
  for (const side of ['before', 'after'] as const) {
    const accounts = new Map<string, Map<string, Set<string>>>();
    for (const element of elements) {
      const { grant, group = '' } = element;
      if (!grant || !given[side].has(group) || !existsOn(side, element)) continue;
      const ofGroup = accounts.get(group) ?? new Map<string, Set<string>>();
      accounts.set(group, ofGroup);
      ofGroup.set(grant.permissionSet, (ofGroup.get(grant.permissionSet) ?? new Set()).add(grant.account));
    }
    for (const [group, sets] of accounts) {
      const grants = [...sets].map(([permissionSet, ids]) => ({ permissionSet, accounts: [...ids].sort() }));
      given[side].set(
        group,
        grants.sort((a, b) => (a.permissionSet < b.permissionSet ? -1 : 1)),
      );
    }
  }
  return new Map(changed.map((element) => [element.address, given[sideOf(element)].get(element.group ?? '') ?? []]));
}

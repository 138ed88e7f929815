import { groupGrants, type Product } from './group-grants.ts';
import { principalSections, type Principal } from './principal.ts';

export interface PrincipalGrant extends Principal {
  permissionSet: string;
  account: string;
}

/** An entry that names groups, users or both. */
export interface PrincipalEntry extends Omit<Product, 'principals'> {
  groups?: string[];
  users?: string[];
}

/**
 * The entries that say these grants, each in one of them. Groups and people are put together on their own, so that what
 * somebody has besides tears nothing apart that a group has; what coincides then is one entry. Pure.
 */
export function principalEntries(grants: readonly PrincipalGrant[]): PrincipalEntry[] {
  const entries = new Map<string, PrincipalEntry>();
  for (const [section, type] of principalSections.toReversed()) {
    const products = groupGrants(grants.filter(({ principalType }) => principalType === type));
    for (const { principals, ...what } of products) {
      const key = JSON.stringify(what);
      entries.set(key, { ...entries.get(key), [section]: principals, ...what });
    }
  }
  // The principals first.
  return [...entries.values()].map(({ groups, users, ...what }) => ({
    ...(groups && { groups }),
    ...(users && { users }),
    ...what,
  }));
}

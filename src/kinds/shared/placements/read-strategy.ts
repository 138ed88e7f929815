import type { ReadStrategy } from '../../../aws/connect.ts';

/** How many there are of each; undefined where that way is not open. */
export interface Counts {
  permissionSets: number;
  accounts: number | undefined;
  /** Users and groups. */
  principals: number | undefined;
  /** Pairs of an account and a permission set that is assigned in it. */
  pairs: number;
}

/**
 * The way that takes the fewest calls. By permission set or by account, one call each tells where there are roles, and
 * one more for each pair who is assigned; by principal, one call for each user and group tells all.
 */
export function cheapestStrategy({
  permissionSets,
  accounts = Infinity,
  principals = Infinity,
  pairs,
}: Counts): ReadStrategy {
  if (principals < Math.min(permissionSets, accounts) + pairs) return 'principal';
  return accounts < permissionSets ? 'account' : 'permission-set';
}

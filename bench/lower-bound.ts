import type { Dimensions } from './dimensions.ts';

/** The least a no-change plan can take, when every managed part is read with pages of the most that AWS allows. */
export interface LowerBound {
  calls: number;
  /** The same where assignments whose principal is gone must be seen, which nobody sees by principal. */
  callsWithOrphans: number;
  /** Of `calls`, those that share sso-admin's rate. */
  ssoAdminCalls: number;
}

const pages = (count: number, size: number): number => Math.max(1, Math.ceil(count / size));

/**
 * Once each: ListInstances, DescribeOrganization, the lists of accounts, users, groups and permission sets; one call a
 * group for its members, six a permission set for its parts; then which roles are stale, by permission set or by account;
 * then assignments in the cheapest of the ways that AWS offers.
 */
export function lowerBound({ accounts, users, groups, permissionSets, pairs }: Dimensions): LowerBound {
  const organizations = 1 + pages(accounts, 20);
  const identityStore = pages(users, 100) + pages(groups, 100) + groups;
  const sets = 1 + pages(permissionSets, 100) + 6 * permissionSets + Math.min(permissionSets, accounts);
  const seeing = Math.min(permissionSets, accounts) + pairs;
  const cheapest = Math.min(seeing, groups + users);
  return {
    calls: organizations + identityStore + sets + cheapest,
    callsWithOrphans: organizations + identityStore + sets + seeing,
    ssoAdminCalls: sets + cheapest,
  };
}

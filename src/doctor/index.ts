import type { Check } from './check.ts';
import { accountAccess } from './checks/account-access.ts';
import { content } from './checks/content.ts';
import { customerManagedPolicies } from './checks/customer-managed-policies.ts';
import { delegatedAdministrator } from './checks/delegated-administrator.ts';
import { directory } from './checks/directory.ts';
import { endings } from './checks/endings.ts';
import { failedRequests } from './checks/failed-requests.ts';
import { file } from './checks/file.ts';
import { homeRegion } from './checks/home-region.ts';
import { inactiveAccounts } from './checks/inactive-accounts.ts';
import { instance } from './checks/instance.ts';
import { networkRules } from './checks/network-rules.ts';
import { offlineProfiles } from './checks/offline-profiles.ts';
import { orphanedAssignments } from './checks/orphaned-assignments.ts';
import { pinnedInstance } from './checks/pinned-instance.ts';
import { profileNames } from './checks/profile-names.ts';
import { quotas } from './checks/quotas.ts';
import { readRights } from './checks/read-rights.ts';
import { staleRoles } from './checks/stale-roles.ts';
import { unassignedRoles } from './checks/unassigned-roles.ts';
import { usersWithoutEmail } from './checks/users-without-email.ts';
import { writeRights } from './checks/write-rights.ts';

/** Every check, in the order in which one builds on another. */
export const checks: readonly Check[] = [
  instance,
  homeRegion,
  file,
  content,
  pinnedInstance,
  directory,
  delegatedAdministrator,
  readRights,
  networkRules,
  writeRights,
  inactiveAccounts,
  orphanedAssignments,
  unassignedRoles,
  accountAccess,
  staleRoles,
  failedRequests,
  customerManagedPolicies,
  quotas,
  usersWithoutEmail,
  profileNames,
  offlineProfiles,
  endings,
];

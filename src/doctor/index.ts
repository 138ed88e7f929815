import type { Check } from './check.ts';
import { customerManagedPolicies } from './customer-managed-policies.ts';
import { delegatedAdministrator } from './delegated-administrator.ts';
import { directory } from './directory.ts';
import { endings } from './endings.ts';
import { failedRequests } from './failed-requests.ts';
import { file } from './file.ts';
import { homeRegion } from './home-region.ts';
import { inactiveAccounts } from './inactive-accounts.ts';
import { instance } from './instance.ts';
import { offlineProfiles } from './offline-profiles.ts';
import { orphanedAssignments } from './orphaned-assignments.ts';
import { pinnedInstance } from './pinned-instance.ts';
import { profileNames } from './profile-names.ts';
import { quotas } from './quotas.ts';
import { readRights } from './read-rights.ts';
import { staleRoles } from './stale-roles.ts';
import { unassignedRoles } from './unassigned-roles.ts';
import { usersWithoutEmail } from './users-without-email.ts';
import { writeRights } from './write-rights.ts';

/** Every check, in the order in which one builds on another. */
export const checks: readonly Check[] = [
  instance,
  homeRegion,
  file,
  pinnedInstance,
  directory,
  delegatedAdministrator,
  readRights,
  writeRights,
  inactiveAccounts,
  orphanedAssignments,
  unassignedRoles,
  staleRoles,
  failedRequests,
  customerManagedPolicies,
  quotas,
  usersWithoutEmail,
  profileNames,
  offlineProfiles,
  endings,
];

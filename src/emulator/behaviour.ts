import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from './faults/options.ts';
import type { Load } from './load/options.ts';

/** Limits of the service, from the user guide's page on quotas. Those that AWS raises on request can be lowered here. */
export interface Quotas {
  permissionSets: number;
  provisionedPermissionSetsPerAccount: number;
  /** AWS managed and customer managed together. */
  managedPoliciesPerPermissionSet: number;
  /** IAM's own limit in the target account: beyond it provisioning fails, not the attachment. */
  managedPoliciesPerRole: number;
  /** Characters of an inline policy that are not white space. */
  inlinePolicyCharacters: number;
  users: number;
  groups: number;
  groupsPerPermissionSetAndAccount: number;
  applications: number;
  groupsPerApplication: number;
  tagsPerResource: number;
  outstandingAssignments: number;
  concurrentProvisionings: number;
  /** Accounts of the organization; an Organizations quota. */
  accounts: number;
}

export const defaultQuotas: Quotas = {
  permissionSets: 3500,
  provisionedPermissionSetsPerAccount: 500,
  managedPoliciesPerPermissionSet: 25,
  managedPoliciesPerRole: 10,
  inlinePolicyCharacters: 10_240,
  users: 200_000,
  groups: 100_000,
  groupsPerPermissionSetAndAccount: 100,
  applications: 7000,
  groupsPerApplication: 100,
  tagsPerResource: 75,
  outstandingAssignments: 15,
  concurrentProvisionings: 3,
  accounts: 7000,
};

/**
 * How the emulator behaves where AWS's documentation leaves it open, so that a client can be tested both ways. The
 * defaults follow the documentation where there is any, else the reading that is harder on the client.
 */
export interface Behaviour {
  /** The clock, in milliseconds since 1970. Asynchronous requests end by it. */
  now: () => number;
  /** Waits so many milliseconds before an answer. */
  sleep: (ms: number) => Promise<void>;
  /** How long an assignment, its removal, a provisioning or an account takes once it has its turn. */
  asyncMs: number;
  /** Status reads of a new request that answer ResourceNotFoundException before the request is known. */
  statusLagReads: number;
  quotas: Quotas;
  /** Undefined: calls are answered at once, however many there are, and all requests take `asyncMs`. */
  load: Load | undefined;
  /** Undefined: nothing goes wrong but what the operations themselves refuse. */
  faults: Faults | undefined;
  /** Deletions count against the outstanding assignment requests too; only creations are documented to. */
  deletionsCountAsOutstanding: boolean;

  /** GetPermissionsBoundaryForPermissionSet where there is none. */
  getAbsentBoundary: 'not-found' | 'empty';
  /** DeleteInlinePolicyFromPermissionSet and DeletePermissionsBoundaryFromPermissionSet where there is none. */
  deleteAbsentPolicy: 'success' | 'not-found';
  /** DeleteAccountAssignment of what isn't assigned: refused at once, or accepted and FAILED later. */
  deleteAbsentAssignment: 'not-found' | 'failed';
  /** DeleteUser, DeleteGroup and DeleteGroupMembership of what isn't there. */
  deleteAbsentIdentity: 'success' | 'not-found';
  /** Memberships of a deleted user or group. */
  membershipsOfDeletedPrincipal: 'vanish' | 'stay';
  /** CreateApplicationAssignment of what is assigned already. */
  createApplicationAssignmentAgain: 'success' | 'conflict';
  /** DeleteApplicationAssignment of what isn't assigned. */
  deleteAbsentApplicationAssignment: 'success' | 'not-found';
  /** Application assignments of a deleted user or group; of account assignments it is known that they stay. */
  applicationAssignmentsOfDeletedPrincipal: 'vanish' | 'stay';
  /** ListApplicationAssignmentsForPrincipal of a user names what its groups are assigned too. */
  applicationsForUser: 'with-groups' | 'direct';
  /** Enabling attributes for access control ends as CREATION_FAILED. */
  accessControlCreation: 'succeeds' | 'fails';
  /** An edit of Description or RelayState alone makes provisioned copies stale. */
  textEditsNeedProvisioning: boolean;
  /**
   * ListAccountAssignmentsForPrincipal from a delegated administrator, and its like for applications without a filter;
   * the API model says management account only.
   */
  forPrincipalFromDelegatedAdministrator: 'denied' | 'allowed';

  /** Two user names that differ by case alone conflict. */
  userNameCase: 'insensitive' | 'sensitive';
  /** A second user with an e-mail address; the user guide says that it must be unique. */
  duplicateEmail: 'refused' | 'allowed';
  /** UpdateUser of userName; the user guide says of the console that it can't be changed. */
  userNameUpdate: 'allowed' | 'refused';

  /** Organizations answers the retired `Status` of an account beside its `State`. */
  accountStatus: 'beside-state' | 'absent';
  /** Organizations answers the `Paths` of an account and the `Path` of a unit, which are recent members of its API model. */
  organizationPaths: 'present' | 'absent';

  /** No page is longer than this, whatever MaxResults asks for. */
  pageSizeCap: number;
  /** A seed: pages come out short, and some empty, with a NextToken, in an order that the seed decides. */
  shortPages: number | undefined;
}

export function defaultBehaviour(): Behaviour {
  return {
    now: Date.now,
    sleep: (ms) => sleep(ms, undefined, { ref: false }),
    asyncMs: 50,
    statusLagReads: 0,
    quotas: defaultQuotas,
    load: undefined,
    faults: undefined,
    deletionsCountAsOutstanding: false,
    getAbsentBoundary: 'not-found',
    deleteAbsentPolicy: 'success',
    deleteAbsentAssignment: 'not-found',
    deleteAbsentIdentity: 'not-found',
    membershipsOfDeletedPrincipal: 'vanish',
    createApplicationAssignmentAgain: 'conflict',
    deleteAbsentApplicationAssignment: 'not-found',
    applicationAssignmentsOfDeletedPrincipal: 'stay',
    applicationsForUser: 'with-groups',
    accessControlCreation: 'succeeds',
    textEditsNeedProvisioning: true,
    forPrincipalFromDelegatedAdministrator: 'denied',
    userNameCase: 'insensitive',
    duplicateEmail: 'refused',
    userNameUpdate: 'allowed',
    accountStatus: 'beside-state',
    organizationPaths: 'present',
    pageSizeCap: Infinity,
    shortPages: undefined,
  };
}

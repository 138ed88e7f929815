import type { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { readPages } from '../client/pages.ts';

/** What every asynchronous operation of sso-admin answers, at once and when asked again. */
export interface RequestStatus {
  Status?: string | undefined;
  RequestId?: string | undefined;
  FailureReason?: string | undefined;
  PermissionSetArn?: string | undefined;
  PrincipalId?: string | undefined;
  /** Of an assignment. */
  TargetId?: string | undefined;
  /** Of a provisioning. */
  AccountId?: string | undefined;
  CreatedDate?: Date | undefined;
}

/** One of the three sorts of asynchronous requests, and how AWS is asked for them. */
export interface Family {
  /** All requests of one status, whoever made them; only their ids and their dates are told. */
  list(): Promise<RequestStatus[]>;
  describe(requestId: string): Promise<RequestStatus | undefined>;
}

export type FamilyName = 'creation' | 'deletion' | 'provisioning';

/** @param Status of the requests that the lists give. */
export function createFamilies(
  ssoAdmin: SSOAdmin,
  InstanceArn: string,
  Status: 'IN_PROGRESS' | 'FAILED' = 'IN_PROGRESS',
): Record<FamilyName, Family> {
  const filter = { InstanceArn, Filter: { Status }, MaxResults: 100 };
  return {
    creation: {
      list: () =>
        readPages(
          (NextToken) => ssoAdmin.listAccountAssignmentCreationStatus({ ...filter, NextToken }),
          (page) => page.AccountAssignmentsCreationStatus,
        ),
      describe: async (AccountAssignmentCreationRequestId) =>
        (await ssoAdmin.describeAccountAssignmentCreationStatus({ InstanceArn, AccountAssignmentCreationRequestId }))
          .AccountAssignmentCreationStatus,
    },
    deletion: {
      list: () =>
        readPages(
          (NextToken) => ssoAdmin.listAccountAssignmentDeletionStatus({ ...filter, NextToken }),
          (page) => page.AccountAssignmentsDeletionStatus,
        ),
      describe: async (AccountAssignmentDeletionRequestId) =>
        (await ssoAdmin.describeAccountAssignmentDeletionStatus({ InstanceArn, AccountAssignmentDeletionRequestId }))
          .AccountAssignmentDeletionStatus,
    },
    provisioning: {
      list: () =>
        readPages(
          (NextToken) => ssoAdmin.listPermissionSetProvisioningStatus({ ...filter, NextToken }),
          (page) => page.PermissionSetsProvisioningStatus,
        ),
      describe: async (ProvisionPermissionSetRequestId) =>
        (await ssoAdmin.describePermissionSetProvisioningStatus({ InstanceArn, ProvisionPermissionSetRequestId }))
          .PermissionSetProvisioningStatus,
    },
  };
}

import type { PrincipalType } from './rows.ts';

/**
 * One change of the effective state, reported the moment it takes effect: an assignment or a provisioning when its
 * asynchronous request gets there, not when it is asked for.
 */
export type ChangeRecord =
  | { type: 'user-created' | 'user-updated' | 'user-deleted'; userId: string }
  | { type: 'group-created' | 'group-updated' | 'group-deleted'; groupId: string }
  | { type: 'membership-created' | 'membership-deleted'; membershipId: string; groupId: string; userId: string }
  | { type: 'permission-set-created' | 'permission-set-updated' | 'permission-set-deleted'; permissionSetArn: string }
  | { type: 'permission-set-provisioned' | 'permission-set-deprovisioned'; accountId: string; permissionSetArn: string }
  | {
      type: 'assignment-created' | 'assignment-deleted';
      accountId: string;
      permissionSetArn: string;
      principalType: PrincipalType;
      principalId: string;
    }
  | { type: 'application-created' | 'application-updated' | 'application-deleted'; applicationArn: string }
  | {
      type: 'application-assignment-created' | 'application-assignment-deleted';
      applicationArn: string;
      principalType: PrincipalType;
      principalId: string;
    }
  | { type: 'instance-updated'; instanceArn: string }
  | { type: 'account-created' | 'account-updated'; accountId: string }
  | { type: 'organizational-unit-created' | 'organizational-unit-updated'; organizationalUnitId: string };

import { defineResource } from '../../core/resource.ts';
import { ssoAdmin } from '../../services/sso-admin/service.ts';
import { provisioningOperations } from './operations.ts';
import { provisionPermissionSet } from './provision.ts';
import { provisioned } from './table.ts';

declare module '../../core/behaviour.ts' {
  interface Quotas {
    provisionedPermissionSetsPerAccount: number;
    /** IAM's own limit in the target account: beyond it provisioning fails, not the attachment. */
    managedPoliciesPerRole: number;
    concurrentProvisionings: number;
  }
  interface Behaviour {
    /**
     * Whether the SAML provider of the management account lacks the newest certificate of Identity Center. The first
     * assignment after a rollover updates it with the rights of its caller, also where the role is there already
     * (aws-samples/iam-identity-center-team#596). A client can't know when that is.
     */
    samlCertificate: 'rolled-over' | 'current';
  }
}

declare module '../../core/changes.ts' {
  interface Changes {
    'permission-set-provisioned': { accountId: string; permissionSetArn: string };
    'permission-set-deprovisioned': { accountId: string; permissionSetArn: string };
  }
}

declare module '../../core/requests.ts' {
  interface Requests {
    provisioning: {
      readonly PermissionSetArn: string;
      /** Absent where all provisioned accounts are meant. */
      readonly AccountId?: string;
    };
  }
}

export const provisionedPermissionSet = defineResource({
  service: ssoAdmin,
  tables: { provisioned },
  operations: provisioningOperations,
  defaults: {
    quotas: { provisionedPermissionSetsPerAccount: 500, managedPoliciesPerRole: 10, concurrentProvisionings: 3 },
    samlCertificate: 'rolled-over',
  },
  effects: { provisioning: provisionPermissionSet },
});

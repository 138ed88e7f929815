import { defineResource } from '../../core/resource.ts';
import { type Principal, refuseUnknownPrincipal } from '../../services/sso-admin/principals.ts';
import { ssoAdmin } from '../../services/sso-admin/service.ts';
import { createAssignment, deleteAssignment } from './effects.ts';
import { assignmentOperations } from './operations.ts';
import { type AccountAssignment, assignments } from './table.ts';

declare module '../../core/behaviour.ts' {
  interface Quotas {
    groupsPerPermissionSetAndAccount: number;
    outstandingAssignments: number;
  }
  interface Behaviour {
    /** Deletions count against the outstanding assignment requests too; only creations are documented to. */
    deletionsCountAsOutstanding: boolean;
    /** DeleteAccountAssignment of what isn't assigned: refused at once, or accepted and FAILED later. */
    deleteAbsentAssignment: 'not-found' | 'failed';
  }
}

interface AssignmentChange {
  accountId: string;
  permissionSetArn: string;
  principalType: Principal['PrincipalType'];
  principalId: string;
}

declare module '../../core/changes.ts' {
  interface Changes {
    'assignment-created': AssignmentChange;
    'assignment-deleted': AssignmentChange;
  }
}

declare module '../../core/requests.ts' {
  interface Requests {
    'assignment-creation': AccountAssignment;
    'assignment-deletion': AccountAssignment;
  }
}

/** A principal's permission set in an account. It stays when its principal is deleted. */
export const accountAssignment = defineResource({
  service: ssoAdmin,
  tables: { assignments },
  operations: assignmentOperations,
  defaults: {
    quotas: { groupsPerPermissionSetAndAccount: 100, outstandingAssignments: 15 },
    deletionsCountAsOutstanding: false,
    deleteAbsentAssignment: 'not-found',
  },
  effects: { 'assignment-creation': createAssignment, 'assignment-deletion': deleteAssignment },
  refuseUnknown: refuseUnknownPrincipal,
});

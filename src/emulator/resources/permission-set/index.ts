import { defineResource, taggedRow } from '../../core/resource.ts';
import { ssoAdmin } from '../../services/sso-admin/service.ts';
import { permissionSetOperations } from './operations.ts';
import { policyOperations } from './policies.ts';
import { type PermissionSet, permissionSets, unknownPermissionSet } from './table.ts';

declare module '../../core/behaviour.ts' {
  interface Quotas {
    permissionSets: number;
    /** AWS managed and customer managed together. */
    managedPoliciesPerPermissionSet: number;
    /** Bytes of an inline policy that are not white space. */
    inlinePolicyBytes: number;
  }
  interface Behaviour {
    /** GetPermissionsBoundaryForPermissionSet where there is none. */
    getAbsentBoundary: 'not-found' | 'empty';
    /** DeleteInlinePolicyFromPermissionSet and DeletePermissionsBoundaryFromPermissionSet where there is none. */
    deleteAbsentPolicy: 'success' | 'not-found';
    /** An AWS managed policy, attached or as a boundary, that the emulator's list doesn't have; AWS may have made it since. */
    unknownManagedPolicy: 'not-found' | 'attached';
    /** An edit of Description or RelayState alone makes provisioned copies stale. */
    textEditsNeedProvisioning: boolean;
  }
}

declare module '../../core/changes.ts' {
  interface Changes {
    'permission-set-created': { permissionSetArn: string };
    'permission-set-updated': { permissionSetArn: string };
    'permission-set-deleted': { permissionSetArn: string };
  }
}

declare module '../../core/requests.ts' {
  interface Work {
    /** The permission set as it was when the request was made: that is what gets provisioned. */
    readonly Content?: PermissionSet;
  }
}

export const permissionSet = defineResource({
  service: ssoAdmin,
  tables: { permissionSets },
  operations: { ...permissionSetOperations, ...policyOperations },
  defaults: {
    quotas: { permissionSets: 3500, managedPoliciesPerPermissionSet: 25, inlinePolicyBytes: 10_240 },
    getAbsentBoundary: 'not-found',
    deleteAbsentPolicy: 'success',
    unknownManagedPolicy: 'not-found',
    textEditsNeedProvisioning: true,
  },
  // API model: tags belong to the permission set and not to its roles, so no copy becomes stale.
  tagged: ({ world, report }, id) =>
    taggedRow(world.permissionSets, id, () => report({ type: 'permission-set-updated', permissionSetArn: id })),
  nameOf: ({ permissionSets }, id) => permissionSets.get(id)?.Name,
  refuseUnknown({ permissionSets }, { PermissionSetArn: arn }) {
    return typeof arn === 'string' && !permissionSets.has(arn) ? unknownPermissionSet(arn) : undefined;
  },
});

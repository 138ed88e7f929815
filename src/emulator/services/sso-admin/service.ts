import { validationError } from '../../core/errors.ts';
import type { Service } from '../../core/service.ts';
import { authorize } from './authorize.ts';
import { tagOperations } from './tags.ts';

declare module '../../core/behaviour.ts' {
  interface Quotas {
    tagsPerResource: number;
  }
  interface Behaviour {
    /**
     * ListAccountAssignmentsForPrincipal from a delegated administrator, and its like for applications without a filter;
     * the API model says management account only.
     */
    forPrincipalFromDelegatedAdministrator: 'denied' | 'allowed';
    /** What is about permission sets, asked of an organization instance that has them switched off. */
    withoutPermissionSets: 'denied' | 'invalid';
  }
}

/** Of applications, grants, authentication methods and session settings are not among its operations. */
export const ssoAdmin = {
  name: 'sso-admin',
  iamPrefix: 'sso',
  target: 'SWBExternalService',
  invalid: validationError,
  authorize,
  operations: tagOperations,
  defaults: {
    quotas: { tagsPerResource: 75 },
    forPrincipalFromDelegatedAdministrator: 'denied',
    withoutPermissionSets: 'denied',
    inAdditionalRegion: 'denied',
  },
} as const satisfies Service;

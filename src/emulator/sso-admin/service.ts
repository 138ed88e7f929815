import { authorizeSsoAdmin } from '../access.ts';
import { validationError } from '../errors.ts';
import { defineService } from '../service.ts';
import { accessControl } from './access-control.ts';
import { applicationAssignments } from './application-assignments.ts';
import { applications } from './applications.ts';
import { assignments } from './assignments.ts';
import { instances } from './instances.ts';
import { permissionSets } from './permission-sets.ts';
import { policies } from './policies.ts';
import { provisioning } from './provisioning.ts';
import { ssoAdminShapes } from './shapes.ts';
import { tags } from './tags.ts';

/** Trusted token issuers, and of applications scopes, grants and authentication methods, are not among its operations. */
export const ssoAdmin = defineService(
  'sso-admin',
  'SWBExternalService',
  ssoAdminShapes,
  {
    ...instances,
    ...accessControl,
    ...permissionSets,
    ...policies,
    ...tags,
    ...provisioning,
    ...assignments,
    ...applications,
    ...applicationAssignments,
  },
  authorizeSsoAdmin,
  validationError,
);

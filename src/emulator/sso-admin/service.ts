import { authorizeSsoAdmin } from '../access.ts';
import { validationError } from '../errors.ts';
import { defineService } from '../service.ts';
import { assignments } from './assignments.ts';
import { instances } from './instances.ts';
import { permissionSets } from './permission-sets.ts';
import { policies } from './policies.ts';
import { provisioning } from './provisioning.ts';
import { ssoAdminShapes } from './shapes.ts';
import { tags } from './tags.ts';

/** Applications, trusted token issuers and attributes for access control are not among its operations yet. */
export const ssoAdmin = defineService(
  'sso-admin',
  'SWBExternalService',
  ssoAdminShapes,
  { ...instances, ...permissionSets, ...policies, ...tags, ...provisioning, ...assignments },
  authorizeSsoAdmin,
  validationError,
);

import { authorizeIdentityStore } from '../access.ts';
import { validationError } from '../errors.ts';
import { defineService } from '../service.ts';
import { groups } from './groups.ts';
import { memberships } from './memberships.ts';
import { identityStoreShapes } from './shapes.ts';
import { users } from './users.ts';

export const identityStore = defineService(
  'identitystore',
  'AWSIdentityStore',
  identityStoreShapes,
  { ...users, ...groups, ...memberships },
  authorizeIdentityStore,
  validationError,
);

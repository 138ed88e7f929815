import type { Section } from '../core/section.ts';
import { accessControlAttributes } from './access-control-attributes/schema.ts';
import { assignments } from './account-assignment/schema.ts';
import { applicationAssignments } from './application-assignment/schema.ts';
import { groups } from './group/schema.ts';
import { permissionSets } from './permission-set/schema.ts';
import { trustedTokenIssuers } from './trusted-token-issuer/schema.ts';
import { users } from './user/schema.ts';

/** Every section in which a file declares things, in the order in which messages and editors list them. Loads no AWS code. */
export const sections = [
  users,
  groups,
  permissionSets,
  assignments,
  applicationAssignments,
  accessControlAttributes,
  trustedTokenIssuers,
] as const satisfies readonly Section[];

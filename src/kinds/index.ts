import { accessControlConfiguration } from './access-control-configuration.ts';
import { applicationAssignment } from './application-assignment.ts';
import { assignment } from './assignment.ts';
import type { AwsKind } from './define.ts';
import { group } from './group.ts';
import { membership } from './membership.ts';
import { permissionSet } from './permission-set.ts';
import { user } from './user.ts';

/** Every kind that is reconciled, in the order in which a plan shows them. */
export const kinds: readonly AwsKind[] = [
  user,
  group,
  membership,
  permissionSet,
  assignment,
  applicationAssignment,
  accessControlConfiguration,
];

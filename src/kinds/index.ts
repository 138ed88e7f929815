import { accessControlConfiguration } from './access-control-attributes/kind.ts';
import { applicationAssignment } from './application-assignment/kind.ts';
import { assignment } from './account-assignment/kind.ts';
import type { AwsKind } from './define.ts';
import { group } from './group/kind.ts';
import { membership } from './membership/kind.ts';
import { permissionSet } from './permission-set/kind.ts';
import { trustedTokenIssuer } from './trusted-token-issuer/kind.ts';
import { user } from './user/kind.ts';

const all = [
  user,
  group,
  membership,
  permissionSet,
  assignment,
  applicationAssignment,
  accessControlConfiguration,
  trustedTokenIssuer,
] as const;

export type KindName = (typeof all)[number]['name'];

/** Every kind that is reconciled, in the order in which a plan shows them. */
export const kinds: readonly (AwsKind & { name: KindName })[] = all;

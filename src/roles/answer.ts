import type { AccountRoles } from '../aws/iam/roles.ts';
import { compareTexts } from '../core/compare-texts.ts';
import { groupBy } from '../core/group-by.ts';
import { type ReservedRole, roleArnPattern, roleNameRegex } from '../core/reserved-role.ts';
import { type FoundRole, ROLES_FORMAT_VERSION, type RolesAnswer } from '../core/roles-answer.ts';
import type { RolePlaces } from './places.ts';

/** What IAM of an account answered, and with whose credentials. */
export type IamAnswer = AccountRoles & { profile?: string };

/** The roles of permission sets, with the ARNs that IAM has. Pure. */
export function answerRoles(
  { source, home: { partition, region }, accounts }: RolePlaces,
  roles: readonly ReservedRole[],
  iam: readonly IamAnswer[],
): RolesAnswer {
  const known = groupBy(iam, ({ account }) => account);
  const found = roles.map((role): FoundRole => {
    const pattern = roleArnPattern(role, { partition, region });
    const arns = matchingArns(
      role,
      pattern,
      (known.get(role.account) ?? []).flatMap((one) => one.arns ?? []),
    );
    const [arn, ...others] = arns;
    if (arn === undefined) return { ...role, pattern };
    return others.length > 0 ? { ...role, pattern, arns } : { ...role, pattern, arn };
  });
  const ids = [...new Set([...roles, ...iam].map(({ account }) => account))].sort();
  return {
    formatVersion: ROLES_FORMAT_VERSION,
    source,
    partition,
    region,
    accounts: Object.fromEntries(ids.map((id) => [id, accounts.names.account(id)])),
    roles: found.sort((a, b) => compareTexts(a.account, b.account) || compareTexts(a.permissionSet, b.permissionSet)),
    iam: iam.map(({ account, profile, denied }) => ({
      account,
      ...(profile !== undefined && { profile }),
      ...(denied !== undefined && { denied }),
    })),
  };
}

/** Of the home's own path: an instance that was here before, in another region, may have left a role of that name. */
function matchingArns({ permissionSet }: ReservedRole, pattern: string, arns: readonly string[]): string[] {
  const path = pattern.slice(0, pattern.lastIndexOf('/') + 1);
  const isName = new RegExp(roleNameRegex(permissionSet));
  return [...new Set(arns)].filter((arn) => arn.startsWith(path) && isName.test(arn.slice(path.length))).sort();
}

import type { Aws } from '../aws/connect.ts';
import { promised } from '../core/errors.ts';
import type { Live } from '../core/kind.ts';
import { isAwsError } from '../core/errors.ts';
import { isoDuration } from './duration.ts';
import type { PermissionSetSpec } from './permission-set.ts';
import { parsePolicy } from './policy.ts';

export interface SetOf {
  InstanceArn: string;
  PermissionSetArn: string;
}

/** Every permission set; of those whose details nobody wants, only what guards and orders need. */
export async function readPermissionSets(
  aws: Aws,
  wantsDetails: (name: string) => boolean,
): Promise<Live<PermissionSetSpec>[]> {
  const { arn: InstanceArn } = aws.instance;
  const arns = await aws.pages(
    (NextToken) => aws.ssoAdmin.listPermissionSets({ InstanceArn, MaxResults: 100, NextToken }),
    (page) => page.PermissionSets,
  );
  return Promise.all(
    arns.map(async (arn) => {
      const [{ PermissionSet: described = {} }, accounts] = await Promise.all([
        aws.ssoAdmin.describePermissionSet({ InstanceArn, PermissionSetArn: arn }),
        listAccounts(aws, arn),
      ]);
      const name = promised(described.Name, 'the name of a permission set');
      const attributes = {
        name,
        ...(described.Description?.trim() && { description: described.Description }),
        sessionDuration: isoDuration(described.SessionDuration ?? 'PT1H'),
        ...(described.RelayState && { relayState: described.RelayState }),
        accounts,
      };
      const details = wantsDetails(name)
        ? await readDetails(aws, arn, accounts)
        : { ...noDetails, ...(isGuarded(aws, accounts) && (await readRights(aws, arn))) };
      return { id: arn, spec: { ...attributes, ...details } };
    }),
  );
}

const noDetails = {
  managedPolicies: [] as string[],
  customerManagedPolicies: [],
  tags: {},
  provisioned: { stale: [] },
};

/** The guards count administrators in the management account and in the caller's own, whoever manages their sets. */
function isGuarded({ instance, caller }: Aws, accounts: readonly string[]): boolean {
  return accounts.some((account) => account === instance.managementAccountId || account === caller?.accountId);
}

/** What tells an administrator from others. */
async function readRights(aws: Aws, arn: string) {
  const set = { InstanceArn: aws.instance.arn, PermissionSetArn: arn };
  const [managedPolicies, inline] = await Promise.all([
    listManagedPolicies(aws, set),
    aws.ssoAdmin.getInlinePolicyForPermissionSet(set),
  ]);
  return { managedPolicies, ...(inline.InlinePolicy && { inlinePolicy: parsePolicy(inline.InlinePolicy) }) };
}

/** The accounts where the set is a role: all of them, or those that lack the latest edit. */
export function listAccounts(
  aws: Aws,
  arn: string,
  status?: 'LATEST_PERMISSION_SET_NOT_PROVISIONED',
): Promise<string[]> {
  return aws.pages(
    (NextToken) =>
      aws.ssoAdmin.listAccountsForProvisionedPermissionSet({
        InstanceArn: aws.instance.arn,
        PermissionSetArn: arn,
        MaxResults: 100,
        ProvisioningStatus: status,
        NextToken,
      }),
    (page) => page.AccountIds,
  );
}

/** ARNs. */
export async function listManagedPolicies(aws: Aws, set: SetOf): Promise<string[]> {
  const policies = await aws.pages(
    (NextToken) => aws.ssoAdmin.listManagedPoliciesInPermissionSet({ ...set, MaxResults: 100, NextToken }),
    (page) => page.AttachedManagedPolicies,
  );
  return policies.map(({ Arn = '' }) => Arn);
}

export async function listCustomerManagedPolicies(aws: Aws, set: SetOf): Promise<{ name: string; path: string }[]> {
  const references = await aws.pages(
    (NextToken) =>
      aws.ssoAdmin.listCustomerManagedPolicyReferencesInPermissionSet({ ...set, MaxResults: 100, NextToken }),
    (page) => page.CustomerManagedPolicyReferences,
  );
  return references.map(({ Name = '', Path = '/' }) => ({ name: Name, path: Path }));
}

async function readDetails(aws: Aws, arn: string, accounts: string[]) {
  const set = { InstanceArn: aws.instance.arn, PermissionSetArn: arn };
  const [managed, customer, inline, permissionsBoundary, tags, stale] = await Promise.all([
    listManagedPolicies(aws, set),
    listCustomerManagedPolicies(aws, set),
    aws.ssoAdmin.getInlinePolicyForPermissionSet(set),
    readBoundary(aws, set),
    aws.pages(
      (NextToken) => aws.ssoAdmin.listTagsForResource({ InstanceArn: set.InstanceArn, ResourceArn: arn, NextToken }),
      (page) => page.Tags,
    ),
    // A set that is nowhere provisioned is nowhere stale: a call saved.
    accounts.length > 0 ? listAccounts(aws, arn, 'LATEST_PERMISSION_SET_NOT_PROVISIONED') : [],
  ]);
  const staleOutOfReach = stale.filter((account) => !aws.canReach(account)).sort();
  return {
    managedPolicies: managed.sort(),
    customerManagedPolicies: customer,
    ...(permissionsBoundary && { permissionsBoundary }),
    ...(inline.InlinePolicy && { inlinePolicy: parsePolicy(inline.InlinePolicy) }),
    tags: Object.fromEntries(
      tags.filter(({ Key = '' }) => !Key.startsWith('aws:')).map(({ Key = '', Value = '' }) => [Key, Value]),
    ),
    provisioned: { stale: stale.filter((account) => aws.canReach(account)).sort() },
    ...(staleOutOfReach.length > 0 && { staleOutOfReach }),
  };
}

/** A set without a boundary answers with an error or with nothing; which of the two is not documented. */
async function readBoundary(aws: Aws, set: SetOf): Promise<PermissionSetSpec['permissionsBoundary']> {
  try {
    const { PermissionsBoundary: live } = await aws.ssoAdmin.getPermissionsBoundaryForPermissionSet(set);
    if (live?.ManagedPolicyArn) return { managedPolicy: live.ManagedPolicyArn };
    const policy = live?.CustomerManagedPolicyReference;
    return policy && { customerManagedPolicy: { name: policy.Name ?? '', path: policy.Path ?? '/' } };
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

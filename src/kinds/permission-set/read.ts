import type { Aws } from '../../aws/connect.ts';
import { isAwsError } from '../../core/errors.ts';
import type { Live, LiveReader } from '../../core/kind.ts';
import { placementsOf } from '../shared/placements/placements.ts';
import { describedSets, type DescribedSet, describeSet, listSets } from '../shared/placements/permission-sets.ts';
import type { PermissionSetSpec } from './kind.ts';
import { parsePolicy } from '../shared/policy/document.ts';
import {
  listAccounts,
  notProvisioned,
  provisionedByAccount,
  provisionedBySet,
  type ProvisionedAccounts,
} from '../shared/placements/provisioned-accounts.ts';

export interface SetOf {
  InstanceArn: string;
  PermissionSetArn: string;
}

/** Every permission set; of those whose details nobody wants, only what guards and orders need. */
export async function readPermissionSets(aws: Aws, live: LiveReader): Promise<Live<PermissionSetSpec>[]> {
  const sets = await describedSets(aws, live);
  const wanted = [...sets].flatMap(([arn, { name }]) => (live.wantsDetails('permission-set', name) ? [arn] : []));
  const placements = placementsOf(aws, live);
  const [{ accounts }, stale, details] = await Promise.all([
    placements,
    placements.then(({ accounts: placed, seesAllRoles }) =>
      // A set that is nowhere provisioned is nowhere stale: a call saved.
      staleIn(aws, seesAllRoles ? wanted.filter((arn) => placed.get(arn)?.length) : wanted),
    ),
    Promise.all(wanted.map(async (arn) => [arn, await readDetails(aws, arn)] as const)).then((all) => new Map(all)),
  ]);
  return Promise.all(
    [...sets].map(async ([arn, described]): Promise<Live<PermissionSetSpec>> => {
      const placed = accounts.get(arn) ?? [];
      const known = details.get(arn);
      const provisioning = provisioningOf(aws, stale.get(arn));
      return {
        id: arn,
        spec: {
          ...described,
          accounts: placed,
          ...(known ?? { ...noDetails, ...(await readAdministratorPolicies(aws, arn)) }),
          ...provisioning,
        },
      };
    }),
  );
}

/** A set by its name, with its details; undefined where there is none of that name. */
export async function findPermissionSet(aws: Aws, name: string): Promise<Live<PermissionSetSpec> | undefined> {
  const arns = await listSets(aws);
  const described = await Promise.all(arns.map(async (arn) => ({ arn, set: await describeIfExists(aws, arn) })));
  const { arn, set } = described.find((one) => one.set?.name === name) ?? {};
  if (arn === undefined || set === undefined) return undefined;
  const [accounts, stale, details] = await Promise.all([
    listAccounts(aws, arn),
    listAccounts(aws, arn, notProvisioned),
    readDetails(aws, arn),
  ]);
  return { id: arn, spec: { ...set, accounts, ...details, ...provisioningOf(aws, stale) } };
}

/** While a set is looked for, others are removed: by this run too. */
async function describeIfExists(aws: Aws, arn: string): Promise<DescribedSet | undefined> {
  try {
    return await describeSet(aws, arn);
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

/** The accounts that lack a set's latest edit, asked set by set or account by account, whichever is fewer calls. */
async function staleIn(aws: Aws, arns: readonly string[]): Promise<ProvisionedAccounts> {
  const { accounts } = aws.organization;
  const read = accounts && accounts.size < arns.length ? provisionedByAccount(aws, arns, notProvisioned) : undefined;
  return (await (read && aws.unlessDenied(read))) ?? (await provisionedBySet(aws, arns, notProvisioned));
}

/** The accounts whose role lacks the set's latest edit, in reach of the caller or not. */
function provisioningOf(aws: Aws, stale: readonly string[] = []) {
  const outOfReach = stale.filter((account) => !aws.canReach(account)).sort();
  return {
    provisioned: { stale: stale.filter((account) => aws.canReach(account)).sort() },
    ...(outOfReach.length > 0 && { staleOutOfReach: outOfReach }),
  };
}

export const noDetails = {
  managedPolicies: [] as string[],
  customerManagedPolicies: [],
  tags: {},
};

/** What tells an administrator from others: no plan is silent about one, whoever manages the set. */
async function readAdministratorPolicies(aws: Aws, arn: string) {
  const set = { InstanceArn: aws.instance.arn, PermissionSetArn: arn };
  const [managedPolicies, inline] = await Promise.all([
    listManagedPolicies(aws, set),
    aws.ssoAdmin.getInlinePolicyForPermissionSet(set),
  ]);
  return { managedPolicies, ...(inline.InlinePolicy && { inlinePolicy: parsePolicy(inline.InlinePolicy) }) };
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

async function readDetails(aws: Aws, arn: string) {
  const set = { InstanceArn: aws.instance.arn, PermissionSetArn: arn };
  const [managed, customer, inline, permissionsBoundary, tags] = await Promise.all([
    listManagedPolicies(aws, set),
    listCustomerManagedPolicies(aws, set),
    aws.ssoAdmin.getInlinePolicyForPermissionSet(set),
    readBoundary(aws, set),
    aws.pages(
      (NextToken) => aws.ssoAdmin.listTagsForResource({ InstanceArn: set.InstanceArn, ResourceArn: arn, NextToken }),
      (page) => page.Tags,
    ),
  ]);
  return {
    managedPolicies: managed.sort(),
    customerManagedPolicies: customer,
    ...(permissionsBoundary && { permissionsBoundary }),
    ...(inline.InlinePolicy && { inlinePolicy: parsePolicy(inline.InlinePolicy) }),
    tags: Object.fromEntries(
      tags.filter(({ Key = '' }) => !Key.startsWith('aws:')).map(({ Key = '', Value = '' }) => [Key, Value]),
    ),
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

import type { Aws } from '../../../aws/connect.ts';
import { readEach } from '../read-each.ts';

/** Of a role that lacks its permission set's latest edit. */
export const notProvisioned = 'LATEST_PERMISSION_SET_NOT_PROVISIONED';

type Status = typeof notProvisioned;

/** Where permission sets are roles: account ids by permission set ARN. A set that is nowhere has an empty list. */
export type ProvisionedAccounts = Map<string, string[]>;

/** The accounts where a set is a role: all of them, or those that lack the latest edit. */
export function listAccounts(aws: Aws, arn: string, status?: Status): Promise<string[]> {
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

/** One call for each set. */
export async function provisionedBySet(
  aws: Aws,
  arns: readonly string[],
  status?: Status,
): Promise<ProvisionedAccounts> {
  const lists = arns.map(async (arn) => [arn, (await listAccounts(aws, arn, status)).sort()] as const);
  return new Map(await Promise.all(lists));
}

/** One call for each account of the organization, whose accounts must be known. */
export async function provisionedByAccount(
  aws: Aws,
  arns: readonly string[],
  status?: Status,
): Promise<ProvisionedAccounts> {
  const found: ProvisionedAccounts = new Map(arns.map((arn) => [arn, []]));
  const accounts = [...(aws.organization.accounts?.keys() ?? [])].sort();
  const sets = await readEach(accounts, (AccountId) =>
    aws.pages(
      (NextToken) =>
        aws.ssoAdmin.listPermissionSetsProvisionedToAccount({
          InstanceArn: aws.instance.arn,
          AccountId,
          MaxResults: 100,
          ProvisioningStatus: status,
          NextToken,
        }),
      (page) => page.PermissionSets,
    ),
  );
  for (const [index, account] of accounts.entries()) {
    for (const arn of sets[index] ?? []) found.get(arn)?.push(account);
  }
  return found;
}

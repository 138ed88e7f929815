import type { Aws } from '../../aws/connect.ts';
import { ReportedError } from '../../core/errors.ts';
import { isAssignmentNotFound } from '../shared/ignore-not-found.ts';
import { listAccounts, notProvisioned } from '../shared/placements/provisioned-accounts.ts';

/** The quota of one ALL_PROVISIONED_ACCOUNTS request (user guide: "Quotas and limits"). */
const accountsAtOnce = 3500;

/**
 * Brings the roles up to date where AWS says that they are not. One request covers all accounts, but it fails as a whole
 * and names no account, so it is used only where all that are known to have the set are stale and in reach, and what it
 * leaves behind is done one by one.
 * @param accounts where the set is known to be a role
 * @param expected those of them whose role must lack something: as long as AWS doesn't say so, what it says is old
 */
export async function provision(
  aws: Aws,
  arn: string,
  accounts: readonly string[],
  expected: readonly string[],
): Promise<void> {
  const set = { InstanceArn: aws.instance.arn, PermissionSetArn: arn };
  // One lock for all requests of a set: the service runs one provisioning of a set at a time.
  const request = (target: { TargetType: 'ALL_PROVISIONED_ACCOUNTS' | 'AWS_ACCOUNT'; TargetId?: string }) =>
    aws.requests.provisioning(arn, async () => {
      const answer = await aws.ssoAdmin.provisionPermissionSet({ ...set, ...target });
      return answer.PermissionSetProvisioningStatus;
    });
  const mayAskAtOnce = (stale: readonly string[]): boolean =>
    stale.length > 0 &&
    stale.length <= accountsAtOnce &&
    stale.every((account) => aws.canReach(account)) &&
    accounts.every((account) => stale.includes(account));

  // Where every known role must lack the edit, AWS could only confirm what was just written. One account is never named
  // without having asked: where the last assignment has gone since, that would make a role for nobody.
  let stale = mayAskAtOnce(expected) ? expected : await listStale(aws, arn, expected);
  if (mayAskAtOnce(stale)) {
    try {
      return await request({ TargetType: 'ALL_PROVISIONED_ACCOUNTS' });
    } catch (error) {
      if (!(error instanceof ReportedError) || error.code !== 'request-failed') throw error;
      // It failed for want of at least one, so a host that tells of none may not know the edit yet.
      stale = await aws.pollUntil(
        () => listAccounts(aws, arn, notProvisioned),
        (told) => Promise.resolve(told.length > 0),
      );
    }
  }
  const reachable = stale.filter((account) => aws.canReach(account));
  // One account that fails must not keep the others from getting the edit.
  const ends = await Promise.allSettled(
    reachable.map((TargetId) => ignoreAssignmentNotFound(request({ TargetType: 'AWS_ACCOUNT', TargetId }))),
  );
  const failures = ends.flatMap((end, index) =>
    end.status === 'rejected' ? [`${reachable[index]}: ${(end.reason as Error).message}`] : [],
  );
  if (failures.length > 0) {
    throw new ReportedError('request-failed', `Not provisioned everywhere: ${failures.join('; ')}`);
  }
}

/** The accounts whose role AWS says is stale, and those that must be though it does not say so yet. */
async function listStale(aws: Aws, arn: string, expected: readonly string[]): Promise<string[]> {
  let unseen: string[] = [];
  const seen = await aws.pollUntil(
    () => listAccounts(aws, arn, notProvisioned),
    async (told) => {
      const missing = expected.filter((account) => !told.includes(account));
      // Where the last assignment has gone there is no role that could lack anything.
      const roles = missing.length === 0 ? [] : await listAccounts(aws, arn);
      unseen = missing.filter((account) => roles.includes(account));
      return unseen.length === 0;
    },
  );
  // A host may be behind for longer than that: one provisioning too many does no harm, one too few leaves the old role.
  return [...seen, ...unseen];
}

/** The last assignment went while its role was brought up to date: there is nothing left to provision. */
async function ignoreAssignmentNotFound(provisioning: Promise<void>): Promise<void> {
  try {
    await provisioning;
  } catch (error) {
    if (!isAssignmentNotFound(error)) throw error;
  }
}

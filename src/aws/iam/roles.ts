import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import type { Clock } from '../../core/clock.ts';
import { promised } from '../../core/errors.ts';
import { reservedRolePath } from '../../core/reserved-role.ts';
import { clientOptions } from '../client/client-options.ts';
import { AccessDeniedError } from '../client/errors.ts';
import { serviceLimits } from '../client/limits.ts';
import { readPages } from '../client/pages.ts';
import { createBucket } from '../client/rate.ts';
import { addRetries } from '../client/retry.ts';
import type { Aws } from '../connect.ts';

/** The reserved roles of an account, as IAM there has them. */
export interface AccountRoles {
  /** 12-digit id. */
  account: string;
  /** Absent where AWS denies it. */
  arns?: readonly string[];
  /** AWS's words then. */
  denied?: string;
}

/** IAM publishes no rate; ListRoles of one account is a page or two. */
const rate = 5;

/** Of the account whose credentials the session has; undefined where STS did not say which. */
export async function readRolesOfCaller(aws: Aws): Promise<AccountRoles | undefined> {
  if (!aws.caller) return undefined;
  const iam = new IAMClient(aws.clientOptions);
  aws.observe(iam.middlewareStack, 'iam', rate);
  return readRoles(iam, aws.caller.accountId);
}

/**
 * Of the account that a named AWS profile is for.
 * Errors: a `ReportedError` where the profile gives no usable credentials.
 */
export async function readRolesOfProfile(
  profile: string,
  region: string,
  { clock, onCall }: { clock: Clock; onCall?: (line: string) => void },
): Promise<AccountRoles> {
  const options = clientOptions({ region, profile }, serviceLimits);
  const sts = new STS(options);
  const iam = new IAMClient({ ...options, credentials: sts.config.credentials });
  const observe = { limits: serviceLimits, clock, calls: new Map<string, number>(), ...(onCall && { onCall }) };
  const bucket = createBucket(rate, clock);
  addRetries(sts.middlewareStack, { service: 'sts', bucket: () => bucket, ...observe });
  addRetries(iam.middlewareStack, { service: 'iam', bucket: () => bucket, ...observe });
  const { Account } = await sts.getCallerIdentity({});
  return readRoles(iam, promised(Account, 'the account of the caller'));
}

async function readRoles(iam: IAMClient, account: string): Promise<AccountRoles> {
  try {
    const roles = await readPages(
      async (Marker) => {
        const page = await iam.send(new ListRolesCommand({ PathPrefix: reservedRolePath, MaxItems: 1000, Marker }));
        return { roles: page.Roles, NextToken: page.IsTruncated ? page.Marker : undefined };
      },
      (page) => page.roles,
    );
    return { account, arns: roles.map(({ Arn }) => promised(Arn, 'the ARN of a role')) };
  } catch (error) {
    if (!(error instanceof AccessDeniedError)) throw error;
    return { account, denied: error.message };
  }
}

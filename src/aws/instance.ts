import type { InstanceMetadata } from '@aws-sdk/client-sso-admin';
import { ReportedError } from '../core/errors.ts';
import type { Instance } from '../core/plan.ts';
import type { Organization } from './organization/accounts.ts';

/** Chooses the organization instance among those that ListInstances shows, or says why there is none to work with. */
export function findInstance(
  instances: InstanceMetadata[],
  { managementAccountId }: Organization,
  { region, instanceArn }: { region: string; instanceArn?: string },
): Instance {
  if (instances.length === 0) {
    throw new ReportedError(
      'no-instance',
      `${region} has no Identity Center instance.`,
      'Identity Center lives in one home region, and other regions answer as if there were none. Set identityCenter.region in the file, or --region, to the home region (console: IAM Identity Center > Settings).',
    );
  }
  const ofOrganization = instances.filter((instance) => instance.OwnerAccountId === managementAccountId);
  const candidates = managementAccountId === undefined ? instances : ofOrganization;
  const chosen = candidates.find((instance) => instance.InstanceArn === instanceArn) ?? candidates[0];
  if (!chosen) {
    throw new ReportedError(
      'account-instance',
      `The instance in ${region} belongs to account ${instances[0]?.OwnerAccountId ?? '?'}, not to the organization's management account ${managementAccountId ?? '?'}: it is an account instance, which has no permission sets and no account assignments.`,
      'Run this from the management account, or from the delegated administrator of Identity Center.',
    );
  }
  if (candidates.length > 1 && chosen.InstanceArn !== instanceArn) {
    throw new ReportedError(
      'several-instances',
      `There are ${candidates.length} instances in ${region}: ${candidates.map(({ InstanceArn }) => InstanceArn).join(', ')}.`,
      'Pin the right one: identityCenter.instanceArn.',
    );
  }
  const { InstanceArn: arn, IdentityStoreId: identityStoreId, OwnerAccountId: ownerAccountId, Status } = chosen;
  if (!arn || !identityStoreId || !ownerAccountId) {
    throw new ReportedError(
      'unreadable-answer',
      'ListInstances answered an instance without an ARN, an identity store or an owner.',
      'Is the endpoint really AWS (AWS_ENDPOINT_URL, a proxy)?',
    );
  }
  if (Status !== undefined && Status !== 'ACTIVE') {
    throw new ReportedError('instance-not-ready', `The instance ${arn} is ${Status}.`, 'Try again once it is ACTIVE.');
  }
  return {
    arn,
    identityStoreId,
    region,
    partition: arn.split(':')[1] ?? 'aws',
    ownerAccountId,
    // An organization instance belongs to the management account, also where Organizations can't be asked for it.
    managementAccountId: managementAccountId ?? ownerAccountId,
  };
}

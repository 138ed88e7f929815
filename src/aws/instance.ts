import type { InstanceMetadata } from '@aws-sdk/client-sso-admin';
import { ReportedError } from '../core/errors.ts';
import type { Instance } from '../core/plan.ts';
import type { Organization } from './organization/accounts.ts';

export interface FoundInstance {
  instance: Instance;
  /** False where AWS did not say whether this Region is its home. */
  isHomeKnown: boolean;
}

/** A Region that the instance is only replicated to: permission sets and assignments are out of reach there. */
export class ReplicaRegionError extends ReportedError {
  readonly primaryRegion: string;

  constructor(region: string, primaryRegion: string) {
    super(
      'replica-region',
      `${region} has only a replica of this Identity Center; the home Region is ${primaryRegion}.`,
      `Run with --region ${primaryRegion}, or set identityCenter.region in the file to it. Permission sets and account assignments can be read and changed only there.`,
    );
    this.primaryRegion = primaryRegion;
  }
}

/**
 * Ends a run that could only reach a replica, by what ListInstances says of it (`PrimaryRegion`, since June 2026); an answer
 * without that member says nothing. Errors: `ReplicaRegionError`.
 */
export function refuseReplica(
  instances: readonly InstanceMetadata[],
  { region, instanceArn }: { region: string; instanceArn?: string },
): void {
  const pinned = instances.filter(({ InstanceArn }) => InstanceArn === instanceArn);
  const meant = pinned.length > 0 ? pinned : instances;
  const homes = meant.map(({ PrimaryRegion = region }) => PrimaryRegion);
  const [home] = homes;
  if (home !== undefined && !homes.includes(region)) throw new ReplicaRegionError(region, home);
}

/** Chooses the organization instance among those that ListInstances shows, or says why there is none to work with. */
export function findInstance(
  instances: InstanceMetadata[],
  { managementAccountId }: Organization,
  { region, instanceArn }: { region: string; instanceArn?: string },
): FoundInstance {
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
  // Beside a replica of the organization's instance, a member account may have one of its own here.
  refuseReplica([chosen], { region });
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
  const instance = {
    arn,
    identityStoreId,
    region,
    partition: arn.split(':')[1] ?? 'aws',
    ownerAccountId,
    // An organization instance belongs to the management account, also where Organizations can't be asked for it.
    managementAccountId: managementAccountId ?? ownerAccountId,
  };
  return { instance, isHomeKnown: chosen.PrimaryRegion !== undefined };
}

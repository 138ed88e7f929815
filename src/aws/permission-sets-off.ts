import type { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { isAwsError, ReportedError } from '../core/errors.ts';
import type { Instance } from '../core/plan.ts';
import { AccessDeniedError } from './client/errors.ts';

/**
 * The permission sets of the instance are switched off, which since August 2026 an organization may choose (DescribeInstance:
 * `PermissionSetsEnabled`): users, groups and applications are all there is.
 */
export class PermissionSetsOffError extends ReportedError {
  /** What switches them on, to be pasted. */
  readonly command: string;
  /** What to know before. */
  readonly advice: string;

  /** False where nobody said so: then it may be an account instance, which is answered like this too. */
  readonly isOfOrganization: boolean;

  constructor({ arn, region, ownerAccountId }: Instance, isOfOrganization: boolean) {
    const command = `aws sso-admin update-instance --instance-arn ${arn} --permission-sets-enabled --region ${region}`;
    const advice = isOfOrganization
      ? 'Switch them on from the management account, after which they can never be switched off again:'
      : `If ${ownerAccountId} is the organization's management account, this is its instance, and from there they are switched on, after which they can never be switched off again. Otherwise it is an account instance, which has none: run idc from the management account, or from the delegated administrator of Identity Center. To switch them on:`;
    super('permission-sets-off', `Permission sets are switched off for ${arn}.`, `${advice} \`${command}\``);
    this.command = command;
    this.advice = advice;
    this.isOfOrganization = isOfOrganization;
  }
}

/** Undefined for an error that has another cause, or whose cause AWS does not tell. */
export type FindOff = (error: unknown) => Promise<PermissionSetsOffError | undefined>;

/** Asks AWS once, and only about an error that may come from permission sets that are switched off: a good run asks nothing. */
export function createFindOff(ssoAdmin: SSOAdmin, instance: Instance, isOfOrganization: boolean): FindOff {
  let asked: Promise<PermissionSetsOffError | undefined> | undefined;
  const ask = async (): Promise<PermissionSetsOffError | undefined> => {
    try {
      const { PermissionSetsEnabled } = await ssoAdmin.describeInstance({ InstanceArn: instance.arn });
      return PermissionSetsEnabled === false ? new PermissionSetsOffError(instance, isOfOrganization) : undefined;
    } catch {
      // For want of the right, above all: the first error says what there is to say.
      return undefined;
    }
  };
  return async (error) => (mayMeanOff(error) ? (asked ??= ask()) : undefined);
}

/** Which of the two AWS answers is not documented. */
const mayMeanOff = (error: unknown): boolean =>
  error instanceof AccessDeniedError ? error.action.startsWith('sso:') : isAwsError(error, 'ValidationException');

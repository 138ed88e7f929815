import type { IdentityDocument } from '../config/schema/document.ts';
import { RefusedError } from '../core/errors.ts';

/**
 * Errors: a `RefusedError` where the file pins another instance than the one that was found. It comes before anything else that
 * could be said: in another organization no account of the file is known.
 * @param arn the instance that was found.
 */
export function refuseOtherInstance(
  { identityCenter: { instanceArn } }: IdentityDocument,
  arn: string,
  { isLocal }: { isLocal: boolean },
): void {
  if (instanceArn === undefined || instanceArn === arn) return;
  throw new RefusedError(`The file is for ${instanceArn}, but this instance is ${arn}.`, {
    code: 'other-instance',
    hint: isLocal
      ? 'Remove the folder .idc beside the file. A new local Identity Center gets the ARN that the file names.'
      : 'Use the credentials and the region of that instance, or change identityCenter.instanceArn.',
  });
}

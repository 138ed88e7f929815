import type { Aws } from '../../aws/connect.ts';

/** What every request to the Identity Store names. */
export const store = (aws: Aws) => ({ IdentityStoreId: aws.instance.identityStoreId });

/**
 * The resources of every action on the directory: the organization's identity store belongs to its management account, whoever
 * calls, and the others name no store, so that it keeps them to it.
 */
export const directory = [
  'arn:{partition}:identitystore::{account}:identitystore/{store}',
  'arn:{partition}:identitystore:::user/*',
  'arn:{partition}:identitystore:::group/*',
  'arn:{partition}:identitystore:::membership/*',
];

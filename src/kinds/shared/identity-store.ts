import type { Aws } from '../../aws/connect.ts';

/** What every request to the Identity Store names. */
export const store = (aws: Aws) => ({ IdentityStoreId: aws.instance.identityStoreId });

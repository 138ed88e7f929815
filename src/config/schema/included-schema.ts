import * as z from '../../core/zod.ts';
import { identityDocument } from './document.ts';

/** What an included file may say, for editors: the loader checks it where the files have been put together. */
export const includedDocument = () => {
  const { version, groups, permissionSets, assignments } = identityDocument.shape;
  return z
    .strictObject({
      version: z.optional(version).register(z.docs, { description: 'The version of this file format.' }),
      groups,
      permissionSets,
      assignments,
    })
    .register(z.docs, {
      title: 'Identity Center as Code: an included file',
      description: 'Groups, permission sets and assignments that identity.yaml reads under `include`.',
    });
};

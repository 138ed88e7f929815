import * as z from '../../core/zod.ts';
import { listOf } from '../../core/words.ts';
import { identityDocument, identityFormat } from './document.ts';

/** What an included file may say, for editors: the loader checks it where the files have been put together. */
export const includedDocument = () => {
  const mergeable = identityFormat.sections.filter((section) => section.mergeable);
  const things = listOf(mergeable.map(({ noun: [, many] }) => many));
  return z
    .strictObject({
      version: z.optional(identityDocument.shape.version).register(z.docs, {
        description: 'The version of this file format.',
      }),
      ...Object.fromEntries(mergeable.map(({ name, schema }) => [name, schema])),
    })
    .register(z.docs, {
      title: 'Identity Center as Code: an included file',
      description: `${things[0]?.toUpperCase()}${things.slice(1)} that identity.yaml reads under \`include\`.`,
    });
};

import * as z from '../core/zod.ts';
import { notReserved, reservedMessage, storeText } from './user-entry.ts';

export const groupName = storeText.check(z.refine(notReserved, reservedMessage));

/** An entry of `groups`. */
export const groupEntry = z
  .strictObject({
    description: z
      .optional(storeText)
      .register(z.docs, { description: 'What the group is for.', examples: ['Runs the platform'] }),
    members: z.optional(z.array(z.string())).register(z.docs, {
      description: 'User names. Identity Center has no groups inside groups.',
      examples: [['hanako', 'taro']],
    }),
    previously: z
      .optional(groupName)
      .register(z.docs, { description: 'The old name: the group is renamed and keeps its id.' }),
  })
  .register(z.docs, { title: 'Group', description: 'A group of users.' });

export type GroupEntry = z.infer<typeof groupEntry>;

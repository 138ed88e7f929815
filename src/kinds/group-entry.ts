import * as z from '../core/zod.ts';
import { notReserved, reservedMessage, storeText } from './user-entry.ts';

export const groupName = storeText.refine(notReserved, reservedMessage);

/** An entry of `groups`. */
export const groupEntry = z
  .strictObject({
    description: storeText.optional().meta({ description: 'What the group is for.', examples: ['Runs the platform'] }),
    members: z
      .array(z.string())
      .optional()
      .meta({
        description: 'User names. Identity Center has no groups inside groups.',
        examples: [['hanako', 'taro']],
      }),
    previously: groupName.optional().meta({ description: 'The old name: the group is renamed and keeps its id.' }),
  })
  .meta({ title: 'Group', description: 'A group of users.' });

export type GroupEntry = z.infer<typeof groupEntry>;

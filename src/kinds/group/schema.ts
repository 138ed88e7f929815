import * as z from '../../core/zod.ts';
import type { Section } from '../../core/section.ts';
import { expires } from '../shared/expires.ts';
import { justification, owner } from '../shared/justification.ts';
import { namePatterns, scopePatterns } from '../shared/name-patterns.ts';
import { notReserved, reservedMessage, storeText } from '../user/schema.ts';

export const groupName = storeText.check(z.refine(notReserved, reservedMessage));

/** Under which a member that is a map has what one that is a text says. */
export const memberKey = 'user';

const member = z.union(
  [
    z.string(),
    z
      .strictObject({
        user: z.string().register(z.docs, { description: 'A user name.' }),
        expires: z.optional(expires),
        ...justification,
      })
      .register(z.docs, {
        title: 'Member',
        description: 'A member, for a time or with what there is to say about it.',
      }),
  ],
  { error: 'is neither a user name nor { user: …, expires: … }' },
);

/** A user name, or the name with the end of the membership. */
export type MemberEntry = z.infer<typeof member>;

/** An entry of `groups`. */
export const groupEntry = z
  .strictObject({
    description: z
      .optional(storeText)
      .register(z.docs, { description: 'What the group is for.', examples: ['Runs the platform'] }),
    members: z.optional(z.array(member)).register(z.docs, {
      description: 'User names. For a time: { user: …, expires: … }. Identity Center has no groups inside groups.',
      examples: [['hanako', { user: 'taro', expires: '2027-01-31' }]],
    }),
    owner,
    previously: z
      .optional(groupName)
      .register(z.docs, { description: 'The old name: the group is renamed and keeps its id.' }),
  })
  .register(z.docs, { title: 'Group', description: 'A group of users.' });

/** The section `groups`: the groups, and who is in them. */
export const groups = {
  name: 'groups',
  noun: ['group', 'groups'],
  schema: z
    .optional(z.record(groupName, groupEntry))
    .register(z.docs, { description: 'By name. Absent: groups are not managed.' }),
  external: z
    .optional(z.record(groupName, z.strictObject({ description: groupEntry.shape.description, owner })))
    .register(z.docs, {
      description: 'Groups of the identity provider; the description is for readers of this file.',
    }),
  declares: 'group',
  references: [
    { at: ['*', 'members', '*'], to: 'user' },
    { at: ['*', 'members', '*', 'user'], to: 'user' },
  ],
  mergeable: {
    scope: {
      schema: z.optional(scopePatterns('Names of the groups that the files may define; absent: none', ['data-*'])),
    },
  },
  ignore: [namePatterns('groups', 'group', 'Group names', ['AWS*'])],
  snippet: {
    label: 'group',
    description: 'A group of users',
    body: { '${1:name}': { description: '${2:What it is for}', members: ['${3:user}'] } },
  },
} as const satisfies Section;

export type GroupEntry = z.infer<typeof groupEntry>;

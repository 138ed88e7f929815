import type { Reference } from '../../core/section.ts';
import * as z from '../../core/zod.ts';
import { mapRule } from '../../kinds/shared/map-rule.ts';
import { sessionDuration } from '../../kinds/permission-set/schema.ts';

const names = (what: string, ...examples: string[][]) =>
  z
    .array(z.text(z.minLength(1)))
    .check(z.minLength(1))
    .register(z.docs, { description: `${what}; * stands for any text.`, examples });

const deny = z
  .strictObject({
    users: z.optional(names('User names', ['ext-*'])),
    groups: z.optional(names('Names of groups, whose members are meant', ['contractors'])),
    permissionSets: z.optional(names('Names of permission sets', ['Developer'])),
    administrators: z.optional(z.literal(true)).register(z.docs, {
      description:
        'true: every permission set that makes its holder an administrator of the account, whatever its name, also under a condition; beside permissionSets, those too.',
    }),
    accounts: z.optional(names('Names of accounts, or quoted ids; absent: any', ['production'])),
  })
  .check(z.refine((entry) => Object.keys(entry).length > 0, mapRule('says nothing, and so would deny everything')))
  .register(z.docs, {
    description:
      'Who may not hold which permission sets in which accounts, by whatever way. Where neither users nor groups are named, everyone; where neither permissionSets nor administrators, every permission set.',
  });

const maxSessionDuration = z
  .strictObject({
    accounts: names('Names of accounts, or quoted ids', ['production']),
    duration: sessionDuration().register(z.docs, {
      description: 'The longest session: 1h to 12h.',
      examples: ['4h'],
    }),
  })
  .register(z.docs, { description: 'No permission set that is assigned in one of the accounts has longer sessions.' });

/** The section `rules`. */
export const rules = z.strictObject({
  deny: z.optional(z.array(deny)).register(z.docs, {
    description: 'Access that no one may hold.',
    examples: [[{ groups: ['contractors'], accounts: ['production'] }]],
  }),
  directUserAssignments: z.optional(z.boolean()).register(z.docs, {
    description: 'false: permission sets are assigned to groups only, never to a user directly.',
  }),
  maxSessionDuration: z.optional(z.array(maxSessionDuration)).register(z.docs, {
    description: 'The longest sessions, by account.',
    examples: [[{ accounts: ['production'], duration: '4h' }]],
  }),
});

export const rulesReferences: readonly Reference[] = [
  { at: ['deny', '*', 'users', '*'], to: 'user', mayBePattern: true },
  { at: ['deny', '*', 'groups', '*'], to: 'group', mayBePattern: true },
  { at: ['deny', '*', 'permissionSets', '*'], to: 'permission-set', mayBePattern: true },
  { at: ['deny', '*', 'accounts', '*'], to: 'account', mayBePattern: true },
  { at: ['maxSessionDuration', '*', 'accounts', '*'], to: 'account', mayBePattern: true },
];

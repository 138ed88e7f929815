import * as z from '../core/zod.ts';
import { mapRule } from '../kinds/map-rule.ts';
import { sessionDuration } from '../kinds/permission-set-entry.ts';

const names = (what: string, ...examples: string[][]) =>
  z
    .array(z.string().min(1))
    .min(1)
    .meta({ description: `${what}; * stands for any text.`, examples });

const deny = z
  .strictObject({
    users: names('User names', ['ext-*']).optional(),
    groups: names('Names of groups, whose members are meant', ['contractors']).optional(),
    permissionSets: names('Names of permission sets; absent: any', ['AdministratorAccess']).optional(),
    accounts: names('Names of accounts, or quoted ids; absent: any', ['production']).optional(),
  })
  .refine((entry) => Object.keys(entry).length > 0, mapRule('says nothing, and so would deny everything'))
  .meta({
    description:
      'Who may not hold which permission sets in which accounts, by whatever way. Where neither users nor groups are named, everyone.',
  });

const maxSessionDuration = z
  .strictObject({
    accounts: names('Names of accounts, or quoted ids', ['production']),
    duration: sessionDuration.meta({ description: 'The longest session: 1h to 12h.', examples: ['4h'] }),
  })
  .meta({ description: 'No permission set that is assigned in one of the accounts has longer sessions.' });

/** The section `rules`. */
export const rules = z.strictObject({
  deny: z
    .array(deny)
    .optional()
    .meta({
      description: 'Access that nobody may hold.',
      examples: [[{ groups: ['contractors'], accounts: ['production'] }]],
    }),
  directUserAssignments: z
    .boolean()
    .optional()
    .meta({ description: 'false: permission sets are assigned to groups only, never to a user directly.' }),
  maxSessionDuration: z
    .array(maxSessionDuration)
    .optional()
    .meta({
      description: 'The longest sessions, by account.',
      examples: [[{ accounts: ['production'], duration: '4h' }]],
    }),
});

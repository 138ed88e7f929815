import type { Reference } from '../../core/section.ts';
import * as z from '../../core/zod.ts';
import { mapRule } from '../../kinds/shared/map-rule.ts';
import { sessionDuration } from '../../kinds/permission-set/schema.ts';

const names = (what: string, ...examples: string[][]) =>
  z
    .array(z.text(z.minLength(1)))
    .check(z.minLength(1))
    .register(z.docs, { description: `${what}; * stands for any text.`, examples });

const administrators = z.optional(z.literal(true)).register(z.docs, {
  description:
    'true: every permission set that makes its holder an administrator of the account, whatever its name, also under a condition; beside permissionSets, those too.',
});

const deny = z
  .strictObject({
    users: z.optional(names('User names', ['ext-*'])),
    groups: z.optional(names('Names of groups, whose members are meant', ['contractors'])),
    permissionSets: z.optional(names('Names of permission sets', ['Developer'])),
    administrators,
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

/** Which access is meant. */
const access = {
  permissionSets: z.optional(names('Names of permission sets; absent: any', ['AdministratorAccess'])),
  administrators,
  accounts: z.optional(names('Names of accounts, or quoted ids; absent: any', ['production'])),
};

/** A whole number of days, such as 90d. */
const days = () => z.text(z.regex(/^[1-9]\d{0,3}d$/, 'is not a number of days such as 90d'));

const requireReason = z.strictObject(access).register(z.docs, {
  description: 'Entries that give such access say why: each has a reason or a ticket.',
});

const requireExpiry = z
  .strictObject({
    ...access,
    within: z
      .optional(days())
      .register(z.docs, { description: 'How far away the end may be; absent: any time.', examples: ['90d'] }),
  })
  .register(z.docs, { description: 'Such access is given for a time only.' });

const maxReviewAge = z
  .strictObject({
    ...access,
    age: days().register(z.docs, { description: 'How old a review may be.', examples: ['180d'] }),
  })
  .register(z.docs, { description: 'Entries that give such access have been reviewed since: see `reviewed`.' });

const exclusive = z
  .strictObject({
    permissionSets: z
      .array(z.text(z.minLength(1)))
      .check(z.minLength(2))
      .register(z.docs, {
        description: 'Names of permission sets, two at least; * stands for any text.',
        examples: [['Deployer', 'Auditor']],
      }),
    in: z.enum(['account', 'anywhere']).register(z.docs, {
      description: 'account: not two of them in one account; anywhere: not one here and another there.',
    }),
  })
  .register(z.docs, { description: 'No one holds two of these permission sets.' });

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
  requireReason: z.optional(z.array(requireReason)).register(z.docs, {
    description: 'Access that is added or extended only with a reason or a ticket.',
    examples: [[{ accounts: ['production'] }]],
  }),
  requireExpiry: z.optional(z.array(requireExpiry)).register(z.docs, {
    description: 'Access that is added or extended only for a time.',
    examples: [[{ administrators: true, within: '90d' }]],
  }),
  maxReviewAge: z.optional(z.array(maxReviewAge)).register(z.docs, {
    description: 'Access that is added or extended only by an entry that was reviewed lately.',
    examples: [[{ accounts: ['production'], age: '180d' }]],
  }),
  exclusive: z.optional(z.array(exclusive)).register(z.docs, {
    description: 'Permission sets that no one comes to hold together.',
    examples: [[{ permissionSets: ['Deployer', 'Auditor'], in: 'account' }]],
  }),
});

export const rulesReferences: readonly Reference[] = [
  { at: ['deny', '*', 'users', '*'], to: 'user', mayBePattern: true },
  { at: ['deny', '*', 'groups', '*'], to: 'group', mayBePattern: true },
  { at: ['deny', '*', 'permissionSets', '*'], to: 'permission-set', mayBePattern: true },
  { at: ['deny', '*', 'accounts', '*'], to: 'account', mayBePattern: true },
  { at: ['maxSessionDuration', '*', 'accounts', '*'], to: 'account', mayBePattern: true },
  ...['requireReason', 'requireExpiry', 'maxReviewAge'].flatMap((rule): Reference[] => [
    { at: [rule, '*', 'permissionSets', '*'], to: 'permission-set', mayBePattern: true },
    { at: [rule, '*', 'accounts', '*'], to: 'account', mayBePattern: true },
  ]),
  { at: ['exclusive', '*', 'permissionSets', '*'], to: 'permission-set', mayBePattern: true },
];

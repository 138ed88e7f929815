import { isCalendarDate } from '../../core/expiry.ts';
import type { Reference } from '../../core/section.ts';
import * as z from '../../core/zod.ts';

const allow = z
  .strictObject({
    removals: z
      .int()
      .check(z.minimum(1))
      .register(z.docs, { description: 'The most that may go of any kind, and the most people who lose a grant.' }),
    until: z
      .text(
        z.regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a calendar date such as 2027-01-31'),
        z.refine(isCalendarDate, 'is not a calendar date such as 2027-01-31'),
      )
      .register(z.docs, {
        description: 'A calendar date; valid through the end of that day in UTC.',
        examples: ['2027-01-31'],
      }),
  })
  .register(z.docs, { title: 'Allowance', description: 'Lets one large change through, and expires by itself.' });

/** The section `safety`. */
export const safety = z
  .strictObject({
    maxRemovals: z
      .optional(
        z.union(
          [
            z.int().check(z.minimum(0)),
            z.text(z.regex(/^(100|\d{1,2})%$/, 'is neither a number nor a share such as 25%')),
          ],
          {
            error: 'is neither a whole number nor a share such as 25%',
          },
        ),
      )
      .register(z.docs, {
        description:
          'The most that one plan may remove of any kind, or of the people who hold a grant: a number or a share. Default: the larger of 3 and 25%.',
        examples: ['25%', 10],
      }),
    allow: z.optional(allow).register(z.docs, {
      description:
        'Lets one large change through the limit of removals, and expires by itself: a plan says so while it is in force, and when it can be taken out. It never lowers the limit.',
      examples: [{ removals: 40, until: '2027-01-31' }],
    }),
    protected: z
      .optional(
        z.array(
          z.strictObject({
            user: z.string().register(z.docs, { description: 'A user name.' }),
            account: z.string().register(z.docs, { description: 'A name from `accounts`, or a quoted 12-digit id.' }),
            permissionSet: z.string().register(z.docs, { description: 'The name of a permission set.' }),
          }),
        ),
      )
      .register(z.docs, {
        description: 'Access that must exist after every plan.',
        examples: [[{ user: 'hanako', account: 'production', permissionSet: 'AdministratorAccess' }]],
      }),
  })
  .register(z.docs, { description: 'What a plan may never do.' });

export const safetyReferences: readonly Reference[] = [
  { at: ['protected', '*', 'user'], to: 'user' },
  { at: ['protected', '*', 'account'], to: 'account' },
  { at: ['protected', '*', 'permissionSet'], to: 'permission-set' },
];

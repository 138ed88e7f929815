import * as z from '../../core/zod.ts';
import { accountCriteria, hasCriterion } from '../../kinds/account-assignment/target-schema.ts';
import { mapRule } from '../../kinds/shared/map-rule.ts';

const path = z.text(z.minLength(1)).register(z.docs, {
  description:
    'A file, or a pattern: * stands for any text within a name, ** for any folders. Relative to this file, and inside its folder.',
  examples: ['teams/*.yaml'],
});

const names = (what: string, ...examples: string[][]) =>
  z.array(z.text(z.minLength(1))).register(z.docs, { description: `${what}; * stands for any text.`, examples });

const scope = z
  .strictObject({
    ...accountCriteria,
    permissionSets: names('Names of the permission sets that the files may define and grant', ['Data*']),
    groups: z.optional(names('Names of the groups that the files may define; absent: none', ['data-*'])),
  })
  .check(
    z.refine(hasCriterion, mapRule('does not say in which accounts: by accounts, organizationalUnits or accountTags')),
  )
  .register(z.docs, {
    description:
      'What the files may do: grant these permission sets in accounts that fit any of accounts, organizationalUnits and accountTags.',
    anyOf: ['accounts', 'organizationalUnits', 'accountTags'].map((key) => ({ required: [key] })),
  });

const file = z.strictObject({ file: path, scope: z.optional(scope) });

/** The section `include`. */
export const include = z.array(z.union([path, file]));

/** What an entry of `include` allows its files. */
export type Scope = z.infer<typeof scope>;

import * as z from 'zod';
import { ANSWER_FORMAT_VERSION, type AccessAnswer, type AccessComparison } from '../core/access-answer.ts';
import { place } from './place.ts';
import { changedHands, heldImpact, power } from './plan-access.ts';
import { end } from './plan-findings.ts';
import { planSchema, type Fits, type Holds, versionOf } from './plan.ts';

const text = (description: string) => z.string().meta({ description });
const names = (description: string) => z.array(z.string()).meta({ description });

const origin = (description: string) =>
  z
    .strictObject({
      address: text('The address of the assignment or the membership.').meta({
        examples: ['membership/platform/taro'],
      }),
      status: z.enum(['declared', 'expired', 'undeclared', 'unmanaged']).exactOptional().meta({
        description:
          'declared: the file grants it. expired: the file granted it until it expired. undeclared: the file does not grant it, so the next apply removes it. unmanaged: the file does not manage it. Absent without a file.',
      }),
      until: end.exactOptional(),
      places: z.array(place).meta({ description: 'Where the file asks for it, or did.' }),
    })
    .meta({ description });

const way = z
  .strictObject({
    via: text('The group; absent for a direct assignment.').exactOptional(),
    assignment: origin('The assignment.'),
    membership: origin('The membership of the person in the group.').exactOptional(),
  })
  .meta({ description: 'One way in which a user holds access.' });

const holding = z
  .strictObject({
    user: text('The user name.'),
    isDisabled: z
      .boolean()
      .meta({ description: 'True for a person who cannot sign in, and may be enabled at any time.' }),
    account: text('The 12-digit id of the account.'),
    permissionSet: text('The name of the permission set.'),
    power,
    ways: z.array(way),
  })
  .meta({ description: 'What one person holds: one permission set in one account.' });

export const source = (description: string) =>
  z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('live') }),
      z.strictObject({ type: z.literal('snapshot'), takenAt: z.iso.datetime() }),
      z.strictObject({ type: z.literal('file'), file: text('Path of the file.') }),
    ])
    .meta({ description });

const answer = {
  formatVersion: versionOf(ANSWER_FORMAT_VERSION),
  question: z
    .strictObject({
      users: names('User names, in small letters.').exactOptional(),
      groups: names('Names of groups.').exactOptional(),
      permissionSets: names('Names of permission sets.').exactOptional(),
      accounts: names('12-digit ids.').exactOptional(),
      administrators: z
        .literal(true)
        .exactOptional()
        .meta({ description: 'Only permission sets that make their holders administrators.' }),
    })
    .meta({ description: 'What was asked about; of what is absent, everything.' }),
  source: source('What the answer was made from.'),
  accounts: planSchema.shape.accounts.meta({
    description: 'The names of the accounts that the answer speaks of, by 12-digit id.',
  }),
};

const accessAnswer = z
  .strictObject({
    ...answer,
    holdings: z.array(holding).meta({ description: 'Who holds what.' }),
    accountAccess: z
      .union([
        z.strictObject({
          entitlements: z.array(
            z.strictObject({
              user: text('The user name; absent for a group.').exactOptional(),
              group: text('The name of the group; absent for a user.').exactOptional(),
              account: text('The 12-digit id of the account.'),
              roleArn: text('The role. What it allows is not known.'),
            }),
          ),
        }),
        z.strictObject({ unknown: text('Why it is not known.') }),
      ])
      .exactOptional()
      .meta({ description: 'Roles that account access manager gives beside permission sets.' }),
  })
  .meta({ title: 'Who holds what' });

const comparison = z
  .strictObject({
    ...answer,
    ...heldImpact.shape,
    changedHands,
    comparedWith: source('The later side; absent with --without-group.').exactOptional(),
    withoutGroups: names('The groups without which it would be so.').exactOptional(),
    disabledUsers: names('Of the people in it, those who cannot sign in.'),
  })
  .meta({ title: 'Who gains and loses what' });

/** Do not compile where a schema and its type differ: the types in core are the source. */
export type AccessSchemaFits = [
  Holds<Fits<z.infer<typeof accessAnswer>, AccessAnswer>>,
  Holds<Fits<AccessAnswer, z.infer<typeof accessAnswer>>>,
  Holds<Fits<z.infer<typeof comparison>, AccessComparison>>,
  Holds<Fits<AccessComparison, z.infer<typeof comparison>>>,
];

const schema = z.union([accessAnswer, comparison]).meta({
  title: 'Answer of Identity Center as Code',
  description: 'What `idc access --format json` prints.',
});

export function accessJsonSchema(): unknown {
  return z.toJSONSchema(schema, { target: 'draft-07' });
}

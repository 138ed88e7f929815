import * as z from 'zod';
import { ANSWER_FORMAT_VERSION, type AccessAnswer, type AccessComparison } from '../core/access-answer.ts';
import { place } from './place.ts';
import { changedHands, heldImpact, power } from './plan-access.ts';
import { end } from './plan-findings.ts';
import { planSchema, type Fits, type Holds, versionOf } from './plan.ts';

const text = (description: string) => z.string().meta({ description });
const names = (description: string) => z.array(z.string()).meta({ description });

const entryPlace = place
  .extend({
    reason: text('Why the access is needed, by the entry.').exactOptional(),
    ticket: text('Where it was asked for.').exactOptional(),
    reviewed: text('The day on which an owner last said that it is still needed.').exactOptional(),
  })
  .meta({ description: 'A place in the file, and what its entry says of why; line and column count from 1.' });

const origin = {
  status: z.enum(['declared', 'expired', 'undeclared', 'unmanaged']).exactOptional().meta({
    description:
      'declared: the file grants it. expired: the file granted it until it expired. undeclared: the file does not grant it, so the next apply removes it. unmanaged: the file does not manage it. Absent without a file.',
  }),
  until: end.exactOptional(),
  places: z.array(entryPlace).meta({ description: 'Where the file asks for it, or did.' }),
};

/** Why a permission set has its power, as the members of an object. */
export const powerCause = {
  by: names(
    'What in it makes its holders administrators or raises their own rights, without a condition: actions, some with where they apply; * for everything, ! before what it excepts.',
  ).exactOptional(),
  conditions: names(
    'Under a condition it also makes them administrators: the keys of the conditions, as far as they are known.',
  ).exactOptional(),
  unknown: names('Its policies of unknown content.').exactOptional(),
  allowsNothing: z.literal(true).exactOptional().meta({ description: 'It allows not one action.' }),
};

const grant = z
  .strictObject({
    permissionSet: text('The name of the permission set.'),
    power,
    cause: z
      .strictObject(powerCause)
      .exactOptional()
      .meta({ description: 'Why it has that power. Absent where there is nothing to say.' }),
    allows: z.enum(['certain', 'by-raising', 'in-part', 'unknown']).exactOptional().meta({
      description:
        'Where actions were asked about, how far the permission set leads to one of them, by the surest of its ways. certain: allowed at every resource, without a condition. by-raising: its holders can raise their own rights and may give it to themselves. in-part: at some resources or under a condition, also one on what raises rights. unknown: a policy of unknown content can allow or deny it.',
    }),
    accounts: names('12-digit ids.'),
    groups: names('The groups that it is assigned to.'),
    users: names('User names: whom it is assigned to directly.'),
    members: names(
      'Of the one group, the members whom the answer is about. Absent where it is about all that `groups` has.',
    ).exactOptional(),
    ...origin,
  })
  .meta({ description: 'Assignments that are the same for all of these accounts, groups and users.' });

const group = z
  .strictObject({
    name: text('The name of the group.'),
    id: text('Its id in the identity store. Absent where only the file was read.').exactOptional(),
    members: z
      .array(z.strictObject({ users: names('User names.'), ...origin }))
      .meta({ description: 'The members whom the answer is about, those with the same origin together.' }),
  })
  .meta({ description: 'A group that a grant names.' });

const person = z
  .strictObject({
    name: text('The user name.'),
    id: text('The id in the identity store. Absent where only the file was read.').exactOptional(),
    displayName: text('The display name.'),
    email: text('The e-mail address.').exactOptional(),
    isDisabled: z
      .literal(true)
      .exactOptional()
      .meta({ description: 'A person who cannot sign in, and may be enabled at any time.' }),
  })
  .meta({ description: 'A person who holds access.' });

const set = z
  .strictObject({
    name: text('The name of the permission set.'),
    id: text('Its ARN. Absent where only the file was read.').exactOptional(),
    description: text('Its description.').exactOptional(),
    raises: names(
      'What in it raises the rights of its holder in a member account: actions; * for everything, ! before what it excepts.',
    ),
    actions: z
      .strictObject({ everywhere: z.int(), inPart: z.int() })
      .meta({ description: 'How many actions it allows at every resource without a condition, and how many in part.' }),
    unknown: names('Its policies of unknown content.'),
  })
  .meta({ description: 'A permission set that a grant names.' });

const parts = (description: string) => z.strictObject({ grants: z.int(), memberships: z.int() }).meta({ description });

const strongest = {
  administrators: names('User names of those who administer an account.'),
  raisers: names('User names of those who administer none and can raise their rights in one.'),
  conditional: names('User names of those who administer none for certain, and one under a condition.'),
  perhaps: names('User names of those who administer none otherwise, and may by policies of unknown content.'),
};

const summary = z
  .strictObject({
    people: z.int().meta({ description: 'People who hold access, also those who cannot sign in.' }),
    accounts: z.int().meta({ description: 'Accounts in which anyone holds access.' }),
    permissionSets: z.int(),
    assignments: z.int(),
    ...strongest,
    management: z.strictObject(strongest).exactOptional().meta({ description: 'The same of the management account.' }),
    production: z
      .strictObject({
        accounts: z.int(),
        writers: names('User names of those who can write there, or more.'),
        mayWrite: names('User names of those who may, by policies of unknown content alone.'),
      })
      .exactOptional()
      .meta({ description: 'Of the accounts that the file declares as production.' }),
    productionUnknown: text('Why the accounts of production are not known.').exactOptional(),
    direct: z.int().meta({ description: 'Grants to people directly, without a group.' }),
    ending: parts('Grants and memberships that end within 30 days.'),
    expired: parts('Grants and memberships that expired and are still live.'),
    undeclared: z.int().meta({ description: 'Grants that the file does not have: the next apply removes them.' }),
    unmanaged: z.int().meta({ description: 'Grants that the file leaves alone.' }),
    disabled: names('User names of those who hold access and cannot sign in.'),
    unknown: z
      .array(z.strictObject({ policy: text('Its name.'), permissionSets: names('Names of permission sets.') }))
      .meta({ description: 'Policies of unknown content, and the permission sets that have them.' }),
  })
  .meta({ description: 'What to know first. People who cannot sign in count only where it says so.' });

export const source = (description: string) =>
  z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('live') }),
      z.strictObject({ type: z.literal('snapshot'), takenAt: z.iso.datetime() }),
      z.strictObject({ type: z.literal('file'), file: text('Path of the file.') }),
    ])
    .meta({ description });

export const question = z
  .strictObject({
    users: names('User names, in small letters.').exactOptional(),
    groups: names('Names of groups.').exactOptional(),
    permissionSets: names('Names of permission sets.').exactOptional(),
    accounts: names('12-digit ids.').exactOptional(),
    accountsBy: z
      .strictObject({
        names: names('Names, ids and patterns.').exactOptional(),
        organizationalUnits: names('Units, by path or id.').exactOptional(),
        accountTags: z.record(z.string(), z.string()).exactOptional().meta({ description: 'Keys and values.' }),
        production: z
          .literal(true)
          .exactOptional()
          .meta({ description: 'Those that the file declares as production.' }),
      })
      .exactOptional()
      .meta({ description: 'How these accounts were asked for: they fit all of it.' }),
    administrators: z
      .literal(true)
      .exactOptional()
      .meta({ description: 'Only permission sets that make their holders administrators.' }),
    actions: names(
      'Only permission sets that allow one of these actions, or let their holders raise their own rights.',
    ).exactOptional(),
    endsBefore: z.iso
      .datetime()
      .exactOptional()
      .meta({ description: 'Only access that ends before this time, or expired.' }),
  })
  .meta({ description: 'What was asked about; of what is absent, everything.' });

const answer = {
  formatVersion: versionOf(ANSWER_FORMAT_VERSION),
  question,
  source: source('What the answer was made from.'),
  accounts: planSchema.shape.accounts.meta({
    description: 'The names of the accounts that the answer speaks of, by 12-digit id.',
  }),
};

const accessAnswer = z
  .strictObject({
    ...answer,
    inSeveralFiles: z
      .literal(true)
      .exactOptional()
      .meta({ description: 'The file includes others, so that the number of a line alone does not name it.' }),
    madeAt: z.iso.datetime().meta({ description: 'When the answer was made, in UTC.' }),
    instanceArn: text('The ARN of the instance. Absent where only the file was read.').exactOptional(),
    managementAccount: text('12-digit id of the management account, where it is known.').exactOptional(),
    production: names('12-digit ids of the accounts that the file declares as production.').exactOptional(),
    summary,
    users: z.array(person),
    groups: z.array(group),
    permissionSets: z.array(set),
    grants: z.array(grant).meta({ description: 'Who holds what, the gravest first.' }),
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

export const heldDetails = {
  disabledUsers: names('Of the people in it, those who cannot sign in.'),
  firstAdministrators: names(
    'Of the new administrators, those who administered no account before. Absent where a plan alone was asked.',
  ).exactOptional(),
  lastAdministrators: names(
    'Of those who no longer administer an account, those who administer none any more. Absent where a plan alone was asked.',
  ).exactOptional(),
  leftWithoutAccess: names(
    'User names of people who are gone, and held no permission set. Absent where a plan alone was asked.',
  ).exactOptional(),
  causes: z
    .array(
      z.strictObject({
        permissionSet: text('The name of the permission set.'),
        side: z.enum(['gained', 'lost']),
        ...powerCause,
      }),
    )
    .meta({ description: 'Why permission sets that are gained or lost have the power that they have.' }),
  raises: z
    .array(
      z.strictObject({
        permissionSet: text('The name of the permission set.'),
        side: z.enum(['gained', 'lost']).meta({ description: 'gained: people newly can. lost: they no longer can.' }),
        by: names('The actions, some with where they apply, the gravest first.'),
      }),
    )
    .meta({
      description:
        'Of the edited permission sets, those by which people newly can raise their own rights, or no longer can. Of a plan alone, only those by which they newly can.',
    }),
};

const comparison = z
  .strictObject({
    ...answer,
    ...heldImpact.shape,
    ...heldDetails,
    changedHands,
    comparedWith: source('The later side; absent with --without-group.').exactOptional(),
    withoutGroups: names('The groups without which it would be so.').exactOptional(),
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

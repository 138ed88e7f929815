import { isCalendarDate } from '../../core/expiry.ts';
import * as z from '../../core/zod.ts';
import { accessControlEntry } from '../../kinds/access-control-attributes/schema.ts';
import { applicationAssignmentEntry } from '../../kinds/application-assignment/schema.ts';
import { assignmentEntry } from '../../kinds/account-assignment/schema.ts';
import { region } from '../../kinds/shared/cli-settings.ts';
import { groupEntry, groupName } from '../../kinds/group/schema.ts';
import { mapRule } from '../../kinds/shared/map-rule.ts';
import { permissionSetEntry, permissionSetName } from '../../kinds/permission-set/schema.ts';
import { externalUserEntry, userEntry, userName } from '../../kinds/user/schema.ts';
import { cliSection } from './cli-section.ts';
import { include } from './include-section.ts';
import { rules } from './rules.ts';

export const accountId = z
  .text(z.regex(/^\d{12}$/, 'is not a 12-digit account id'))
  .register(z.docs, { description: 'The 12-digit id, in quotes.', examples: ['111122223333'] });

const pattern = z.text(z.minLength(1));
const patterns = (what: string, ...examples: string[][]) =>
  z.optional(z.array(pattern)).register(z.docs, { description: `${what}; * stands for any text.`, examples });

const identityCenter = z
  .strictObject({
    region: z.optional(region).register(z.docs, {
      description: 'The home region of the organization instance. Every other region answers as if there were none.',
      examples: ['us-east-1'],
    }),
    instanceArn: z
      .optional(
        z.text(
          z.regex(/^arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/, 'is no instance ARN'),
        ),
      )
      .register(z.docs, {
        description: 'Pins the instance: a plan for any other is refused, and removals need the pin.',
      }),
    directory: z.withDefault(z.enum(['identity-center', 'external']), 'identity-center').register(z.docs, {
      description: 'external: users and groups come from an identity provider and are only referred to.',
    }),
  })
  .register(z.docs, { description: 'Which Identity Center this file is for.' });

const ignore = z
  .strictObject({
    users: patterns('User names', ['svc-*']),
    groups: patterns('Group names', ['AWS*']),
    permissionSets: patterns('Names of permission sets', ['AWS*']),
    accounts: patterns('Names of accounts, or quoted ids', ['sandbox-*']),
    applications: patterns('Names of applications', ['Amazon*']),
    assignments: z
      .optional(
        z.array(
          z
            .strictObject({
              user: z.optional(pattern).register(z.docs, { description: 'A user name or a pattern.' }),
              group: z.optional(pattern).register(z.docs, { description: 'A group name or a pattern.' }),
              permissionSet: z
                .optional(pattern)
                .register(z.docs, { description: 'The name of a permission set, or a pattern.' }),
              account: z
                .optional(pattern)
                .register(z.docs, { description: 'The name or the id of an account, or a pattern.' }),
            })
            .check(
              z.refine(
                (entry) => Object.keys(entry).length > 0,
                mapRule('says nothing, and so would ignore every assignment'),
              ),
            ),
        ),
      )
      .register(z.docs, { description: 'An assignment is ignored where all that an entry names matches.' }),
  })
  .register(z.docs, { description: 'Live things that this file says nothing about; * stands for any text.' });

const allow = z
  .strictObject({
    removals: z
      .int()
      .check(z.minimum(1))
      .register(z.docs, { description: 'The most that may go of any kind, and the most people who lose a grant.' }),
    until: z
      .text(
        z.regex(/^\d{4}-\d{2}-\d{2}$/, 'is no calendar date such as 2027-01-31'),
        z.refine(isCalendarDate, 'is no calendar date such as 2027-01-31'),
      )
      .register(z.docs, {
        description: 'A calendar date; valid through the end of that day in UTC.',
        examples: ['2027-01-31'],
      }),
  })
  .register(z.docs, { title: 'Allowance', description: 'Lets one large change through, and expires by itself.' });

const safety = z
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

/** identity.yaml, with every default stated once. */
export const identityDocument = z
  .strictObject({
    version: z.literal(1).register(z.docs, { description: 'The version of this file format.' }),
    include: z.optional(include).register(z.docs, {
      description:
        'Other files whose groups, permission sets and assignments are read into this one. A saved plan has them put together, and reads none again.',
      examples: [['teams/*.yaml']],
    }),
    identityCenter: z
      .prefault(identityCenter, {})
      .register(z.docs, { description: 'Which Identity Center this file is for.' }),
    cli: z.prefault(cliSection, {}).register(z.docs, { description: 'What the AWS CLI profiles of all users share.' }),
    accounts: z
      .optional(z.record(z.text(z.minLength(1)), accountId))
      .register(z.docs, { description: "Names for account ids. Without it, Organizations' own names serve." }),
    users: z
      .optional(z.record(userName, userEntry))
      .register(z.docs, { description: 'By user name. Absent: users are not managed.' }),
    groups: z
      .optional(z.record(groupName, groupEntry))
      .register(z.docs, { description: 'By name. Absent: groups are not managed.' }),
    permissionSets: z
      .optional(z.record(permissionSetName, permissionSetEntry))
      .register(z.docs, { description: 'By name. Absent: permission sets are not managed.' }),
    assignments: z
      .optional(z.array(assignmentEntry))
      .register(z.docs, { description: 'Who may do what where. Absent: assignments are not managed.' }),
    applicationAssignments: z.optional(z.array(applicationAssignmentEntry)).register(z.docs, {
      description: 'Who may use which application. Absent: application assignments are not managed.',
    }),
    accessControlAttributes: z.optional(accessControlEntry),
    ignore: z.prefault(ignore, {}).register(z.docs, { description: 'Live things that this file says nothing about.' }),
    safety: z.prefault(safety, {}).register(z.docs, { description: 'What a plan may never do.' }),
    rules: z.optional(rules).register(z.docs, {
      description:
        'What must hold after every plan, of all access that people have: also of what is live and not in this file.',
    }),
  })
  .register(z.docs, { title: 'Identity Center as Code', description: 'Who may do what in which AWS account.' });

/**
 * The same file where an identity provider owns the directory: users and groups can only be referred to. Made when it is
 * asked for, since most runs don't need it.
 */
export const externalDocument = () =>
  z.extend(identityDocument, {
    users: z
      .optional(z.record(userName, externalUserEntry))
      .register(z.docs, { description: 'Only what their profiles need.' }),
    groups: z
      .optional(z.record(groupName, z.strictObject({ description: groupEntry.shape.description })))
      .register(z.docs, {
        description: 'Groups of the identity provider; the description is for readers of this file.',
      }),
  });

/** The checked file. */
export type IdentityDocument = z.infer<typeof identityDocument> | z.infer<ReturnType<typeof externalDocument>>;

import { isCalendarDate } from '../core/expiry.ts';
import * as z from '../core/zod.ts';
import { assignmentEntry } from '../kinds/assignment-entry.ts';
import { output, profilePreferences, region } from '../kinds/cli-settings.ts';
import { groupEntry, groupName } from '../kinds/group-entry.ts';
import { mapRule } from '../kinds/map-rule.ts';
import { permissionSetEntry, permissionSetName } from '../kinds/permission-set-entry.ts';
import { externalUserEntry, userEntry, userName } from '../kinds/user-entry.ts';
import { rules } from './rules.ts';

export const accountId = z
  .string()
  .regex(/^\d{12}$/, 'is not a 12-digit account id')
  .meta({ description: 'The 12-digit id, in quotes.', examples: ['111122223333'] });

const pattern = z.string().min(1);
const patterns = (what: string, ...examples: string[][]) =>
  z
    .array(pattern)
    .optional()
    .meta({ description: `${what}; * stands for any text.`, examples });

const identityCenter = z
  .strictObject({
    region: region.optional().meta({
      description: 'The home region of the organization instance. Every other region answers as if there were none.',
      examples: ['us-east-1'],
    }),
    instanceArn: z
      .string()
      .regex(/^arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/, 'is no instance ARN')
      .optional()
      .meta({ description: 'Pins the instance: a plan for any other is refused, and removals need the pin.' }),
    directory: z
      .enum(['identity-center', 'external'])
      .default('identity-center')
      .meta({ description: 'external: users and groups come from an identity provider and are only referred to.' }),
  })
  .meta({ description: 'Which Identity Center this file is for.' });

const cli = z
  .strictObject({
    sessionName: z
      .string()
      .regex(/^[A-Za-z0-9_.@:/+%-]+$/, 'has a character that the AWS CLI or an SDK cannot read in a section name')
      .default('identity-center')
      .meta({ description: 'The name of the [sso-session].', examples: ['my-sso'] }),
    startUrl: z
      .string()
      // Without TLS only where it doesn't leave the machine, as idc emulator's doesn't.
      .regex(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\/)[^\s#;]+$/, 'is no https URL')
      .optional()
      .meta({ description: "The access portal's URL. Default: the one that AWS gives every identity store." }),
    registrationScopes: z
      .array(z.string().regex(/^[\w:.-]+$/, 'is no scope such as sso:account:access'))
      .min(1)
      .default(['sso:account:access'])
      .meta({ description: 'What the CLI asks for when it signs in.' }),
    region: region.optional().meta({
      description: 'The region of every profile for which no user, permission set or account says another.',
      examples: ['ap-northeast-1'],
    }),
    output: output.optional().meta({
      description:
        "The AWS CLI's output format in every profile for which no user, permission set or account says another.",
    }),
    permissionSets: z
      .record(permissionSetName, z.strictObject(profilePreferences))
      .optional()
      .meta({
        description:
          'By name: another region or output for the profiles of a permission set. It wins over the account, and a user over both.',
        examples: [{ Billing: { region: 'us-east-1', output: 'json' } }],
      }),
    accounts: z
      .record(z.string().min(1), z.strictObject(profilePreferences))
      .optional()
      .meta({
        description:
          'By a name from `accounts` or a quoted id: another region or output for the profiles in an account. A permission set and a user win over it.',
        examples: [{ production: { region: 'eu-central-1' } }],
      }),
    profileName: z
      .string()
      .min(1)
      .regex(
        /^([A-Za-z0-9_.@:/+%-]|\{(permissionSet|accountId|account)\})+$/,
        'has an unknown {part} or a character that profile names cannot have',
      )
      .default('{permissionSet}-{accountId}')
      .meta({ description: 'Made of {permissionSet}, {accountId} and {account}. The default is the AWS CLI’s own.' }),
  })
  .meta({ description: 'What the AWS CLI profiles of all users share.' });

const ignore = z
  .strictObject({
    users: patterns('User names', ['svc-*']),
    groups: patterns('Group names', ['AWS*']),
    permissionSets: patterns('Names of permission sets', ['AWS*']),
    accounts: patterns('Names of accounts, or quoted ids', ['sandbox-*']),
    assignments: z
      .array(
        z
          .strictObject({
            user: pattern.optional().meta({ description: 'A user name or a pattern.' }),
            group: pattern.optional().meta({ description: 'A group name or a pattern.' }),
            permissionSet: pattern.optional().meta({ description: 'The name of a permission set, or a pattern.' }),
            account: pattern.optional().meta({ description: 'The name or the id of an account, or a pattern.' }),
          })
          .refine(
            (entry) => Object.keys(entry).length > 0,
            mapRule('says nothing, and so would ignore every assignment'),
          ),
      )
      .optional()
      .meta({ description: 'An assignment is ignored where all that an entry names matches.' }),
  })
  .meta({ description: 'Live things that this file says nothing about; * stands for any text.' });

const allow = z
  .strictObject({
    removals: z
      .int()
      .min(1)
      .meta({ description: 'The most that may go of any kind, and the most people who lose a grant.' }),
    until: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, 'is no calendar date such as 2027-01-31')
      .refine(isCalendarDate, 'is no calendar date such as 2027-01-31')
      .meta({ description: 'A calendar date; valid through the end of that day in UTC.', examples: ['2027-01-31'] }),
  })
  .meta({ title: 'Allowance', description: 'Lets one large change through, and expires by itself.' });

const safety = z
  .strictObject({
    maxRemovals: z
      .union([z.int().min(0), z.string().regex(/^(100|\d{1,2})%$/, 'is neither a number nor a share such as 25%')], {
        error: 'is neither a whole number nor a share such as 25%',
      })
      .optional()
      .meta({
        description:
          'The most that one plan may remove of any kind, or of the people who hold a grant: a number or a share. Default: the larger of 3 and 25%.',
        examples: ['25%', 10],
      }),
    allow: allow.optional().meta({
      description:
        'Lets one large change through the limit of removals, and expires by itself: a plan says so while it is in force, and when it can be taken out. It never lowers the limit.',
      examples: [{ removals: 40, until: '2027-01-31' }],
    }),
    protected: z
      .array(
        z.strictObject({
          user: z.string().meta({ description: 'A user name.' }),
          account: z.string().meta({ description: 'A name from `accounts`, or a quoted 12-digit id.' }),
          permissionSet: z.string().meta({ description: 'The name of a permission set.' }),
        }),
      )
      .optional()
      .meta({
        description: 'Access that must exist after every plan.',
        examples: [[{ user: 'hanako', account: 'production', permissionSet: 'AdministratorAccess' }]],
      }),
  })
  .meta({ description: 'What a plan may never do.' });

/** identity.yaml, with every default stated once. */
export const identityDocument = z
  .strictObject({
    version: z.literal(1).meta({ description: 'The version of this file format.' }),
    identityCenter: identityCenter.prefault({}).meta({ description: 'Which Identity Center this file is for.' }),
    cli: cli.prefault({}).meta({ description: 'What the AWS CLI profiles of all users share.' }),
    accounts: z
      .record(z.string().min(1), accountId)
      .optional()
      .meta({ description: "Names for account ids. Without it, Organizations' own names serve." }),
    users: z
      .record(userName, userEntry)
      .optional()
      .meta({ description: 'By user name. Absent: users are not managed.' }),
    groups: z
      .record(groupName, groupEntry)
      .optional()
      .meta({ description: 'By name. Absent: groups are not managed.' }),
    permissionSets: z
      .record(permissionSetName, permissionSetEntry)
      .optional()
      .meta({ description: 'By name. Absent: permission sets are not managed.' }),
    assignments: z
      .array(assignmentEntry)
      .optional()
      .meta({ description: 'Who may do what where. Absent: assignments are not managed.' }),
    ignore: ignore.prefault({}).meta({ description: 'Live things that this file says nothing about.' }),
    safety: safety.prefault({}).meta({ description: 'What a plan may never do.' }),
    rules: rules.optional().meta({
      description:
        'What must hold after every plan, of all access that people have: also of what is live and not in this file.',
    }),
  })
  .meta({ title: 'Identity Center as Code', description: 'Who may do what in which AWS account.' });

/**
 * The same file where an identity provider owns the directory: users and groups can only be referred to. Made when it is
 * asked for, since most runs don't need it.
 */
export const externalDocument = () =>
  identityDocument.extend({
    users: z.record(userName, externalUserEntry).optional().meta({ description: 'Only what their profiles need.' }),
    groups: z
      .record(groupName, z.strictObject({ description: groupEntry.shape.description }))
      .optional()
      .meta({ description: 'Groups of the identity provider; the description is for readers of this file.' }),
  });

/** The checked file. */
export type IdentityDocument = z.infer<typeof identityDocument> | z.infer<ReturnType<typeof externalDocument>>;

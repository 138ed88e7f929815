import * as z from '../../core/zod.ts';
import type { Section } from '../../core/section.ts';
import { profilePreferences } from '../shared/cli-settings.ts';
import { namePatterns } from '../shared/name-patterns.ts';

// Lengths are those of the Identity Store's API model, and so are the patterns: its letters, marks, symbols, numbers and
// punctuation are all that is neither a separator nor a control, which takes a fifth of the time to prepare.
export const storeText = z.text(
  z.minLength(1),
  z.maxLength(1024),
  z.regex(/^(?:[^\p{Z}\p{C}]|[\t\n\r \u00A0\u3000])+$/u, 'has a character that Identity Center does not take'),
);

// The model reserves these two, for users and for groups.
const reserved = ['administrator', 'awsadministrators'];
export const notReserved = (name: string): boolean => !reserved.includes(name.toLowerCase());
export const reservedMessage = 'is a name that Identity Center keeps for itself';

export const userName = z.text(
  z.minLength(1),
  z.maxLength(128),
  z.regex(/^[^\p{Z}\p{C}]+$/u, 'has a character that a user name cannot have, such as a space'),
  z.refine(notReserved, reservedMessage),
);

export const addressEntry = z.strictObject({
  formatted: z.optional(storeText).register(z.docs, { description: 'The whole address as one text.' }),
  streetAddress: z.optional(storeText).register(z.docs, { description: 'Street and number.' }),
  locality: z.optional(storeText).register(z.docs, { description: 'City or town.' }),
  region: z.optional(storeText).register(z.docs, { description: 'State, province or prefecture.' }),
  postalCode: z
    .optional(storeText)
    .register(z.docs, { description: 'Postal code, in quotes where it is digits only.' }),
  country: z.optional(storeText).register(z.docs, { description: 'Country.' }),
});

export const emailAddress = storeText.check(z.regex(/^[^\s@]+@[^\s@]+$/, 'is not an e-mail address'));

/** E-mail addresses as they are compared: each belongs to one user of an instance, in whatever case it is written. */
export const emailKey = (address: string): string => address.toLowerCase();

/** The attributes that may be left out, which means that the directory has none. */
const optionalAttributes = {
  email: z.optional(emailAddress).register(z.docs, {
    description: "E-mail address. Without it, AWS can't send the person a message to set or reset a password.",
    examples: ['hanako@example.com'],
  }),
  title: z.optional(storeText).register(z.docs, { description: 'Job title.', examples: ['Platform engineer'] }),
  nickName: z.optional(storeText).register(z.docs, { description: 'A casual name.' }),
  userType: z
    .optional(storeText)
    .register(z.docs, { description: 'A word of your own.', examples: ['Employee', 'Contractor'] }),
  locale: z.optional(storeText).register(z.docs, { description: 'Region of the person.', examples: ['ja-JP'] }),
  timezone: z
    .optional(storeText)
    .register(z.docs, { description: 'Time zone of the person.', examples: ['Asia/Tokyo'] }),
  preferredLanguage: z
    .optional(storeText)
    .register(z.docs, { description: 'Language of the person.', examples: ['ja'] }),
  profileUrl: z.optional(storeText).register(z.docs, { description: 'A page about the person.' }),
  phoneNumber: z.optional(storeText).register(z.docs, { description: 'Phone number.', examples: ['+81 3 1234 5678'] }),
  address: z.optional(addressEntry).register(z.docs, { description: 'Postal address.' }),
};

/** null: the directory has none, as where another user of the file has one. */
const enterpriseAttribute = (description: string, example: string) =>
  z.optional(z.nullable(storeText)).register(z.docs, { description, examples: [example] });

/**
 * The enterprise attributes, which SCIM has as well, by the names of the Identity Store. The file came to express them later:
 * they are compared only where it gives at least one user one of them.
 */
export const enterpriseAttributes = {
  department: enterpriseAttribute('Department. null: none.', 'Platform'),
  costCenter: enterpriseAttribute('Cost center. null: none.', 'CC-100'),
  division: enterpriseAttribute('Division. null: none.', 'Technology'),
  employeeNumber: enterpriseAttribute('Employee number, in quotes where it is digits only. null: none.', '1042'),
  organization: enterpriseAttribute('Organization. null: none.', 'Example Corp'),
  manager: enterpriseAttribute('The manager, by whatever your policies call them. null: none.', 'hanako'),
};

const cli = z
  .strictObject({
    default: z
      .optional(
        z.strictObject({
          account: z.string().register(z.docs, { description: 'A name from `accounts`, or a quoted 12-digit id.' }),
          permissionSet: z.string().register(z.docs, { description: 'The name of a permission set.' }),
        }),
      )
      .register(z.docs, {
        description: 'This profile is written as [default] too.',
        examples: [{ account: 'production', permissionSet: 'ReadOnly' }],
      }),
    ...profilePreferences,
  })
  .register(z.docs, {
    description: "The person's AWS CLI profiles; a region or output here wins over all that the top `cli` says.",
  });

/** An entry of `users`: a person in the Identity Center directory. */
export const userEntry = z
  .strictObject({
    givenName: storeText.check(z.meta({ description: 'Given name.', examples: ['Hanako'] })),
    familyName: storeText.check(z.meta({ description: 'Family name.', examples: ['Yamada'] })),
    displayName: z.optional(storeText).register(z.docs, { description: 'Default: given name, a space, family name.' }),
    ...optionalAttributes,
    ...enterpriseAttributes,
    previously: z.optional(z.nullable(userName)).register(z.docs, {
      description:
        'The old user name: the user is renamed and keeps its id. null: this is another person than the one who had the e-mail address.',
    }),
    cli: z.optional(cli).register(z.docs, { description: "The person's AWS CLI profiles." }),
  })
  .register(z.docs, {
    title: 'User',
    description:
      'A person. An attribute that is left out is removed from the directory too; department, costCenter, division, employeeNumber, organization and manager only where at least one user of the file has one of them.',
  });

/** An entry of `users` under an external directory: users are only looked up, so only their profiles can be said. */
export const externalUserEntry = z
  .strictObject({ cli: z.optional(cli).register(z.docs, { description: "The person's AWS CLI profiles." }) })
  .register(z.docs, { title: 'User', description: 'A person of the identity provider, who is only looked up.' });

/** The section `users`. */
export const users = {
  name: 'users',
  noun: ['user', 'users'],
  schema: z
    .optional(z.record(userName, userEntry))
    .register(z.docs, { description: 'By user name. Absent: users are not managed.' }),
  external: z
    .optional(z.record(userName, externalUserEntry))
    .register(z.docs, { description: 'Only what their profiles need.' }),
  declares: 'user',
  references: [
    { at: ['*', 'cli', 'default', 'account'], to: 'account' },
    { at: ['*', 'cli', 'default', 'permissionSet'], to: 'permission-set' },
  ],
  // Which role a person's commands use where they name none.
  preferences: [['cli', 'default']],
  unique: [
    {
      at: ['*', 'email'],
      code: 'duplicate-email',
      what: 'e-mail address',
      keyOf: (text) => (emailAddress.safeParse(text).success ? emailKey(text) : undefined),
      rule: 'Identity Center accepts each address once, ignoring case. Give one of them another address, or none.',
    },
  ],
  checks: [
    {
      at: ['*'],
      code: 'user-without-email',
      severity: 'warning',
      problem: (entry) =>
        Object.hasOwn(Object(entry), 'email')
          ? undefined
          : "has no e-mail address, so AWS can't send them a message to set or reset a password.",
    },
  ],
  ignore: [namePatterns('users', 'user', 'User names', ['svc-*'])],
  snippet: {
    label: 'user',
    description: 'A person who can sign in',
    body: { '${1:name}': { givenName: '${2:Given}', familyName: '${3:Family}', email: '${4:name@example.com}' } },
  },
} as const satisfies Section;

export type UserEntry = z.infer<typeof userEntry>;
export type UserCli = z.infer<typeof cli>;

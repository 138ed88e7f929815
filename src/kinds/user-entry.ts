import * as z from '../core/zod.ts';
import { profilePreferences } from './cli-settings.ts';

// Lengths are those of the Identity Store's API model, and so are the patterns: its letters, marks, symbols, numbers and
// punctuation are all that is neither a separator nor a control, which takes a fifth of the time to prepare.
export const storeText = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^(?:[^\p{Z}\p{C}]|[\t\n\r \u00A0\u3000])+$/u, 'has a character that Identity Center does not take');

// The model reserves these two, for users and for groups.
const reserved = ['administrator', 'awsadministrators'];
export const notReserved = (name: string): boolean => !reserved.includes(name.toLowerCase());
export const reservedMessage = 'is a name that Identity Center keeps for itself';

export const userName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\p{Z}\p{C}]+$/u, 'has a character that a user name cannot have, such as a space')
  .refine(notReserved, reservedMessage);

export const addressEntry = z.strictObject({
  formatted: storeText.optional().meta({ description: 'The whole address as one text.' }),
  streetAddress: storeText.optional().meta({ description: 'Street and number.' }),
  locality: storeText.optional().meta({ description: 'City or town.' }),
  region: storeText.optional().meta({ description: 'State, province or prefecture.' }),
  postalCode: storeText.optional().meta({ description: 'Postal code, in quotes where it is digits only.' }),
  country: storeText.optional().meta({ description: 'Country.' }),
});

/** The attributes that may be left out, which means that the directory has none. */
export const optionalAttributes = {
  email: storeText
    .regex(/^[^\s@]+@[^\s@]+$/, 'is not an e-mail address')
    .optional()
    .meta({
      description: 'E-mail address. Without it the person cannot set a first password.',
      examples: ['hanako@example.com'],
    }),
  title: storeText.optional().meta({ description: 'Job title.', examples: ['Platform engineer'] }),
  nickName: storeText.optional().meta({ description: 'A casual name.' }),
  userType: storeText.optional().meta({ description: 'A word of your own.', examples: ['Employee', 'Contractor'] }),
  locale: storeText.optional().meta({ description: 'Region of the person.', examples: ['ja-JP'] }),
  timezone: storeText.optional().meta({ description: 'Time zone of the person.', examples: ['Asia/Tokyo'] }),
  preferredLanguage: storeText.optional().meta({ description: 'Language of the person.', examples: ['ja'] }),
  profileUrl: storeText.optional().meta({ description: 'A page about the person.' }),
  phoneNumber: storeText.optional().meta({ description: 'Phone number.', examples: ['+81 3 1234 5678'] }),
  address: addressEntry.optional().meta({ description: 'Postal address.' }),
};

const cli = z
  .strictObject({
    default: z
      .strictObject({
        account: z.string().meta({ description: 'A name from `accounts`, or a quoted 12-digit id.' }),
        permissionSet: z.string().meta({ description: 'The name of a permission set.' }),
      })
      .optional()
      .meta({
        description: 'This profile is written as [default] too.',
        examples: [{ account: 'production', permissionSet: 'ReadOnly' }],
      }),
    ...profilePreferences,
  })
  .meta({
    description: "The person's AWS CLI profiles; a region or output here wins over all that the top `cli` says.",
  });

/** An entry of `users`: a person in the Identity Center directory. */
export const userEntry = z
  .strictObject({
    givenName: storeText.meta({ description: 'Given name.', examples: ['Hanako'] }),
    familyName: storeText.meta({ description: 'Family name.', examples: ['Yamada'] }),
    displayName: storeText.optional().meta({ description: 'Default: given name, a space, family name.' }),
    ...optionalAttributes,
    previously: userName.optional().meta({ description: 'The old user name: the user is renamed and keeps its id.' }),
    cli: cli.optional().meta({ description: "The person's AWS CLI profiles." }),
  })
  .meta({ title: 'User', description: 'A person. An attribute that is left out is removed from the directory too.' });

/** An entry of `users` under an external directory: users are only looked up, so only their profiles can be said. */
export const externalUserEntry = z
  .strictObject({ cli: cli.optional().meta({ description: "The person's AWS CLI profiles." }) })
  .meta({ title: 'User', description: 'A person of the identity provider, who is only looked up.' });

export type UserEntry = z.infer<typeof userEntry>;
export type UserCli = z.infer<typeof cli>;

import { bareStartUrl, isAwsPortal } from '../../core/access-portal.ts';
import type { PathPattern } from '../../core/path-pattern.ts';
import type { Check, Reference } from '../../core/section.ts';
import * as z from '../../core/zod.ts';
import { output, profilePreferences, region } from '../../kinds/shared/cli-settings.ts';
import { permissionSetName } from '../../kinds/permission-set/schema.ts';
import { onboardingFlaw } from './onboarding-flaw.ts';

/** The section `cli`. */
export const cliSection = z
  .strictObject({
    sessionName: z
      .withDefault(
        z.text(
          z.regex(/^[A-Za-z0-9_.@:/+%-]+$/, 'has a character that the AWS CLI or an SDK cannot read in a section name'),
        ),
        'identity-center',
      )
      .register(z.docs, { description: 'The name of the [sso-session].', examples: ['my-sso'] }),
    startUrl: z
      .optional(
        z.text(
          z.regex(
            // Without TLS only where it doesn't leave the machine.
            /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\/)/,
            'must begin with https://, in lower case',
          ),
          z.regex(
            // What is not ASCII could act on a terminal, or be read as another host; a semicolon begins a comment.
            /^https?:\/\/[\w[][!"$-:<-~]*(#[!-:<-~]*)?$/,
            'has a character that a start URL cannot have',
          ),
          z.regex(
            /^(?!https:\/\/[^/#]*\.awsapps\.(com|cn)(?!\/(start\/?(#|$)|directory\/[\w-]+\/?(#|$))))/,
            'lacks the end that start URLs of AWS have, /start',
          ),
          z.overwrite(bareStartUrl),
        ),
      )
      .register(z.docs, {
        description:
          "The access portal's URL, as its page shows it. Default: the one that AWS gives every identity store.",
        examples: ['https://my-sso-portal.awsapps.com/start'],
      }),
    regions: z.optional(z.array(region).check(z.minLength(1))).register(z.docs, {
      description:
        'Regions that Identity Center is replicated to: for each, every user gets a session and profiles that sign in there, for when the home region fails. Their names end with the region.',
      examples: [['eu-west-1']],
    }),
    registrationScopes: z
      .withDefault(
        z.array(z.text(z.regex(/^[\w:.-]+$/, 'is not a scope such as sso:account:access'))).check(z.minLength(1)),
        ['sso:account:access'],
      )
      .register(z.docs, { description: 'What the CLI asks for when it signs in.' }),
    region: z.optional(region).register(z.docs, {
      description: 'The region of every profile for which no user, permission set or account says another.',
      examples: ['ap-northeast-1'],
    }),
    output: z.optional(output).register(z.docs, {
      description:
        "The AWS CLI's output format in every profile for which no user, permission set or account says another.",
    }),
    permissionSets: z.optional(z.record(permissionSetName, z.strictObject(profilePreferences))).register(z.docs, {
      description:
        'By name: another region or output for the profiles of a permission set. It wins over the account, and a user over both.',
      examples: [{ Billing: { region: 'us-east-1', output: 'json' } }],
    }),
    accounts: z.optional(z.record(z.text(z.minLength(1)), z.strictObject(profilePreferences))).register(z.docs, {
      description:
        'By a name from `accounts` or a quoted id: another region or output for the profiles in an account. A permission set and a user win over it.',
      examples: [{ production: { region: 'eu-central-1' } }],
    }),
    profileName: z
      .withDefault(
        z.text(
          z.minLength(1),
          z.regex(
            /^([A-Za-z0-9_.@:/+%-]|\{(permissionSet|accountId|account)\})+$/,
            'has an unknown {part} or a character that profile names cannot have',
          ),
        ),
        '{permissionSet}-{accountId}',
      )
      .register(z.docs, {
        description: 'Made of {permissionSet}, {accountId} and {account}. The default is the AWS CLI’s own.',
      }),
    onboarding: z
      .optional(
        z.union(
          [
            z
              .strictObject({
                file: z.text(z.minLength(1)).register(z.docs, { description: 'A text file, relative to this one.' }),
              })
              .register(z.docs, { title: 'Text file', description: 'The message from a file.' }),
            z.string(),
          ],
          { error: 'is neither a text nor { file: … }' },
        ),
      )
      .register(z.docs, {
        description:
          'Your own message to each new user, instead of the built-in one: { file: policies/onboarding.txt }, or the text itself. It is plain text with {displayName}, {userName} and {portalUrl} in it, and {signInSteps} and {cliSetup} on lines of their own.',
        examples: [{ file: 'policies/onboarding.txt' }],
      }),
  })
  .register(z.docs, { description: 'What the AWS CLI profiles of all users share.' });

/** Where `{ file: … }` may stand instead of a text. */
export const cliTexts: readonly PathPattern[] = [['onboarding']];

export const cliReferences: readonly Reference[] = [
  { at: ['accounts', '*'], to: 'account', inKey: true },
  { at: ['permissionSets', '*'], to: 'permission-set', inKey: true },
];

export const cliChecks: readonly Check[] = [
  {
    at: ['onboarding'],
    code: 'bad-onboarding',
    severity: 'error',
    subject: 'The onboarding message',
    problem: (text) => (typeof text === 'string' ? onboardingFlaw(text) : undefined),
  },
  {
    at: ['startUrl'],
    code: 'foreign-start-url',
    severity: 'warning',
    problem: (url) => {
      if (typeof url !== 'string' || isAwsPortal(url)) return undefined;
      return url.startsWith('http:')
        ? 'is not an https URL, which the AWS CLI refuses since version 2.35.13. The local emulator takes the URLs that AWS gives as well: leave startUrl out.'
        : 'is not on a host of AWS: people sign in wherever it leads. If it is not yours, take the URL that the console shows under Settings > AWS access portal URL.';
    },
  },
];

import type { OnboardingPart } from '../core/onboarding-placeholders.ts';
import { sectionsText, type Section } from './section.ts';
import { ownMessage } from './own-message.ts';
import { welcomeWords, type WelcomeWords } from './welcome-words.ts';

export interface Newcomer {
  userName: string;
  displayName: string;
  portalUrl: string;
  /**
   * How they come by a password: a code that AWS sends by e-mail, one that an administrator makes for them, or not here at
   * all, since an identity provider signs them in.
   */
  password: keyof WelcomeWords['paragraphs'];
  /** The user's preferred language; absent for English. */
  language?: string | undefined;
  /** Their part of `~/.aws/config`; without a profile in it, the message is about the portal alone. */
  sections?: readonly Section[];
}

/** A part of the message, for any renderer. */
export type WelcomePart =
  | { lines: readonly string[] }
  | { items: readonly string[] }
  | { facts: readonly (readonly [label: string, value: string])[] }
  | { language: 'ini' | 'sh'; text: string };

/**
 * A message that can be sent as it is. AWS sends none to users made over its API, and sets no password for them (user guide:
 * "Email one-time password to users created with API").
 * @param own the team's own text, checked (`cli.onboarding`). There is one for all users; what is filled in is in the
 * user's language.
 */
export function welcome(newcomer: Newcomer, own?: string): readonly WelcomePart[] {
  const words = welcomeWords(newcomer.language);
  const values = {
    displayName: oneLine(newcomer.displayName),
    userName: oneLine(newcomer.userName),
    portalUrl: oneLine(newcomer.portalUrl),
  };
  const parts: Record<OnboardingPart, readonly WelcomePart[]> = {
    signInSteps: words.paragraphs[newcomer.password].map(paragraph),
    cliSetup: cliSetup(newcomer.sections ?? [], words),
  };
  if (own !== undefined) return ownMessage(own, values, parts);
  return [
    paragraph(words.greeting(values.displayName)),
    paragraph(words.opening),
    {
      facts: [
        [words.portal, values.portalUrl],
        [words.userName, values.userName],
      ],
    },
    ...parts.signInSteps,
    ...parts.cliSetup,
  ];
}

const paragraph = (line: string): WelcomePart => ({ lines: [line] });

function cliSetup(sections: readonly Section[], words: WelcomeWords): readonly WelcomePart[] {
  const [session, ...others] = sections.filter(({ kind }) => kind === 'sso-session');
  const profilesOf = (name: string | undefined): string[] =>
    sections.flatMap((one) => (one.kind === 'profile' && one.keys['sso_session'] === name ? [one.name] : []));
  const profiles = profilesOf(session?.name);
  // Where the file names a default, that is the one to begin with.
  const first = profiles.includes('default') ? 'default' : profiles[0];
  if (!session || first === undefined) return [];
  const commands = [
    `aws sso login --sso-session ${session.name}`,
    `aws sts get-caller-identity --profile ${first}`,
    `aws s3 ls --profile ${first}`,
  ];
  return [
    paragraph(words.config),
    { language: 'ini', text: sectionsText(sections) },
    paragraph(words.signIn),
    { language: 'sh', text: `${commands.join('\n')}\n` },
    paragraph(words.withoutBrowser),
    { language: 'sh', text: `aws sso login --sso-session ${session.name} --use-device-code\n` },
    ...others.flatMap(({ name, keys }): WelcomePart[] => [
      paragraph(words.failOver(keys['sso_region'] ?? name)),
      {
        language: 'sh',
        text: `aws sso login --sso-session ${name}\naws sts get-caller-identity --profile ${profilesOf(name)[0] ?? name}\n`,
      },
    ]),
  ];
}

/** No name brings lines of its own into a message that people trust. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

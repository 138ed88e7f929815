import { sectionsText, type Section } from './section.ts';
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

/** What somebody is told who has just been made a user, in parts for whoever lays it out. Every part is one line. */
export interface Welcome {
  greeting: string;
  opening: string;
  /** Label and value. */
  facts: [string, string][];
  paragraphs: readonly string[];
  /** Pieces to be copied as they are, each with the line before it. */
  copies: { lead: string; language: 'ini' | 'sh'; text: string }[];
}

/**
 * A message that can be sent as it is. AWS sends none to users made over its API, and sets no password for them (user guide:
 * "Email one-time password to users created with API").
 */
export function welcome({ userName, displayName, portalUrl, password, language, sections = [] }: Newcomer): Welcome {
  const words = welcomeWords(language);
  return {
    greeting: words.greeting(oneLine(displayName)),
    opening: words.opening,
    facts: [
      [words.portal, oneLine(portalUrl)],
      [words.userName, oneLine(userName)],
    ],
    paragraphs: words.paragraphs[password],
    copies: copies(sections, words),
  };
}

function copies(sections: readonly Section[], words: WelcomeWords): Welcome['copies'] {
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
    { lead: words.config, language: 'ini', text: sectionsText(sections) },
    { lead: words.signIn, language: 'sh', text: `${commands.join('\n')}\n` },
    {
      lead: words.withoutBrowser,
      language: 'sh',
      text: `aws sso login --sso-session ${session.name} --use-device-code\n`,
    },
    ...others.map(({ name, keys }) => ({
      lead: words.failOver(keys['sso_region'] ?? name),
      language: 'sh' as const,
      text: `aws sso login --sso-session ${name}\naws sts get-caller-identity --profile ${profilesOf(name)[0] ?? name}\n`,
    })),
  ];
}

/** No name brings lines of its own into a message that people trust. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

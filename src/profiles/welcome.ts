import { sectionsText, type Section } from './section.ts';

export interface Newcomer {
  userName: string;
  displayName: string;
  portalUrl: string;
  /**
   * How they come by a password: a code that AWS sends by e-mail, one that an administrator makes for them, or not here at
   * all, since an identity provider signs them in.
   */
  password: 'by-email' | 'by-hand' | 'elsewhere';
  /** Their part of `~/.aws/config`; without a profile in it, the message is about the portal alone. */
  sections?: readonly Section[];
}

/** What somebody is told who has just been made a user, in parts for whoever lays it out. Every part is one line. */
export interface Welcome {
  greeting: string;
  opening: string;
  /** Label and value. */
  facts: [string, string][];
  paragraphs: string[];
  /** Pieces to be copied as they are, each with the line before it. */
  copies: { lead: string; language: 'ini' | 'sh'; text: string }[];
}

/**
 * A message that can be sent as it is. AWS sends none to users made over its API, and sets no password for them (user guide:
 * "Email one-time password to users created with API").
 */
export function welcome({ userName, displayName, portalUrl, password, sections = [] }: Newcomer): Welcome {
  return {
    greeting: `Hello ${oneLine(displayName)},`,
    opening: 'you can sign in to AWS now:',
    facts: [
      ['Access portal', oneLine(portalUrl)],
      ['User name', oneLine(userName)],
    ],
    paragraphs: paragraphs[password],
    copies: copies(sections),
  };
}

function copies(sections: readonly Section[]): Welcome['copies'] {
  const session = sections.find(({ kind }) => kind === 'sso-session');
  const profiles = sections.flatMap(({ kind, name }) => (kind === 'profile' ? [name] : []));
  // Where the file names a default, that is the one to begin with.
  const first = profiles.includes('default') ? 'default' : profiles[0];
  if (!session || first === undefined) return [];
  const commands = [
    `aws sso login --sso-session ${session.name}`,
    `aws sts get-caller-identity --profile ${first}`,
    `aws s3 ls --profile ${first}`,
  ];
  return [
    {
      lead: 'For the AWS CLI (version 2), put this into ~/.aws/config:',
      language: 'ini',
      text: sectionsText(sections),
    },
    { lead: 'Then sign in, and see that it works:', language: 'sh', text: `${commands.join('\n')}\n` },
    {
      lead: 'On a machine without a browser, sign in with a code that you enter in a browser elsewhere:',
      language: 'sh',
      text: `aws sso login --sso-session ${session.name} --use-device-code\n`,
    },
  ];
}

const device =
  'Register an MFA device too, a passkey or an authenticator app: where the portal asks for it, or in the portal under "MFA devices".';

const paragraphs: Record<Newcomer['password'], string[]> = {
  'by-email': [
    'Open the portal and enter your user name. AWS then sends a code to your e-mail address; enter it, and set your password. If no mail comes, look into the spam folder, and then ask us for a one-time password.',
    device,
  ],
  'by-hand': [
    'Ask us for a one-time password: AWS has no e-mail address of yours to send a code to. Open the portal, enter your user name and that password, and set your own.',
    device,
  ],
  elsewhere: ['Open the portal: it leads to our own sign-in, where your usual password and MFA device count.'],
};

/** No name brings lines of its own into a message that people trust. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

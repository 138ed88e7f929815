export interface Newcomer {
  userName: string;
  displayName: string;
  portalUrl: string;
}

/**
 * What somebody is told who has just been made a user: a message that can be sent as it is. AWS sends none to users made
 * over its API, and sets no password for them (user guide: "Email one-time password to users created with API").
 */
export function welcomeText({ userName, displayName, portalUrl }: Newcomer): string {
  // One line a paragraph: whoever shows it breaks the lines.
  return [
    `Hello ${oneLine(displayName)},`,
    '',
    'you can sign in to AWS now:',
    '',
    `  Access portal: ${oneLine(portalUrl)}`,
    `  User name: ${oneLine(userName)}`,
    '',
    'Open the portal and enter your user name. AWS then sends a code to your e-mail address; enter it, and set your password. If no mail comes, look into the spam folder, and then ask us for a one-time password.',
    '',
    'Register an MFA device too, a passkey or an authenticator app: where the portal asks for it, or in the portal under "MFA devices".',
  ].join('\n');
}

/** No name brings lines of its own into a message that people trust. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

import { subjectKey } from '../core/address.ts';
import { welcome, type Newcomer } from '../profiles/welcome.ts';
import { renderOnboarding } from '../render/onboarding.ts';
import type { Io } from './io.ts';
import { printNotices } from './print-notices.ts';
import { profilesOf, type ProfileSource } from './profile-source.ts';

/** A message for one person, as Markdown: how to sign in, the profiles, and the commands to try them. */
export function onboardingText(io: Io, user: string, source: ProfileSource): string {
  const { text, sections, notices } = profilesOf(user, source);
  printNotices(io, notices);
  const { sessionName, startUrl } = source.settings;
  const displayName = source.facts.userNames.get(subjectKey('user', user)) ?? user;
  // Where the file names a default, that is the one to begin with.
  const profiles = sections.flatMap(({ kind, name }) => (kind === 'profile' ? [name] : []));
  const first = profiles.includes('default') ? 'default' : profiles[0];
  return renderOnboarding({
    ...welcome({ userName: user, displayName, portalUrl: startUrl, password: passwordOf(user, source) }),
    config: text,
    commands:
      first === undefined
        ? []
        : [
            `aws sso login --sso-session ${sessionName}`,
            `aws sts get-caller-identity --profile ${first}`,
            `aws s3 ls --profile ${first}`,
          ],
  });
}

function passwordOf(user: string, { loaded: { document } }: ProfileSource): Newcomer['password'] {
  if (document.identityCenter.directory === 'external') return 'elsewhere';
  const users: Record<string, object> = document.users ?? {};
  const entry = Object.entries(users).find(([name]) => subjectKey('user', name) === subjectKey('user', user))?.[1];
  // Of whom the file says nothing, the message holds what to do where no mail comes.
  return entry !== undefined && !('email' in entry) ? 'by-hand' : 'by-email';
}

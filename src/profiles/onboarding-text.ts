import { subjectKey } from '../core/address.ts';
import { welcome, type Newcomer } from './welcome.ts';
import { renderOnboarding } from '../render/markdown/onboarding.ts';
import type { Io } from '../cli/io.ts';
import { printNotices } from '../cli/print-notices.ts';
import { profilesOf, type ProfileSource } from './of-user.ts';

/** A message for one person, as Markdown: how to sign in, the profiles, and the commands to try them. */
export function onboardingText(io: Io, user: string, source: ProfileSource): string {
  const { sections, notices } = profilesOf(user, source);
  printNotices(io, notices);
  const displayName = source.facts.userNames.get(subjectKey('user', user)) ?? user;
  const { startUrl: portalUrl } = source.settings;
  return renderOnboarding(
    welcome({ userName: user, displayName, portalUrl, password: passwordOf(user, source), sections }),
  );
}

function passwordOf(user: string, { loaded: { document } }: ProfileSource): Newcomer['password'] {
  if (document.identityCenter.directory === 'external') return 'elsewhere';
  const users: Record<string, object> = document.users ?? {};
  const entry = Object.entries(users).find(([name]) => subjectKey('user', name) === subjectKey('user', user))?.[1];
  // Of whom the file says nothing, the message holds what to do where no mail comes.
  return entry !== undefined && !('email' in entry) ? 'by-hand' : 'by-email';
}

import { subjectKey } from '../core/address.ts';
import { welcome, type Newcomer } from './welcome.ts';
import { renderOnboarding } from '../render/markdown/onboarding.ts';
import type { Notice } from './notice.ts';
import { profilesOf, type ProfileSource } from './of-user.ts';

/** A message for one person, as Markdown: how to sign in, the profiles, and the commands to try them. */
export function onboardingText(user: string, source: ProfileSource): { text: string; notices: readonly Notice[] } {
  const { sections, notices } = profilesOf(user, source);
  const displayName = source.facts.userNames.get(subjectKey('user', user)) ?? user;
  const { startUrl: portalUrl } = source.settings;
  const password = passwordOf(user, source);
  const text = renderOnboarding(welcome({ userName: user, displayName, portalUrl, password, sections }));
  return { text, notices };
}

function passwordOf(user: string, { loaded: { document } }: ProfileSource): Newcomer['password'] {
  if (document.identityCenter.directory === 'external') return 'elsewhere';
  const users: Record<string, object> = document.users ?? {};
  const entry = Object.entries(users).find(([name]) => subjectKey('user', name) === subjectKey('user', user))?.[1];
  // Of whom the file says nothing, the message holds what to do where no mail comes.
  return entry !== undefined && !('email' in entry) ? 'by-hand' : 'by-email';
}

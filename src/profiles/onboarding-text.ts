import { subjectKey } from '../core/address.ts';
import type { UserEntry } from '../kinds/user/schema.ts';
import { welcome, type Newcomer } from './welcome.ts';
import { renderOnboarding } from '../render/markdown/onboarding.ts';
import type { Notice } from './notice.ts';
import { profilesOf, type ProfileSource } from './of-user.ts';

/** A message for one person, as Markdown: how to sign in, the profiles, and the commands to try them. */
export function onboardingText(user: string, source: ProfileSource): { text: string; notices: readonly Notice[] } {
  const { sections, notices } = profilesOf(user, source);
  const displayName = source.facts.userNames.get(subjectKey('user', user)) ?? user;
  const { startUrl: portalUrl } = source.settings;
  const { password, language } = declared(user, source);
  const newcomer = { userName: user, displayName, portalUrl, password, language, sections };
  const { onboarding } = source.loaded.document.cli;
  // A file that it names has been read into it.
  const text = renderOnboarding(welcome(newcomer, typeof onboarding === 'string' ? onboarding : undefined));
  return { text, notices };
}

/** What the file says of them that the message depends on. */
function declared(
  user: string,
  { loaded: { document } }: ProfileSource,
): Required<Pick<Newcomer, 'password' | 'language'>> {
  // Of an identity provider's users, the file says nothing but their profiles.
  const users: Record<string, Pick<UserEntry, 'cli'> & Partial<UserEntry>> = document.users ?? {};
  const entry = Object.entries(users).find(([name]) => subjectKey('user', name) === subjectKey('user', user))?.[1];
  const language = entry?.preferredLanguage;
  if (document.identityCenter.directory === 'external') return { password: 'elsewhere', language };
  // Of whom the file says nothing, the message holds what to do where no mail comes.
  return { password: entry !== undefined && entry.email === undefined ? 'by-hand' : 'by-email', language };
}

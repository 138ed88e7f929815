import type { Letter } from '../core/plan.ts';
import type { UserSpec } from '../kinds/user/kind.ts';
import type { Section } from './section.ts';
import { welcomeText } from './welcome.ts';
import { profilesOf, type ProfileSource } from './of-user.ts';

/**
 * Up to so many characters of all messages together, each holds the person's AWS config. A comment at GitHub takes 65,536,
 * and is for what changes.
 */
const longest = 20_000;

/** What to send to users who are made; of many of them, or with very many profiles, without the AWS config. */
export function welcomeLetters(users: readonly UserSpec[], source: ProfileSource): Letter[] {
  const letters: Letter[] = [];
  let size = 0;
  for (const user of users) {
    const letter = letterTo(user, source, profilesOf(user.userName, source).sections);
    size += letter.text.length;
    if (size > longest) return users.map((one) => letterTo(one, source));
    letters.push(letter);
  }
  return letters;
}

function letterTo(
  { userName, displayName, email }: UserSpec,
  { settings: { startUrl: portalUrl } }: ProfileSource,
  sections: readonly Section[] = [],
): Letter {
  const password = email === undefined ? 'by-hand' : 'by-email';
  return { to: userName, text: welcomeText({ userName, displayName, portalUrl, password, sections }) };
}

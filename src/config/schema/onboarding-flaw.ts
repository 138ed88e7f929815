import { createNearest } from '../../core/nearest-name.ts';
import { onboardingParts, onboardingValues, placeholder } from '../../core/onboarding-placeholders.ts';
import { sanitize } from '../../core/sanitize.ts';
import { listOf } from '../../core/words.ts';

/** In UTF-16 code units: a message that a reviewer reads to its end. */
const longest = 5000;

/** What is wrong with a team's own onboarding message, as the rest of a sentence about it; undefined where nothing is. */
export function onboardingFlaw(text: string): string | undefined {
  if (text.trim() === '') return 'is empty; without cli.onboarding the built-in message is used.';
  if (text.length > longest) return `has ${text.length} characters; the limit is ${longest}.`;
  for (const [index, line] of text.split('\n').entries()) {
    const flaw = lineFlaw(line, `line ${index + 1}`);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

const parts: readonly string[] = onboardingParts;
const known: readonly string[] = [...onboardingValues, ...onboardingParts];
const inBraces = (name: string): string => `{${name}}`;

/** A line that would look otherwise to its reader than to a reviewer, or that asks for something that can't be filled in. */
function lineFlaw(line: string, where: string): string | undefined {
  const unseen = Array.from(line).find((character) => sanitize(character) !== character);
  if (unseen !== undefined) {
    const code = (unseen.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `has a control or invisible character, U+${code}, on ${where}; remove it.`;
  }
  for (const [whole, name = ''] of line.matchAll(placeholder)) {
    if (!known.includes(name)) {
      const near = createNearest(known)(name);
      const advice =
        near === undefined ? `known are ${listOf(known.map(inBraces))}` : `did you mean ${inBraces(near)}?`;
      return `has an unknown placeholder, ${sanitize(whole)}, on ${where}; ${advice}${near === undefined ? '.' : ''}`;
    }
    if (parts.includes(name) && line.trim() !== whole) {
      return `has ${whole} beside other text on ${where}; it stands for several paragraphs, so give it a line of its own.`;
    }
  }
  return undefined;
}

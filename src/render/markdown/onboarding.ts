import { code, longestRun, prose } from './inline.ts';

/** A part of a message to a person who is to sign in; every text in it may come from the file. */
export type OnboardingPart =
  /** A paragraph. */
  | { lines: readonly string[] }
  /** A list. */
  | { items: readonly string[] }
  /** Label and value. */
  | { facts: readonly (readonly [string, string])[] }
  /** To be copied as it is. */
  | { language: string; text: string };

/** The message as Markdown, to be sent as it is. */
export const renderOnboarding = (parts: readonly OnboardingPart[]): string => `${parts.map(renderPart).join('\n\n')}\n`;

function renderPart(part: OnboardingPart): string {
  if ('lines' in part) return part.lines.map(prose).join('\n');
  if ('items' in part) return part.items.map((item) => `- ${prose(item)}`).join('\n');
  if ('facts' in part) return part.facts.map(([label, value]) => `- ${label}: ${code(value)}`).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(part.text) + 1));
  return `${fence}${part.language}\n${part.text}${fence}`;
}

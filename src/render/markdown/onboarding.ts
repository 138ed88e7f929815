import { code, longestRun, prose } from './inline.ts';

/** What a message says to somebody who is to sign in; every text in it may come from the file. */
export interface Onboarding {
  greeting: string;
  opening: string;
  facts: [string, string][];
  paragraphs: readonly string[];
  /** Pieces to be copied as they are, each with the line before it. */
  copies: { lead: string; language: string; text: string }[];
}

/** The message as Markdown, to be sent as it is. */
export function renderOnboarding({ greeting, opening, facts, paragraphs, copies }: Onboarding): string {
  return `${[
    prose(greeting),
    prose(opening),
    facts.map(([label, value]) => `- ${label}: ${code(value)}`).join('\n'),
    ...paragraphs.map(prose),
    ...copies.flatMap(({ lead, language, text }) => [prose(lead), block(language, text)]),
  ].join('\n\n')}\n`;
}

function block(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}${fence}`;
}

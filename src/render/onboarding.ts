import { code, longestRun, prose } from './markdown-inline.ts';

/** What a message says to somebody who is to sign in; every text in it may come from the file. */
export interface Onboarding {
  greeting: string;
  opening: string;
  facts: [string, string][];
  paragraphs: string[];
  /** For `~/.aws/config`. */
  config: string;
  commands: string[];
}

/** The message as Markdown, to be sent as it is. */
export function renderOnboarding({ greeting, opening, facts, paragraphs, config, commands }: Onboarding): string {
  return `${[
    prose(greeting),
    prose(opening),
    facts.map(([label, value]) => `- ${label}: ${code(value)}`).join('\n'),
    ...paragraphs.map(prose),
    'For the AWS CLI (version 2), put this into `~/.aws/config`:',
    block('ini', config),
    ...(commands.length === 0 ? [] : ['Then sign in, and see that it works:', block('sh', `${commands.join('\n')}\n`)]),
  ].join('\n\n')}\n`;
}

function block(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}${fence}`;
}

import { InvalidArgumentError, Option, type Command } from 'commander';
import { defaultFile } from '../core/file-name.ts';

// Flags that several commands share.

/** Flags of nearly every command. */
export function common(command: Command): Command {
  return command
    .option('-f, --file <file>', 'the file', defaultFile)
    .option('--local', 'use the embedded Identity Center (state in .idc/ beside the file)')
    .option('--region <region>', "Identity Center's home region; default: the file, then AWS_REGION")
    .option('--profile <name>', 'a named AWS profile for the credentials')
    .option('--no-color', 'no colours, also on a terminal')
    .option('--verbose', 'show each AWS call, and stack traces of our own bugs');
}

/** Flags of what reads the live state. */
export function reading(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--read-strategy <strategy>',
        'how to read assignments; default: whichever takes the fewest calls',
      ).choices(['permission-set', 'account', 'principal']),
    )
    .option('--max-tps <n>', 'calls a second, where AWS has raised your quotas (default: 20)', callsPerSecond);
}

export const fromSnapshot = (): Option =>
  new Option(
    '--snapshot <live.json>',
    'take what is live from a file that `idc snapshot` has written: no call, no credentials',
  ).conflicts(['profile', 'readStrategy', 'maxTps']);

/** Flags of what prints a plan. */
export function printing(command: Command): Command {
  return command
    .addOption(format('text', 'markdown', 'json'))
    .option(
      '--reviewed <plan.json>',
      'the plan that was reviewed: say what differs from it (apply: refuse if anything does)',
    )
    .option('--limit <characters>', 'of Markdown, the most (default: 60000)', characters)
    .option('--run-url <url>', 'in Markdown, link to the workflow run that has the whole plan')
    .option('--marker <word>', 'in Markdown, the word by which a comment is found again (default: plan, apply)', word)
    .option('--note <text>', 'in Markdown, a sentence under the heading');
}
export const format = (...choices: string[]): Option =>
  new Option('--format <format>', 'how to print the result').choices(choices).default(choices[0] ?? 'text');

export const only = (): Option =>
  new Option('--only <what>', 'expired: take away what the file says has ended, and do nothing else').choices([
    'expired',
  ]);

function characters(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 5000) throw new InvalidArgumentError('It is a number from 5000 up.');
  return number;
}

function callsPerSecond(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number < 1) throw new InvalidArgumentError('It is a number from 1 up.');
  return number;
}

function word(text: string): string {
  if (!/^[a-z][a-z0-9-]*$/.test(text))
    throw new InvalidArgumentError('It is a word of small letters, digits and hyphens.');
  return text;
}

import { InvalidArgumentError } from 'commander';
import type { Arguments, Flags } from './flag.ts';

// What several commands share.

export const fileArgument = {
  file: {
    takes: 'file',
    completes: 'file',
    description: 'The identity file, or `-` for the standard input. The same as `--file`.',
  },
} as const satisfies Arguments;

export const output = {
  color: { isNegated: true, group: 'Common flags', description: 'Print without colors.' },
} as const satisfies Flags;

/** Flags of nearly every command. */
export const common = {
  file: {
    takes: 'file',
    short: 'f',
    completes: 'file',
    group: 'Common flags',
    description: 'The identity file.',
    byDefault: 'identity.yaml',
  },
  ...output,
  verbose: {
    group: 'Common flags',
    description: 'Print details: each AWS call, and the stack trace of an unexpected error.',
  },
} as const satisfies Flags;

/** Which Identity Center is meant, and with whose credentials. */
export const connection = {
  region: {
    takes: 'region',
    group: 'AWS flags',
    description: 'Home region of Identity Center.',
    byDefault: 'from the file, then AWS_REGION',
  },
  profile: { takes: 'name', group: 'AWS flags', description: 'Named AWS profile for the credentials.' },
  local: {
    group: 'AWS flags',
    description: 'Use the embedded Identity Center, with its state in .idc/ beside the file.',
  },
} as const satisfies Flags;

/** How the live state is read. */
export const reading = {
  ...connection,
  readStrategy: {
    takes: 'strategy',
    choices: ['permission-set', 'account', 'principal'],
    group: 'AWS flags',
    description: 'How to read account assignments.',
    byDefault: 'the way with the fewest calls',
  },
  maxTps: {
    takes: 'n',
    parse: callsPerSecond,
    group: 'AWS flags',
    description: 'Calls per second, if AWS has raised your quotas.',
    byDefault: '20',
  },
} as const satisfies Flags;

export const fromSnapshot = {
  takes: 'live.json',
  completes: 'file',
  conflicts: ['profile', 'readStrategy', 'maxTps'],
  group: 'AWS flags',
  description: 'Read the live state from a file written by `idc snapshot`, without AWS calls and credentials.',
} as const satisfies Flags[string];

/** Instead of a look at what is live. */
export const offline = {
  conflicts: ['snapshot', 'local', 'profile', 'readStrategy', 'maxTps'],
  description: 'Answer from the file alone: without AWS calls and credentials.',
} as const satisfies Flags[string];

export const textOrJson = {
  takes: 'format',
  choices: ['text', 'json'],
  default: 'text',
  description: 'Output format.',
} as const satisfies Flags[string];

/** A key and its value: `env=prod`. */
export function keyAndValue(text: string): readonly [key: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It is a key and a value, such as env=prod.');
  return [text.slice(0, at), text.slice(at + 1)];
}

const units = { h: 60 * 60 * 1000, d: 24 * 60 * 60 * 1000, w: 7 * 24 * 60 * 60 * 1000 };

/** `12h`, `30d` or `4w` in milliseconds. */
export function timeSpan(text: string): number {
  const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('It is a number of hours, days or weeks: 12h, 30d, 4w.');
  return Number(count) * units[unit as keyof typeof units];
}

/** What an answer about access is narrowed to. */
export const accessFilters = {
  user: { takes: 'name', repeats: true, description: 'Only what this user holds.' },
  group: { takes: 'name', repeats: true, description: 'Only what is held through this group.' },
  account: { takes: 'name', repeats: true, description: 'Only in this account, by name or ID.' },
  ou: {
    takes: 'path',
    repeats: true,
    description: 'Only in accounts of this organizational unit, by path or ID, with the units in it.',
  },
  tag: {
    takes: 'key=value',
    repeats: true,
    parse: keyAndValue,
    description: 'Only in accounts with this tag.',
  },
  production: { description: 'Only in the accounts that the file declares as `production`.' },
  permissionSet: { takes: 'name', repeats: true, description: 'Only this permission set.' },
  administrators: { description: 'Only permission sets whose holders administer an account.' },
  action: {
    takes: 'action',
    repeats: true,
    description:
      'Only permission sets that allow this action, for certain, in part or perhaps, or let their holders give it to themselves.',
  },
} as const satisfies Flags;

/** How a plan is printed. */
export const printing = {
  format: { ...textOrJson, choices: ['text', 'markdown', 'json'] },
  limit: {
    takes: 'characters',
    parse: characters,
    group: 'Markdown flags',
    description: 'Print at most this much.',
    byDefault: '60000',
  },
  runUrl: { takes: 'url', group: 'Markdown flags', description: 'Link to the workflow run that has the whole plan.' },
  filesUrl: {
    takes: 'url',
    group: 'Markdown flags',
    description: 'Address of the files of the planned commit (…/ORG/REPO/blob/SHA), to link their lines.',
  },
  marker: {
    takes: 'word',
    parse: word,
    group: 'Markdown flags',
    description: 'Word that identifies the comment.',
    byDefault: '`plan`, or `apply` for the result of an apply',
  },
  note: { takes: 'text', group: 'Markdown flags', description: 'Sentence to print under the heading.' },
} as const satisfies Flags;

/** What a plan contains. */
export const contents = {
  base: {
    takes: 'file or revision',
    completes: 'file',
    description:
      'The file before: a file, a git revision whose merge base with HEAD is used, or a folder from `idc github fetch --base`. Print which limits of the file changed since; names that it has and that nothing has any more do not stop the run.',
  },
  orphans: { description: 'Also remove assignments whose user or group was deleted.' },
  only: {
    takes: 'what',
    choices: ['expired'],
    description: 'Only remove expired access, and make no other change.',
  },
} as const satisfies Flags;

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

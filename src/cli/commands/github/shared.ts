import { InvalidArgumentError } from 'commander';
import { common, output } from '../../flags.ts';
import type { Arguments, Flags } from '../../flag.ts';

// What the commands of `idc github` share.

export const jobFlags = { ...output, verbose: common.verbose } as const satisfies Flags;

/** Of what a person runs. */
export const repo = {
  takes: 'owner/name',
  description: 'The repository.',
  byDefault: "GITHUB_REPOSITORY, then git's remote `origin`",
} as const satisfies Flags[string];

/** What a team wants of its repository's settings. */
export const wishFlags = {
  requiredPlan: { isNegated: true, description: 'Do not require the status check `plan`.' },
  pinnedActions: { isNegated: true, description: 'Do not require that actions are named by a commit.' },
  requireReviewers: { description: 'Require reviewers even where a second person can start the apply.' },
  workflowsOpenPullRequests: {
    description: 'Let workflows open pull requests, which also lets them approve: GitHub has one setting for both.',
  },
} as const satisfies Flags;

/** Of what writes to GitHub. */
export const author = {
  takes: 'login',
  default: 'github-actions[bot]',
  description: 'Login of the bot that writes it.',
} as const satisfies Flags[string];

export const pull = {
  takes: 'pull',
  parse: wholeNumber,
  description: 'Number of the pull request.',
} as const satisfies Arguments[string];

export const pullArgument = { pull: { ...pull, isRequired: true } } as const satisfies Arguments;

export const commitArgument = {
  sha: { takes: 'sha', parse: commitId, isRequired: true, description: 'The commit, in full.' },
} as const satisfies Arguments;

export const environmentArgument = {
  name: { takes: 'name', parse: pathSegment, isRequired: true, description: 'Name of the GitHub environment.' },
} as const satisfies Arguments;

export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number such as 42.');
}

/** A name that is one part of a URL's path; these would be none, and GitHub would answer about something else. */
export function pathSegment(text: string): string {
  if (!['', '.', '..'].includes(text)) return text;
  throw new InvalidArgumentError('It is a name.');
}

export function commitId(text: string): string {
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) return text;
  throw new InvalidArgumentError('It is a commit id of 40 hex digits.');
}

/** A name that is one in a URL too, and in a filter behind a colon. */
export function branchName(text: string): string {
  if (/^[\w.-]+(\/[\w.-]+)*$/.test(text) && !text.split('/').some((part) => part.startsWith('.'))) return text;
  throw new InvalidArgumentError('It is the name of a branch such as idc/review/2026-11.');
}

/** Of a workflow's value that may be empty. */
export const commitOrNone = (text: string): string => (text === '' ? text : commitId(text));

/** `1,2`, of pull requests. */
export function numbers(text: string): number[] {
  return text.split(',').map(wholeNumber);
}

import { ReportedError } from '../core/errors.ts';
import { isRateLimit, isRequestFailure } from './retry.ts';

/** What a job's token may do, as it stands under `permissions:` in a workflow; administration only a person's may. */
export type Permission =
  | 'actions: read'
  | 'actions: write'
  | 'administration: read'
  | 'administration: write'
  | 'contents: read'
  | 'contents: write'
  | 'issues: write'
  | 'metadata: read'
  | 'pull-requests: read'
  | 'pull-requests: write'
  | 'statuses: write';

/** The answer to a request, or undefined where GitHub answers with one of these statuses. */
export async function answerUnless<Answer>(
  statuses: readonly number[],
  request: Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isRequestFailure(error) && !isRateLimit(error) && statuses.includes(error.status)) return undefined;
    throw error;
  }
}

/**
 * The answer to a request, or an error that says what to do about it.
 * @param what the end of a sentence: "GitHub denies …".
 */
export async function asking<Answer>(what: string, permission: Permission, request: Promise<Answer>): Promise<Answer> {
  try {
    return await request;
  } catch (error) {
    throw explain(error, what, permission);
  }
}

/**
 * Whether the owner's plan at GitHub lacks what was asked for. GitHub says "Upgrade to GitHub Pro or make this repository
 * public to enable this feature." (403) and "… Please ensure the billing plan supports the required reviewers protection
 * rule." (422).
 */
export const isPlanLimit = (error: unknown): boolean =>
  error instanceof ReportedError
    ? error.code === 'github-plan-limit'
    : isRequestFailure(error) &&
      (error.status === 403 || error.status === 422) &&
      /\bupgrade to github\b|\bbilling plan\b/i.test(error.message);

function explain(error: unknown, what: string, permission: Permission): unknown {
  if (!isRequestFailure(error)) return error;
  const { status, response } = error;
  const message = reasonOf(error);
  if (response === undefined) {
    return new ReportedError(
      'github-unreachable',
      `GitHub can't be reached for ${what}: ${message}`,
      'Check the network, GITHUB_API_URL, and https://www.githubstatus.com.',
    );
  }
  if (isRateLimit(error)) {
    return new ReportedError(
      'github-rate-limit',
      `GitHub takes no more requests for now (${what}): ${message}`,
      'Run it again later; the limit is of the token, so other jobs use it up as well.',
    );
  }
  if (isPlanLimit(error)) {
    return new ReportedError(
      'github-plan-limit',
      `The GitHub plan of this repository does not have what ${what} needs: ${message}`,
      'docs/pull-requests.md says which plans have what, and what to do without it.',
    );
  }
  switch (status) {
    case 401:
      return new ReportedError(
        'github-credentials',
        `GitHub does not accept GITHUB_TOKEN for ${what}: ${message}`,
        "It has expired or is another server's; a job's own is `${{ github.token }}`, which ends with the job.",
      );
    case 403:
      return new ReportedError('github-denied', `GitHub denies ${what}: ${message}`, needs(permission));
    case 404:
    case 410:
      return new ReportedError(
        'github-not-found',
        `GitHub finds nothing for ${what}: ${message}`,
        `It does not exist in this repository, or the token may not see it: ${needs(permission)}`,
      );
    default:
      return new ReportedError(
        'github-failed',
        `GitHub answers ${what} with ${status}: ${message}`,
        status >= 500
          ? 'That is a fault of GitHub itself: run it again later, and see https://www.githubstatus.com.'
          : undefined,
      );
  }
}

/** GitHub's own words, but not the page for people that a server before it may answer with. */
const reasonOf = ({ message }: Error): string =>
  /^\s*(<|$)/.test(message) ? 'no reason given' : message.slice(0, longestReason);

const longestReason = 500;

const needs = (permission: Permission): string =>
  permission.startsWith('administration')
    ? 'it needs the token of an administrator of the repository: `GITHUB_TOKEN=$(gh auth token)`.'
    : `the job needs \`permissions: { ${permission} }\`.`;

/** Throws where so many more would be too many, before any of them is sent. */
export function allowRequests({ sent, most }: { sent: number; most: number }, more: number): void {
  if (sent + more <= most) return;
  throw new ReportedError(
    'too-many-requests',
    `This takes more than the ${most} requests to GitHub that a pull request from a fork may cost.`,
    'All jobs of the repository share about 1,000 an hour, and files that the default branch has as they are cost none. A maintainer can push the commits to a branch of this repository and open a pull request from there.',
  );
}

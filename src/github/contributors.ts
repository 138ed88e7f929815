import { isPerson, loginOf, type Account } from './account.ts';
import type { GitHub } from './client.ts';
import { asking } from './errors.ts';
import { findPushes } from './pushes.ts';

/** A pull request, as far as it tells who made it. */
export interface PullRequest {
  number: number;
  /** Who opened it; null where the account is gone. */
  author: Account | null;
  headSha: string;
  branch: string;
  /** Where its branch is; null where that repository is gone. */
  headRepository: { owner: string; repo: string } | null;
}

/** What each person did to make a pull request, by the id of the account; or why that can't be told. */
export type Contributors = { deeds: ReadonlyMap<number, string> } | { unknown: string };

/** GitHub lists no more commits of a pull request. */
const mostCommits = 250;

const forWhom = 'and GitHub does not say for whom';

/**
 * Everyone who opened the pull request, pushed its commits or what a force push replaced to its branch, or is the author or
 * committer of one. Where an app opened or pushed, or a push is not found, anyone can be behind it, the approver as well.
 *
 * An author without an account, and a co-author whom a commit's message names, are not compared with the approver: the one who
 * pushed the commit answers for it. That is how a reviewer can approve a pull request whose author committed their suggestion.
 */
export async function findContributors(gitHub: GitHub, pull: PullRequest): Promise<Contributors> {
  const { author, headSha, branch, headRepository } = pull;
  if (!isPerson(author)) return { unknown: `${loginOf(author)} opened the pull request, ${forWhom}` };
  const commits = await listCommits(gitHub, pull.number);
  if (commits.length >= mostCommits) {
    return { unknown: `the pull request has ${mostCommits} commits or more, and GitHub lists no more than that` };
  }
  const shas = new Set(commits.map(({ sha }) => sha));
  if (!shas.has(headSha)) return { unknown: `GitHub does not list ${headSha} among the pull request's commits` };
  const pushes =
    headRepository === null
      ? { missing: headSha }
      : await findPushes(gitHub, { ...headRepository, name: branch }, headSha, shas);
  if ('missing' in pushes) return { unknown: `GitHub does not show who pushed commit ${pushes.missing}` };

  const deeds = new Map([[author.id, 'opened the pull request']]);
  const note = (account: Account, deed: string): void => {
    if (!deeds.has(account.id)) deeds.set(account.id, deed);
  };
  for (const { actor, after } of pushes) {
    const deed = `pushed commit ${after}${shas.has(after) ? '' : ', which a force push replaced'}`;
    if (!isPerson(actor)) return { unknown: `${loginOf(actor)} ${deed}, ${forWhom}` };
    note(actor, deed);
  }
  for (const { sha, author: writer, committer } of commits) {
    if (isPerson(writer)) note(writer, `is the author of commit ${sha}`);
    if (isPerson(committer)) note(committer, `is the committer of commit ${sha}`);
  }
  return { deeds };
}

interface Commit {
  sha: string;
  /** Null where the e-mail address is of no account. */
  author: Account | null;
  committer: Account | null;
}

async function listCommits({ rest, paginate, at }: GitHub, pullRequest: number): Promise<Commit[]> {
  const commits = await asking(
    `the commits of pull request #${pullRequest}`,
    'pull-requests: read',
    paginate(rest.pulls.listCommits, { ...at, pull_number: pullRequest, per_page: 100 }),
  );
  return commits.map(({ sha, author, committer }) => ({
    sha,
    author: accountOf(author),
    committer: accountOf(committer),
  }));
}

/** GitHub's description has an empty object for no account, beside null. */
const accountOf = (user: Account | Record<string, never> | null): Account | null =>
  user !== null && 'id' in user ? (user as Account) : null;

import { isActions, isPerson, loginOf, type Account } from './account.ts';
import type { GitHub } from './client.ts';
import { asking } from './errors.ts';
import { findMadeFor, type Makers } from './made-by-run.ts';
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
 * committer of one. Where an app opened or pushed, or a push is not found, anyone can be behind it, the approver as well. But of
 * what a workflow of the default branch has pushed it is known who started it: that person counts, and no one else.
 *
 * An author without an account, and a co-author whom a commit's message names, are not compared with the approver: the one who
 * pushed the commit answers for it. That is how a reviewer can approve a pull request whose author committed their suggestion.
 */
export async function findContributors(gitHub: GitHub, pull: PullRequest, makers: Makers): Promise<Contributors> {
  const { author, headSha, branch, headRepository } = pull;
  const notOpened = { unknown: `${loginOf(author)} opened the pull request, ${forWhom}` };
  if (!isPerson(author) && !isActions(author)) return notOpened;
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

  const deeds = new Map(isPerson(author) ? [[author.id, 'opened the pull request']] : []);
  const note = (account: Account, deed: string): void => {
    if (!deeds.has(account.id)) deeds.set(account.id, deed);
  };
  let isMade = false;
  for (const { actor, after } of pushes) {
    const deed = `pushed commit ${after}${shas.has(after) ? '' : ', which a force push replaced'}`;
    if (isPerson(actor)) {
      note(actor, deed);
      continue;
    }
    const made = isActions(actor) ? await findMadeFor(gitHub, after, makers) : undefined;
    if (made === undefined) return { unknown: `${loginOf(actor)} ${deed}, ${forWhom}` };
    if ('unknown' in made) return { unknown: `${loginOf(actor)} ${deed}, and ${made.unknown}` };
    isMade = true;
    for (const person of made.people) note(person, `started the run that made commit ${after}`);
  }
  // Who only opens it for what such a run has pushed has made nothing of it.
  if (!isPerson(author) && !isMade) return notOpened;
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

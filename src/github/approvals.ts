import { isDeleted, isPerson, loginOf, type Account } from './account.ts';
import type { GitHub } from './client.ts';
import { findContributors, type Contributors, type PullRequest } from './contributors.ts';
import { asking } from './errors.ts';
import { findRole, type Role } from './role.ts';
import type { Makers } from './made-by-run.ts';
import { timeOf } from './time-of.ts';

/** A review as GitHub gives it. */
export interface Review {
  /** Null where the account is gone. */
  user: Account | null;
  state: string;
  commit_id: string | null;
  submitted_at?: string;
}

/** What GitHub knows of a pull request's approvals. */
export interface Evidence {
  reviews: readonly Review[];
  contributors: Contributors;
  /** Of everyone who approved it, by the id of the account. */
  roles: ReadonlyMap<number, Role>;
}

/** What was to be approved. */
export interface Reviewable {
  headSha: string;
  plannedAt: string | null;
  mergedAt: string | null;
}

/** Asks GitHub for everything that says whether a pull request was approved by a second person. */
export async function findEvidence(gitHub: GitHub, pull: PullRequest, makers: Makers): Promise<Evidence> {
  const { rest, paginate, at } = gitHub;
  const reviews: Review[] = await asking(
    `the reviews of pull request #${pull.number}`,
    'pull-requests: read',
    paginate(rest.pulls.listReviews, { ...at, pull_number: pull.number, per_page: 100 }),
  );
  const roles = new Map<number, Role>();
  for (const { user, state } of reviews) {
    if (state === 'APPROVED' && isPerson(user) && !roles.has(user.id)) roles.set(user.id, await findRole(gitHub, user));
  }
  return { reviews, roles, contributors: await findContributors(gitHub, pull, makers) };
}

/** Undefined where a second person approved this very plan before the merge; else why no approval counts, as clauses. */
export function whyNotApproved(evidence: Evidence, plan: Reviewable): string | undefined {
  const { reviews } = evidence;
  const faults = new Set<string>();
  for (const review of reviews) {
    const name = loginOf(review.user);
    // GitHub keeps a review that is dismissed, and no longer says what it was.
    if (review.state === 'DISMISSED') faults.add(`the review of ${name} was dismissed`);
    if (review.state !== 'APPROVED') continue;
    const fault =
      faultOf(review, plan) ??
      (isTakenBack(review, reviews) ? 'and took it back' : undefined) ??
      faultOfApprover(review.user, evidence);
    if (fault === undefined) return undefined;
    faults.add(`${name} approved ${fault}`);
  }
  return faults.size === 0 ? 'the pull request has no approval' : [...faults].join('; ');
}

/** Why an approval is not one of this plan, behind "approved". */
function faultOf(review: Review, { headSha, plannedAt, mergedAt }: Reviewable): string | undefined {
  const { commit_id: commit, submitted_at: submittedAt } = review;
  if (commit !== headSha) return `an earlier commit, ${commit ?? 'which is gone'}`;
  // An approval in the second in which the plan was made is of someone who has not read it.
  if (!(timeOf(submittedAt) > timeOf(plannedAt))) return 'before this plan was made';
  if (!(timeOf(submittedAt) <= timeOf(mergedAt))) return 'after the merge';
  return undefined;
}

/** Why someone's approval does not count, behind "approved". */
function faultOfApprover(user: Account | null, { contributors, roles }: Evidence): string | undefined {
  if (isDeleted(user)) return 'it, which does not count';
  if (!isPerson(user)) return `it, but is not a person (${user.type})`;
  if ('unknown' in contributors) return `it, but ${contributors.unknown}`;
  const deed = contributors.deeds.get(user.id);
  if (deed !== undefined) return `it, but ${deed}`;
  const role = roles.get(user.id);
  return role?.canWrite ? undefined : `it, but can't write to the repository (role: ${role?.name ?? 'none'})`;
}

/** The same person thought otherwise later; a comment takes nothing back. */
function isTakenBack({ user, submitted_at: submittedAt }: Review, reviews: readonly Review[]): boolean {
  return reviews.some(
    (other) =>
      other.user?.id === user?.id &&
      ['CHANGES_REQUESTED', 'DISMISSED'].includes(other.state) &&
      !(timeOf(other.submitted_at) < timeOf(submittedAt)),
  );
}

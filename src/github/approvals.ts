import type { GitHub } from './client.ts';
import { asking } from './errors.ts';
import { timeOf } from './time-of.ts';

type Account = { id: number; login: string; type: string };

/** A review as GitHub gives it. */
export interface Review {
  /** Null where the account is gone. */
  user: Account | null;
  state: string;
  commit_id: string | null;
  author_association: string;
  submitted_at?: string;
}

/** What was to be approved. */
export interface Reviewable {
  author: Account | null;
  headSha: string;
  plannedAt: string | null;
  mergedAt: string | null;
}

/** Who belongs to the repository; anybody at all can approve a pull request of a public one. */
const insiders = ['OWNER', 'MEMBER', 'COLLABORATOR'];

/** All reviews of a pull request. */
export async function listReviews({ rest, paginate, at }: GitHub, pullRequest: number): Promise<Review[]> {
  return asking(
    `the reviews of pull request #${pullRequest}`,
    'pull-requests: read',
    paginate(rest.pulls.listReviews, { ...at, pull_number: pullRequest, per_page: 100 }),
  );
}

/** Undefined where somebody else than its author approved this very plan before the merge; else why nobody did, as clauses. */
export function whyNotApproved(reviews: readonly Review[], plan: Reviewable): string | undefined {
  const faults = new Set<string>();
  for (const review of reviews) {
    // GitHub keeps a review that is dismissed, and no longer says what it was.
    if (review.state === 'DISMISSED') faults.add(`the review of ${nameOf(review)} was dismissed`);
    if (review.state !== 'APPROVED') continue;
    const fault = faultOf(review, plan) ?? (isTakenBack(review, reviews) ? 'and took it back' : undefined);
    if (fault === undefined) return undefined;
    faults.add(`${nameOf(review)} approved ${fault}`);
  }
  return faults.size === 0 ? 'nobody approved it' : [...faults].join('; ');
}

const nameOf = ({ user }: Review): string => user?.login ?? 'somebody whose account is gone';

/** Why an approval is none of this plan, behind "approved". */
function faultOf(review: Review, { author, headSha, plannedAt, mergedAt }: Reviewable): string | undefined {
  const { user, author_association: association, commit_id: commit, submitted_at: submittedAt } = review;
  if (user === null) return 'it, which does not count';
  if (user.type !== 'User') return `it and is no person (${user.type})`;
  if (user.id === author?.id) return 'their own pull request';
  if (!insiders.includes(association)) return `it as ${association}, and not as ${insiders.join(', ')}`;
  if (commit !== headSha) return `an earlier commit, ${commit ?? 'which is gone'}`;
  // Whoever approved in the second in which the plan was made, has not read it.
  if (!(timeOf(submittedAt) > timeOf(plannedAt))) return 'before this plan was made';
  if (!(timeOf(submittedAt) <= timeOf(mergedAt))) return 'after the merge';
  return undefined;
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

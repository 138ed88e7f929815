import type { Approval } from '../core/apply-record.ts';
import { loginOf, type Account } from './account.ts';
import type { GitHub } from './client.ts';
import { asking } from './errors.ts';
import { findReviewedPlan, type Search } from './reviewed-plan.ts';

/** The environment that asks for an approval of the run. */
const approvalEnvironment = 'identity-center-approve';

/**
 * Who let an apply through, by GitHub's own record: who approved its run, else the second person who started it, else who
 * approved the plan that was reviewed. None where GitHub shows no one.
 */
export async function findApprovals(gitHub: GitHub, runId: number, search: Search): Promise<Approval[]> {
  const { rest, at } = gitHub;
  const ofRun = { ...at, run_id: runId };
  const [{ data: reviews }, { data: run }] = await asking(
    `run ${runId}`,
    'actions: read',
    Promise.all([rest.actions.getReviewsForRun(ofRun), rest.actions.getWorkflowRun(ofRun)]),
  );
  const ofEnvironment = reviews.filter(
    ({ state, environments }) => state === 'approved' && environments.some(({ name }) => name === approvalEnvironment),
  );
  if (ofEnvironment.length > 0) return ofEnvironment.map(({ user }) => ({ how: 'environment', ...personOf(user) }));
  if (run.event === 'workflow_dispatch') {
    const actor = (run.actor ?? null) as Account | null;
    return [{ how: 'dispatch', ...personOf(actor), at: run.created_at }];
  }
  const { approvals = [], pullRequest } = await findReviewedPlan(gitHub, search);
  return approvals.map(({ user, submitted_at: time }) => ({
    how: 'review',
    ...personOf(user),
    ...(time !== undefined && { at: time }),
    ...(pullRequest !== undefined && { pullRequest }),
  }));
}

const personOf = (account: Account | null): Pick<Approval, 'by' | 'id'> => ({
  by: loginOf(account),
  id: account?.id ?? 0,
});

/** Pull requests with who opened them. */
export async function findAuthors(
  { rest, at }: GitHub,
  pullRequests: readonly number[],
): Promise<{ number: number; author?: string }[]> {
  const found: { number: number; author?: string }[] = [];
  for (const number of pullRequests) {
    const request = rest.pulls.get({ ...at, pull_number: number });
    const { data } = await asking(`pull request #${number}`, 'pull-requests: read', request);
    const author = data.user as Account | null;
    found.push({ number, ...(author && { author: author.login }) });
  }
  return found;
}

import type { Approval, HistoryRecord } from '../core/apply-record.ts';
import { loginOf, type Account } from './account.ts';
import { countAttemptsToApply } from './applied-commit.ts';
import type { GitHub } from './client.ts';
import { asking } from './errors.ts';
import { findReviewedPlan, type Search } from './reviewed-plan.ts';

/** The environment that asks for an approval of the run. */
const approvalEnvironment = 'identity-center-approve';

/** Who let an apply through, and whether its run was asked. */
export type ApprovedBy = Pick<HistoryRecord, 'approvals' | 'gate'>;

/**
 * Who let an apply through, by GitHub's own record: who approved its run where that was asked for, else the second person who started
 * it, else who approved the plan that was reviewed. None where GitHub shows no one. Where the run was asked, no earlier approval
 * counts: it was of another plan. An app that lets a run through by a rule of its own does not count.
 * @param attempt of the run, in which it applied
 * @param environment in which the run applied; undefined where it does not say
 */
export async function findApprovals(
  gitHub: GitHub,
  { runId, attempt, environment }: { runId: number; attempt: number; environment?: string | undefined },
  search: Search,
): Promise<ApprovedBy> {
  const { rest, at } = gitHub;
  const ofRun = { ...at, run_id: runId };
  const [{ data: reviews }, { data: run }] = await asking(
    `run ${runId}`,
    'actions: read',
    Promise.all([rest.actions.getReviewsForRun(ofRun), rest.actions.getWorkflowRun(ofRun)]),
  );
  const wasAsked = environment === approvalEnvironment;
  const inEnvironment = reviews.filter(
    ({ user, environments }) =>
      (user as Account | null)?.type !== 'Bot' && environments.some(({ name }) => name === approvalEnvironment),
  );
  const approved = inEnvironment.filter(({ state }) => state === 'approved');
  if (wasAsked || (environment === undefined && approved.length > 0)) {
    const approvals = approved.map(({ user }): Approval => ({ how: 'environment', ...personOf(user) }));
    if (approvals.length === 0) return { approvals, gate: 'bypassed' };
    // GitHub keeps one list for all attempts of a run, and an attempt has at most one answer: each has one where there are as many.
    const answers = inEnvironment.filter(({ state }) => state === 'approved' || state === 'rejected').length;
    const isCertain = attempt === 1 || answers >= (await countAttemptsToApply(gitHub, runId, attempt));
    return { approvals, gate: isCertain ? 'approved' : 'unclear' };
  }
  const gate: Pick<ApprovedBy, 'gate'> = environment === undefined ? {} : { gate: 'not-asked' };
  if (run.event === 'workflow_dispatch') {
    const actor = (run.actor ?? null) as Account | null;
    return { approvals: [{ how: 'dispatch', ...personOf(actor), at: run.created_at }], ...gate };
  }
  const { approvals = [], pullRequest } = await findReviewedPlan(gitHub, search);
  const reviewed = approvals.map(({ user, submitted_at: time }): Approval => ({
    how: 'review',
    ...personOf(user),
    ...(time !== undefined && { at: time }),
    ...(pullRequest !== undefined && { pullRequest }),
  }));
  return { approvals: reviewed, ...gate };
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

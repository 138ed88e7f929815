import { listOf } from '../../core/words.ts';
import { asking } from '../errors.ts';
import type { GitHub } from '../client.ts';
import type { Change, Finding, Wishes } from './finding.ts';
import { seeing, unseen, type Seen } from './seen.ts';

/** What the token of a job may do that names no permissions. */
export interface WorkflowPermissions {
  writes: boolean;
  /** GitHub has one setting for opening and for approving pull requests. */
  approves: boolean;
}

export async function readWorkflowPermissions({ rest, at }: GitHub): Promise<Seen<WorkflowPermissions>> {
  const request = rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(at);
  const answer = await asking('the permissions of workflows', 'administration: read', seeing(request));
  if (answer === unseen) return unseen;
  const { default_workflow_permissions: byDefault, can_approve_pull_request_reviews: approves } = answer.data;
  return { writes: byDefault === 'write', approves };
}

const about = 'workflow permissions';

/** @param opening the workflows of the repository that open pull requests. */
export function judgeWorkflowPermissions(
  state: Seen<WorkflowPermissions>,
  { workflowsOpenPullRequests, opening }: Wishes & { opening: readonly string[] },
): Finding[] {
  const [token, approvals] = ['workflow-token', 'workflow-approvals'] as const;
  if (state === unseen) {
    const ofToken = "what a job that names no permissions can do can't be seen with this token";
    const ofApprovals = "whether workflows can open and approve pull requests can't be seen with this token";
    return [
      { check: token, about, verdict: 'unseen', message: ofToken },
      { check: approvals, about, verdict: 'unseen', message: ofApprovals },
    ];
  }
  const fix = 'run `idc github setup`';
  return [
    state.writes
      ? { check: token, about, verdict: 'weaker', message: 'a job that names no permissions can write', fix }
      : { check: token, about, verdict: 'right', message: 'a job that names no permissions can only read' },
    !state.approves
      ? { check: approvals, about, verdict: 'right', message: cannotOpen(opening) }
      : workflowsOpenPullRequests || opening.length > 0
        ? {
            check: approvals,
            about,
            verdict: 'right',
            message: `workflows can open pull requests, as ${opening.length > 0 ? `${listOf(opening, 3)} needs` : 'asked for'}`,
          }
        : {
            check: approvals,
            about,
            verdict: 'weaker',
            message: 'workflows can open and approve pull requests',
            fix: `${fix}, or add --workflows-open-pull-requests if a workflow needs it`,
          },
  ];
}

/** Off, it is the stricter setting; a workflow of the repository may need it all the same. */
const cannotOpen = (opening: readonly string[]): string =>
  `workflows cannot open or approve pull requests${opening.length === 0 ? '' : `; ${listOf(opening, 3)} needs that: \`idc github setup --workflows-open-pull-requests\``}`;

export function mendWorkflowPermissions(
  { rest, at }: GitHub,
  state: Seen<WorkflowPermissions>,
  { workflowsOpenPullRequests, opening }: Wishes & { opening: readonly string[] },
): Change[] {
  if (state === unseen) return [];
  // Where a workflow needs it, what a person has set stays.
  const opens = workflowsOpenPullRequests || (opening.length > 0 && state.approves);
  const lines = [
    ...(state.writes ? ['a job that names no permissions can only read'] : []),
    ...(state.approves === opens ? [] : [`workflows can${opens ? '' : 'not'} open or approve pull requests`]),
  ];
  if (lines.length === 0) return [];
  const body = { default_workflow_permissions: 'read', can_approve_pull_request_reviews: opens } as const;
  const request = () => rest.actions.setGithubActionsDefaultWorkflowPermissionsRepository({ ...at, ...body });
  return [
    {
      lines: lines.map((line) => `${about}: ${line}`),
      write: () => asking('a change of the permissions of workflows', 'administration: write', request()),
    },
  ];
}

import {
  activityAnswer,
  artifactAnswer,
  branchAnswer,
  commentAnswer,
  commitAnswer,
  comparisonAnswer,
  issueAnswer,
  jobAnswer,
  permissionAnswer,
  pullAnswer,
  pullCommitAnswer,
  repositoryAnswer,
  reviewAnswer,
  runAnswer,
  simplePullAnswer,
  statusAnswer,
  workflowAnswer,
} from './answers.ts';
import type { Route } from './description.ts';
import { bodyFault, found, notFound, type Failure, type Handler, type Request } from './handler.ts';
import { proposalRoutes } from './proposals.ts';
import { settingRoutes } from './settings.ts';
import { blobContent, treeAnswer } from './trees.ts';
import type { World } from './world.ts';

const disabled: Failure = { status: 410, message: 'Issues has been disabled in this repository.' };

/** What GitHub answers to an app that comments where the conversation is locked. */
const lockFault = ({ pulls }: World, number: number): Failure | undefined =>
  pulls.get(number)?.locked ? { status: 403, message: 'Unable to create comment because issue is locked.' } : undefined;

/** GitHub lists no more of a pull request. */
const mostCommits = 250;

const issueOf = ({ world, params }: Request) => world.issues.get(Number(params['issue_number']));

export const routes: Readonly<Record<Route, Handler>> = {
  ...settingRoutes,
  ...proposalRoutes,
  'GET /repos/{owner}/{repo}': {
    needs: [['metadata', 'read']],
    answer: ({ world, mayAdminister }) => ({ json: repositoryAnswer(world, mayAdminister) }),
  },
  'GET /repos/{owner}/{repo}/pulls': {
    needs: [['pull-requests', 'read']],
    answer: ({ world, query }) => {
      const [state, base, head] = [query.get('state') ?? 'open', query.get('base'), query.get('head')];
      const list = [...world.pulls.values()].filter(
        (pull) =>
          (pull.closed ? 'closed' : 'open') === state &&
          (base === null || pull.baseRef === base) &&
          (head === null || `${pull.headRepository?.split('/')[0]}:${pull.branch}` === head),
      );
      return { list: list.toReversed().map((pull) => simplePullAnswer(world, pull)) };
    },
  },
  'GET /repos/{owner}/{repo}/compare/{basehead}': {
    needs: [['contents', 'read']],
    answer: ({ world, params, query }) => {
      const [base, head] = (params['basehead'] ?? '').split('...').map((sha) => world.commits.get(sha));
      if (!base || !head) return notFound;
      const { commits, ...rest } = comparisonAnswer(world, base, head);
      const [size, page] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)];
      return { json: { ...rest, commits: (commits as unknown[]).slice((page - 1) * size, page * size) } };
    },
  },
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': {
    needs: [['pull-requests', 'read']],
    answer: ({ world, params }) =>
      found(world.pulls.get(Number(params['pull_number'])), (pull) => ({ json: pullAnswer(world, pull) })),
  },
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': {
    needs: [['pull-requests', 'read']],
    answer: ({ world, params }) =>
      found(world.pulls.get(Number(params['pull_number'])), (pull) => ({
        list: pull.reviews.map((review) => reviewAnswer(world, pull, review)),
      })),
  },
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits': {
    needs: [['pull-requests', 'read']],
    answer: ({ world, params }) =>
      found(world.pulls.get(Number(params['pull_number'])), ({ commits }) => ({
        list: commits.slice(0, mostCommits).flatMap((sha) => {
          const commit = world.commits.get(sha);
          return commit ? [pullCommitAnswer(world, commit)] : [];
        }),
      })),
  },
  'GET /repos/{owner}/{repo}/activity': {
    needs: [['contents', 'read']],
    inForks: true,
    answer: ({ world, params, query }) => {
      const repository = `${params['owner']}/${params['repo']}`;
      const branch = query.get('ref')?.replace(/^refs\/heads\//, '');
      const list = world.activities
        .filter((one) => one.repository === repository && (branch === undefined || one.branch === branch))
        .toReversed();
      if (branch !== undefined && list[0]?.type === 'branch_deletion') {
        if (world.activityOfDeleted === 'unknown') return notFound;
        if (world.activityOfDeleted === 'empty') return { list: [], byCursor: true };
      }
      return { list: list.map(activityAnswer), byCursor: true };
    },
  },
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': {
    needs: [['metadata', 'read']],
    answer: ({ world, params }) => {
      const { username: login = '' } = params;
      const { id, ...role } = world.roles.get(login) ?? { name: 'read', permission: 'read' as const };
      return { json: permissionAnswer({ login, type: 'User', ...(id !== undefined && { id }) }, role) };
    },
  },
  'GET /repos/{owner}/{repo}/branches/{branch}': {
    needs: [['contents', 'read']],
    answer: ({ world, params }) => {
      const { branch = '' } = params;
      return found(world.branches.get(branch), (sha) => ({ json: branchAnswer(world, branch, sha) }));
    },
  },
  'POST /repos/{owner}/{repo}/statuses/{sha}': {
    needs: [['statuses', 'write']],
    answer: ({ world, params, body }) => {
      const { sha = '' } = params;
      if (!world.commits.has(sha)) return { status: 422, message: `No commit found for SHA: ${sha}` };
      const { context, state, target_url: url } = body as Record<'context' | 'state' | 'target_url', string>;
      world.statuses.set(`${sha} ${context}`, state);
      return { status: 201, json: statusAnswer({ context, state, url }) };
    },
  },
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': {
    needs: [['contents', 'read']],
    answer: ({ world, params }) =>
      found(world.commits.get(params['commit_sha'] ?? ''), (commit) => ({ json: commitAnswer(world, commit) })),
  },
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': {
    needs: [['contents', 'read']],
    answer: ({ world, params, query }) =>
      found(treeAnswer(world, params['tree_sha'] ?? '', query.has('recursive')), (json) => ({ json })),
  },
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': {
    needs: [['contents', 'read']],
    answer: ({ world, params }) => found(blobContent(world, params['file_sha'] ?? ''), (bytes) => ({ bytes })),
  },
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': {
    needs: [['pull-requests', 'read']],
    answer: ({ world, params }) => {
      const sha = params['commit_sha'] ?? '';
      const list = [...world.pulls.values()].filter((pull) => pull.mergedAs === sha || pull.commits.includes(sha));
      return { list: list.map((pull) => simplePullAnswer(world, pull)) };
    },
  },
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': {
    needs: [
      ['issues', 'read'],
      ['pull-requests', 'read'],
    ],
    answer: (request) =>
      found(issueOf(request), ({ number, comments }) => ({
        list: comments.map((comment) => commentAnswer(request.world, number, comment)),
      })),
  },
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': {
    needs: [
      ['issues', 'write'],
      ['pull-requests', 'write'],
    ],
    answer: (request) =>
      found(issueOf(request), ({ number }) => {
        const { body } = request.body as { body: string };
        const { world, author } = request;
        return (
          lockFault(world, number) ??
          bodyFault(body) ?? {
            status: 201,
            json: commentAnswer(world, number, world.addComment(number, { author, body })),
          }
        );
      }),
  },
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': {
    needs: [
      ['issues', 'write'],
      ['pull-requests', 'write'],
    ],
    answer: ({ world, params, body: asked }) => {
      const id = Number(params['comment_id']);
      const issue = [...world.issues.values()].find(({ comments }) => comments.some((comment) => comment.id === id));
      const comment = issue?.comments.find((one) => one.id === id);
      if (!issue || !comment) return notFound;
      const { body } = asked as { body: string };
      const fault = lockFault(world, issue.number) ?? bodyFault(body);
      if (fault) return fault;
      Object.assign(comment, { body, updatedAt: world.tick() });
      return { json: commentAnswer(world, issue.number, comment) };
    },
  },
  'GET /repos/{owner}/{repo}/issues': {
    needs: [['issues', 'read']],
    answer: ({ world, query }) => {
      if (!world.hasIssues) return disabled;
      const state = query.get('state') ?? 'open';
      const list = [...world.issues.values()].filter((issue) => state === 'all' || issue.state === state);
      return { list: list.toReversed().map((issue) => issueAnswer(world, issue)) };
    },
  },
  'POST /repos/{owner}/{repo}/issues': {
    needs: [['issues', 'write']],
    answer: ({ world, body: asked, author }) => {
      if (!world.hasIssues) return disabled;
      const { title, body = null } = asked as { title: string; body?: string };
      const fault = body === null ? undefined : bodyFault(body);
      return fault ?? { status: 201, json: issueAnswer(world, world.addIssue({ title, body, author })) };
    },
  },
  'PATCH /repos/{owner}/{repo}/issues/{issue_number}': {
    needs: [['issues', 'write']],
    answer: (request) =>
      found(issueOf(request), (issue) => {
        const { state_reason: stateReason, ...rest } = request.body as Record<string, never>;
        const fault = rest['body'] === undefined ? undefined : bodyFault(rest['body']);
        if (fault) return fault;
        Object.assign(issue, rest, stateReason !== undefined && { stateReason });
        return { json: issueAnswer(request.world, issue) };
      }),
  },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}': {
    needs: [['actions', 'read']],
    answer: ({ world, params }) =>
      found(world.runs.get(Number(params['run_id'])), (run) => ({ json: runAnswer(world, run) })),
  },
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs': {
    needs: [['actions', 'read']],
    answer: ({ world, params, query }) =>
      found(world.runs.get(Number(params['run_id'])), (run) => {
        const newest = Math.max(...run.jobs.map(({ attempt }) => attempt));
        const isAll = query.get('filter') === 'all';
        const list = run.jobs.filter(({ attempt }) => isAll || attempt === newest);
        return { list: list.map((job) => jobAnswer(world, run, job)), under: 'jobs' };
      }),
  },
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}': {
    needs: [['actions', 'read']],
    answer: ({ world, params }) =>
      found(world.workflows.get(params['workflow_id'] ?? ''), (workflow) => ({
        json: workflowAnswer(world, workflow),
      })),
  },
  'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs': {
    needs: [['actions', 'read']],
    answer: ({ world, params, query }) =>
      found(world.workflows.get(params['workflow_id'] ?? ''), ({ file }) => {
        const [branch, status, event] = ['branch', 'status', 'event'].map((name) => query.get(name));
        const list = [...world.runs.values()].filter(
          (run) =>
            run.path === `.github/workflows/${file}` &&
            (branch === null || run.headBranch === branch) &&
            (status === null || run.conclusion === status) &&
            (event === null || run.event === event),
        );
        const newestFirst = list.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
        return { list: newestFirst.map((run) => runAnswer(world, run)), under: 'workflow_runs' };
      }),
  },
  'GET /repos/{owner}/{repo}/actions/artifacts': {
    needs: [['actions', 'read']],
    answer: ({ world, query }) => {
      const name = query.get('name');
      const list = [...world.artifacts.values()].filter((artifact) => name === null || artifact.name === name);
      return { list: list.toReversed().map((artifact) => artifactAnswer(world, artifact)), under: 'artifacts' };
    },
  },
};

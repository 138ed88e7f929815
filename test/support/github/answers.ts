import { createHash } from 'node:crypto';
import { exampleOf } from './description.ts';
import { treeHash } from './trees.ts';
import type {
  Account,
  Activity,
  Artifact,
  Comment,
  Commit,
  Issue,
  Job,
  Pull,
  Review,
  Role,
  Run,
  Workflow,
  World,
} from './world.ts';

// What the stand-in remembers in the form that GitHub gives it: its own published examples, filled in.

export type Json = Record<string, unknown>;

export const idOf = (name: string): number =>
  Number.parseInt(createHash('sha1').update(name.toLowerCase()).digest('hex').slice(0, 7), 16);

export const repositoryUrl = ({ repository }: World): string => `https://api.github.com/repos/${repository}`;
const pageUrl = ({ repository }: World): string => `https://github.com/${repository}`;

export const userOf = ({ login, type, id = idOf(login) }: Account, like: Json): Json => ({ ...like, login, type, id });

export function repositoryAnswer(world: World, isAdministrator: boolean): Json {
  const example = exampleOf('GET /repos/{owner}/{repo}');
  const { source: _source, parent: _parent, ...rest } = example;
  const { visibility } = world;
  return {
    ...named(rest, world.repository),
    language: null,
    default_branch: world.defaultBranch,
    private: visibility !== 'public',
    visibility,
    permissions: { admin: isAdministrator, push: true, pull: true },
  };
}

function named(example: unknown, fullName: string): Json {
  const [login = '', name = ''] = fullName.split('/');
  const { owner, ...rest } = example as Json;
  return {
    ...rest,
    id: idOf(fullName),
    name,
    full_name: fullName,
    owner: userOf({ login, type: 'User' }, owner as Json),
  };
}

export function pullAnswer(world: World, pull: Pull): Json {
  const isUnknown = pull.mergedAs !== undefined || pull.closed || pull.unsettled > 0;
  const isStale = pull.stale > 0 && pull.test !== undefined;
  const mergeable = isUnknown ? null : isStale || world.testMerge(pull) !== null;
  // Until it has been worked out anew, the merge of an earlier push is answered.
  const mergeSha = pull.mergedAs ?? pull.test?.sha ?? null;
  if (pull.unsettled > 0) pull.unsettled -= 1;
  else if (isStale) pull.stale -= 1;
  const example = exampleOf('GET /repos/{owner}/{repo}/pulls/{pull_number}');
  return {
    ...pullFields(world, pull, example),
    merged: pull.mergedAs !== undefined,
    mergeable,
    mergeable_state: mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty',
    merge_commit_sha: mergeSha,
    merged_by: null,
    commits: pull.commits.length,
  };
}

export function simplePullAnswer(world: World, pull: Pull): Json {
  const [example] = exampleOf('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls') as unknown as Json[];
  return { ...pullFields(world, pull, example as Json), merge_commit_sha: pull.mergedAs ?? pull.test?.sha ?? null };
}

function pullFields(world: World, pull: Pull, example: Json): Json {
  const { head, base, user } = example as { head: Json; base: Json; user: Json };
  const { number, title, author, headSha, branch, baseRef, headRepository, mergedAt, closed, locked } = pull;
  const [owner = ''] = (headRepository ?? 'ghost/gone').split('/');
  return {
    ...example,
    number,
    title,
    url: `${repositoryUrl(world)}/pulls/${number}`,
    html_url: `${pageUrl(world)}/pull/${number}`,
    state: closed ? 'closed' : 'open',
    locked: locked ?? false,
    user: userOf(author, user),
    merged_at: mergedAt ?? null,
    closed_at: mergedAt ?? null,
    body: world.issues.get(number)?.body ?? null,
    requested_teams: [],
    requested_reviewers: (pull.asked ?? []).map((login) => userOf({ login, type: 'User' }, user)),
    head: {
      ...head,
      ref: branch,
      sha: headSha,
      label: `${owner}:${branch}`,
      repo: headRepository === null ? null : named(head['repo'], headRepository),
    },
    base: {
      ...base,
      ref: baseRef,
      sha: world.branches.get(baseRef),
      label: `${world.owner}:${baseRef}`,
      repo: named(base['repo'], world.repository),
    },
  };
}

export function reviewAnswer(world: World, pull: Pull, review: Review): Json {
  const [example] = exampleOf('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews') as unknown as Json[];
  const { id, author, state, commitId, association, submittedAt } = review;
  const { submitted_at: _time, ...rest } = example as Json;
  const page = `${pageUrl(world)}/pull/${pull.number}`;
  const url = `${repositoryUrl(world)}/pulls/${pull.number}`;
  return {
    ...rest,
    id,
    state,
    user: author && userOf(author, example?.['user'] as Json),
    commit_id: commitId,
    author_association: association,
    html_url: `${page}#pullrequestreview-${id}`,
    pull_request_url: url,
    _links: { html: { href: `${page}#pullrequestreview-${id}` }, pull_request: { href: url } },
    // What is not sent off yet has no time.
    ...(state !== 'PENDING' && { submitted_at: submittedAt }),
  };
}

export function branchAnswer(world: World, name: string, sha: string): Json {
  const example = exampleOf('GET /repos/{owner}/{repo}/branches/{branch}');
  const url = `${repositoryUrl(world)}/branches/${encodeURI(name)}`;
  const like = example['commit'] as Json;
  const inner = like['commit'] as Json;
  const tree = { ...(inner['tree'] as Json), sha: treeHash(world.commits.get(sha)?.tree ?? {}) };
  return {
    ...example,
    name,
    commit: { ...like, sha, url: `${repositoryUrl(world)}/commits/${sha}`, commit: { ...inner, tree } },
    _links: { html: `${pageUrl(world)}/tree/${encodeURI(name)}`, self: url },
    protection_url: `${url}/protection`,
  };
}

export function commitAnswer(world: World, { sha, parents, tree }: Commit): Json {
  const url = (id: string): string => `${repositoryUrl(world)}/git/commits/${id}`;
  const page = (id: string): string => `${pageUrl(world)}/commit/${id}`;
  return {
    ...exampleOf('GET /repos/{owner}/{repo}/git/commits/{commit_sha}'),
    sha,
    url: url(sha),
    html_url: page(sha),
    tree: { sha: treeHash(tree), url: `${repositoryUrl(world)}/git/trees/${treeHash(tree)}` },
    parents: parents.map((parent) => ({ sha: parent, url: url(parent), html_url: page(parent) })),
  };
}

/** What the second commit has and the first has not. */
export function comparisonAnswer(world: World, base: Commit, head: Commit): Json {
  const example = exampleOf('GET /repos/{owner}/{repo}/compare/{basehead}');
  const [like] = example['commits'] as Json[];
  const known = ancestorsOf(world, base);
  const commits = [...ancestorsOf(world, head).values()].filter(({ sha }) => !known.has(sha));
  const fill = (commit: Commit): Json => ({ ...like, ...pullCommitAnswer(world, commit) });
  return {
    ...example,
    base_commit: fill(base),
    status: commits.length === 0 ? 'identical' : 'ahead',
    ahead_by: commits.length,
    behind_by: 0,
    total_commits: commits.length,
    // Oldest first.
    commits: commits.toReversed().map(fill),
  };
}

function ancestorsOf(world: World, commit: Commit): Map<string, Commit> {
  const found = new Map([[commit.sha, commit]]);
  for (const { parents } of found.values()) {
    for (const parent of parents) {
      const one = world.commits.get(parent);
      if (one) found.set(parent, one);
    }
  }
  return found;
}

/** A commit as a pull request lists it, with the accounts that its e-mail addresses are of. */
export function pullCommitAnswer(world: World, { sha, parents, author, committer, message }: Commit): Json {
  const [example] = exampleOf('GET /repos/{owner}/{repo}/pulls/{pull_number}/commits') as unknown as Json[];
  const url = (id: string): string => `${repositoryUrl(world)}/commits/${id}`;
  return {
    ...example,
    sha,
    url: url(sha),
    html_url: `${pageUrl(world)}/commit/${sha}`,
    comments_url: `${url(sha)}/comments`,
    commit: { ...(example?.['commit'] as Json), message },
    author: author && userOf(author, example?.['author'] as Json),
    committer: committer && userOf(committer, example?.['committer'] as Json),
    parents: parents.map((parent) => ({ sha: parent, url: url(parent) })),
  };
}

/** GitHub's own example is of an older form, and only its account is taken from it. */
export function activityAnswer({ id, branch, before, after, type, actor, at }: Activity): Json {
  const [example] = exampleOf('GET /repos/{owner}/{repo}/activity') as unknown as Json[];
  return {
    id,
    node_id: example?.['node_id'],
    ref: `refs/heads/${branch}`,
    before,
    after,
    timestamp: at,
    activity_type: type,
    actor: actor && userOf(actor, example?.['pusher'] as Json),
  };
}

export function permissionAnswer(account: Account, { name, permission }: Role): Json {
  const example = exampleOf('GET /repos/{owner}/{repo}/collaborators/{username}/permission');
  return {
    permission,
    role_name: name,
    user: { ...userOf(account, example['user'] as Json), role_name: name },
  };
}

export function commentAnswer(world: World, issue: number, { id, author, body, createdAt, updatedAt }: Comment): Json {
  const example = exampleOf('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}');
  return {
    ...example,
    id,
    body,
    user: userOf(author, example['user'] as Json),
    url: `${repositoryUrl(world)}/issues/comments/${id}`,
    html_url: `${pageUrl(world)}/issues/${issue}#issuecomment-${id}`,
    issue_url: `${repositoryUrl(world)}/issues/${issue}`,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

export function issueAnswer(world: World, issue: Issue): Json {
  const { number, title, author, body, state, stateReason, createdAt, comments, isPull } = issue;
  const { user, pull_request: pull, ...rest } = exampleOf('PATCH /repos/{owner}/{repo}/issues/{issue_number}');
  const url = `${repositoryUrl(world)}/issues/${number}`;
  return {
    ...rest,
    number,
    title,
    body,
    state,
    state_reason: stateReason,
    user: userOf(author, user as Json),
    url,
    html_url: `${pageUrl(world)}/${isPull ? 'pull' : 'issues'}/${number}`,
    comments: comments.length,
    created_at: createdAt,
    ...(isPull && { pull_request: pull }),
  };
}

export function runAnswer(world: World, run: Run): Json {
  const example = exampleOf('GET /repos/{owner}/{repo}/actions/runs/{run_id}');
  const { id, event, path, conclusion, repository, headRepository, headBranch, headSha, createdAt, attempt } = run;
  return {
    ...example,
    id,
    event,
    path,
    conclusion,
    status: conclusion === null ? 'in_progress' : 'completed',
    head_branch: headBranch,
    head_sha: headSha,
    run_attempt: attempt,
    actor: userOf(run.actor, example['actor'] as Json),
    triggering_actor: userOf(run.triggeringActor, example['actor'] as Json),
    repository: named(example['repository'], repository),
    head_repository: headRepository === null ? null : named(example['head_repository'], headRepository),
    url: `${repositoryUrl(world)}/actions/runs/${id}`,
    html_url: `${pageUrl(world)}/actions/runs/${id}`,
    created_at: createdAt,
  };
}

export function jobAnswer(world: World, run: Run, { name, conclusion, attempt, steps, completedAt }: Job): Json {
  // A job that is skipped, waits or was rejected has no runner.
  const began =
    steps ?? (conclusion === null || conclusion === 'skipped' ? [] : [{ name: 'Apply exactly that', conclusion }]);
  const [example] = exampleOf('GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs')['jobs'] as Json[];
  return {
    ...example,
    run_id: run.id,
    run_url: `${repositoryUrl(world)}/actions/runs/${run.id}`,
    run_attempt: attempt,
    head_sha: run.headSha,
    created_at: run.createdAt,
    name,
    conclusion,
    status: conclusion === null ? 'waiting' : 'completed',
    runner_id: began.length === 0 ? null : 1,
    steps: began.map((step, index) => ({ ...step, status: 'completed', number: index + 1 })),
    completed_at: conclusion === null ? null : (completedAt ?? afterArtifacts(world, run)),
  };
}

function afterArtifacts({ artifacts }: World, { id, createdAt }: Run): string {
  const made = [...artifacts.values()].filter(({ runId }) => runId === id).map((artifact) => artifact.createdAt);
  const newest = [createdAt, ...made].sort().at(-1) ?? '';
  return new Date(Date.parse(newest) + 1000).toISOString().replace('.000', '');
}

export function workflowAnswer(world: World, { file, state, createdAt }: Workflow): Json {
  return {
    ...exampleOf('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}'),
    name: file.replace(/\.ya?ml$/, ''),
    path: `.github/workflows/${file}`,
    state,
    created_at: createdAt,
    url: `${repositoryUrl(world)}/actions/workflows/${file}`,
    html_url: `${pageUrl(world)}/blob/${world.defaultBranch}/.github/workflows/${file}`,
  };
}

export function artifactAnswer(world: World, { id, name, runId, createdAt, expired }: Artifact): Json {
  const { artifacts } = exampleOf('GET /repos/{owner}/{repo}/actions/artifacts') as { artifacts: Json[] };
  const [example] = artifacts;
  const url = `${repositoryUrl(world)}/actions/artifacts/${id}`;
  const run = runId === null ? undefined : world.runs.get(runId);
  return {
    ...example,
    id,
    name,
    expired,
    created_at: createdAt,
    url,
    archive_download_url: `${url}/zip`,
    workflow_run:
      runId === null
        ? null
        : {
            ...(example?.['workflow_run'] as Json),
            id: runId,
            ...(run && {
              repository_id: idOf(run.repository),
              head_repository_id: idOf(run.headRepository ?? 'ghost/gone'),
              head_branch: run.headBranch,
              head_sha: run.headSha,
            }),
          },
  };
}

export function statusAnswer({ context, state, url }: { context: string; state: string; url: string }): Json {
  return { ...exampleOf('POST /repos/{owner}/{repo}/statuses/{sha}', 201), context, state, target_url: url };
}

/** Who approved a run or rejected it, and in which environment. */
export function runApprovalAnswer({
  environment,
  by,
  state = 'approved',
}: {
  environment: string;
  by: Account;
  state?: 'approved' | 'rejected';
}): Json {
  const [example] = exampleOf('GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals') as unknown as Json[];
  const [like] = (example?.['environments'] ?? []) as Json[];
  return {
    ...example,
    state,
    comment: '',
    user: userOf(by, example?.['user'] as Json),
    environments: [{ ...like, name: environment }],
  };
}

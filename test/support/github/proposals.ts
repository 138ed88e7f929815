import { commitAnswer, pullAnswer, repositoryUrl, simplePullAnswer } from './answers.ts';
import { exampleOf, type Route } from './description.ts';
import { bodyFault, found, notFound, type Failure, type Handler } from './handler.ts';
import { blobHash, treeHash, treeOfHash } from './trees.ts';
import type { Entry, Tree, World } from './world.ts';

// What a workflow does to propose a change: commits without a clone, a branch, a pull request, a run of another workflow.

const refused = (message: string): Failure => ({ status: 422, message });

const [write, open] = [[['contents', 'write']], [['pull-requests', 'write']]] as const;

/** Whether a commit has another among those that it came from. */
function descends({ commits }: World, sha: string, from: string): boolean {
  const seen = new Set([sha]);
  for (const one of seen) for (const parent of commits.get(one)?.parents ?? []) seen.add(parent);
  return seen.has(from);
}

const refAnswer = (world: World, branch: string, sha: string) => ({
  ...exampleOf('POST /repos/{owner}/{repo}/git/refs', 201),
  ref: `refs/heads/${branch}`,
  url: `${repositoryUrl(world)}/git/refs/heads/${branch}`,
  object: { type: 'commit', sha, url: `${repositoryUrl(world)}/git/commits/${sha}` },
});

const pullOf = (world: World, params: Readonly<Record<string, string>>) =>
  world.pulls.get(Number(params['pull_number']));

export const proposalRoutes: Readonly<Record<Route, Handler>> = {
  'POST /repos/{owner}/{repo}/git/blobs': {
    needs: write,
    answer: ({ world, body }) => {
      const { content, encoding = 'utf-8' } = body as { content: string; encoding?: 'utf-8' | 'base64' };
      const bytes = Buffer.from(content, encoding);
      const sha = blobHash(bytes);
      world.blobs.set(sha, bytes);
      return { status: 201, json: { url: `${repositoryUrl(world)}/git/blobs/${sha}`, sha } };
    },
  },
  'POST /repos/{owner}/{repo}/git/trees': {
    needs: write,
    answer: ({ world, body }) => {
      const { base_tree: base, tree: entries } = body as {
        base_tree?: string;
        tree: { path: string; sha: string }[];
      };
      const below = base === undefined ? {} : treeOfHash(world, base);
      if (below === undefined) return notFound;
      const changed: Record<string, Entry> = { ...below };
      for (const { path, sha } of entries) {
        const bytes = world.blobs.get(sha);
        if (bytes === undefined) return refused(`tree.sha ${sha} is not a valid blob`);
        changed[path] = Buffer.from(bytes).toString();
      }
      const tree: Tree = changed;
      const sha = treeHash(tree);
      world.trees.set(sha, tree);
      const { tree: _tree, ...rest } = exampleOf('POST /repos/{owner}/{repo}/git/trees', 201);
      return { status: 201, json: { ...rest, sha, url: `${repositoryUrl(world)}/git/trees/${sha}`, tree: [] } };
    },
  },
  'POST /repos/{owner}/{repo}/git/commits': {
    needs: write,
    answer: ({ world, body, author }) => {
      const { message, tree, parents = [] } = body as { message: string; tree: string; parents?: string[] };
      const files = treeOfHash(world, tree);
      if (files === undefined || parents.some((sha) => !world.commits.has(sha))) return refused('Not a valid commit');
      const sha = world.commit(files, parents, { pusher: author, author, committer: author, message });
      return found(world.commits.get(sha), (commit) => ({ status: 201, json: commitAnswer(world, commit) }));
    },
  },
  'POST /repos/{owner}/{repo}/git/refs': {
    needs: write,
    answer: ({ world, body, author }) => {
      const { ref, sha } = body as { ref: string; sha: string };
      const branch = ref.replace(/^refs\/heads\//, '');
      if (world.branches.has(branch)) return refused('Reference already exists');
      if (!world.commits.has(sha)) return refused('Object does not exist');
      world.moveTo(branch, sha, author);
      return { status: 201, json: refAnswer(world, branch, sha) };
    },
  },
  'PATCH /repos/{owner}/{repo}/git/refs/{ref}': {
    needs: write,
    answer: ({ world, params, body, author }) => {
      const { sha, force = false } = body as { sha: string; force?: boolean };
      const branch = (params['ref'] ?? '').replace(/^heads\//, '');
      const before = world.branches.get(branch);
      if (before === undefined) return refused('Reference does not exist');
      if (!force && !descends(world, sha, before)) return refused('Update is not a fast forward');
      world.moveTo(branch, sha, author);
      return { json: refAnswer(world, branch, sha) };
    },
  },
  'POST /repos/{owner}/{repo}/pulls': {
    needs: open,
    answer: ({ world, body: asked, author }) => {
      const { title, head, base, body = '' } = asked as Record<'title' | 'head' | 'base', string> & { body?: string };
      if (author.type === 'Bot' && !world.workflowPermissions.approves) {
        return { status: 403, message: 'GitHub Actions is not permitted to create or approve pull requests.' };
      }
      if (!world.branches.has(head) || base !== world.defaultBranch) return refused('Validation Failed');
      const known = [...world.pulls.values()].some((pull) => pull.branch === head && !pull.closed);
      if (known) return refused('Validation Failed: A pull request already exists');
      const fault = bodyFault(body);
      if (fault) return fault;
      return { status: 201, json: pullAnswer(world, world.openFrom(head, { title, body, author })) };
    },
  },
  'PATCH /repos/{owner}/{repo}/pulls/{pull_number}': {
    needs: open,
    answer: ({ world, params, body: asked }) =>
      found(pullOf(world, params), (pull) => {
        const { title, body } = asked as { title?: string; body?: string };
        const issue = world.issues.get(pull.number);
        const fault = body === undefined ? undefined : bodyFault(body);
        if (fault) return fault;
        if (issue && body !== undefined) issue.body = body;
        if (title !== undefined) pull.title = title;
        return { json: pullAnswer(world, pull) };
      }),
  },
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers': {
    needs: open,
    answer: ({ world, params, body }) =>
      found(pullOf(world, params), (pull) => {
        const { reviewers = [] } = body as { reviewers?: string[] };
        if (reviewers.some((login) => !world.roles.has(login))) {
          return refused('Reviews may only be requested from collaborators.');
        }
        pull.asked = [...new Set([...(pull.asked ?? []), ...reviewers])];
        return { status: 201, json: simplePullAnswer(world, pull) };
      }),
  },
  'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches': {
    needs: [['actions', 'write']],
    answer: ({ world, params, body, author }) => {
      const { workflow_id: file = '' } = params;
      if (!world.workflows.has(file)) return notFound;
      const { ref, inputs = {} } = body as { ref: string; inputs?: Record<string, string> };
      world.dispatches.push({ file, ref, inputs, actor: author });
      return { status: 204, none: true };
    },
  },
};

import { commitAnswer, repositoryUrl, type Json } from './answers.ts';
import { exampleOf, type Route } from './description.ts';
import { found, notFound, type Answer, type Handler, type Request } from './handler.ts';
import { hashOfTree, treeAnswer, wholeTree } from './trees.ts';
import type { Tree, World } from './world.ts';

// What writes to the repository itself: trees, commits, and branches that move to them.

const needs = [['contents', 'write']] as const;
const prefix = 'refs/heads/';

const reference = (world: World, ref: string, sha: string): Json => {
  const example = exampleOf('PATCH /repos/{owner}/{repo}/git/refs/{ref}');
  const object = { ...(example['object'] as Json), sha, url: `${repositoryUrl(world)}/git/commits/${sha}` };
  return { ...example, ref, url: `${repositoryUrl(world)}/git/${ref}`, object };
};

/** Whether a commit has another one behind it, or is it. */
function descendsFrom({ commits }: World, sha: string, ancestor: string): boolean {
  const seen = new Set([sha]);
  for (const one of seen) for (const parent of commits.get(one)?.parents ?? []) seen.add(parent);
  return seen.has(ancestor);
}

function createTree({ world, body }: Request): Answer {
  const { base_tree: base, tree: entries } = body as {
    base_tree?: string;
    tree: { path: string; content: string }[];
  };
  const before = base === undefined ? {} : wholeTree(world, base);
  if (!before) return { status: 422, message: 'base_tree is not a valid tree oid' };
  const tree: Tree = { ...before, ...Object.fromEntries(entries.map(({ path, content }) => [path, content])) };
  const sha = hashOfTree(tree);
  world.trees.set(sha, tree);
  // GitHub looks a tree up by the commit that has it; this one has none yet.
  const whole = treeAnswer(
    { ...world, commits: new Map([[sha, { sha, parents: [], tree, author: null, committer: null, message: '' }]]) },
    sha,
    false,
  );
  return { status: 201, json: whole };
}

function createCommit({ world, body, author }: Request): Answer {
  const { message, tree: sha, parents } = body as { message: string; tree: string; parents: string[] };
  const tree = wholeTree(world, sha);
  if (!tree) return { status: 422, message: 'Tree SHA does not exist' };
  const commit = world.commits.get(world.commit(tree, parents, { pusher: author, message }));
  return commit ? { status: 201, json: { ...commitAnswer(world, commit), message } } : notFound;
}

export const writingRoutes: Readonly<Record<Route, Handler>> = {
  'POST /repos/{owner}/{repo}/git/trees': { needs, answer: createTree },
  'POST /repos/{owner}/{repo}/git/commits': { needs, answer: createCommit },
  'POST /repos/{owner}/{repo}/git/refs': {
    needs,
    answer: ({ world, body, author }) => {
      const { ref, sha } = body as { ref: string; sha: string };
      if (!ref.startsWith(prefix) || !world.commits.has(sha)) return { status: 422, message: 'Object does not exist' };
      const branch = ref.slice(prefix.length);
      if (world.branches.has(branch)) return { status: 422, message: 'Reference already exists' };
      world.moveBranch(branch, sha, { type: 'branch_creation', actor: author });
      return { status: 201, json: reference(world, ref, sha) };
    },
  },
  'PATCH /repos/{owner}/{repo}/git/refs/{ref}': {
    needs,
    answer: ({ world, params, body, author }) => {
      const branch = (params['ref'] ?? '').replace(/^heads\//, '');
      const { sha, force = false } = body as { sha: string; force?: boolean };
      return found(world.branches.get(branch), (tip) => {
        if (!world.commits.has(sha)) return { status: 422, message: 'Object does not exist' };
        if (!force && !descendsFrom(world, sha, tip)) return { status: 422, message: 'Update is not a fast forward' };
        if (sha !== tip) world.moveBranch(branch, sha, { type: force ? 'force_push' : 'push', actor: author });
        return { json: reference(world, `${prefix}${branch}`, sha) };
      });
    },
  },
};

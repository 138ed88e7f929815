import { createHash } from 'node:crypto';
import { exampleOf } from './description.ts';
import type { Entry, Tree, World } from './world.ts';

// A commit's files as git keeps them: blobs and trees, each found by its hash.

interface Node {
  name: string;
  mode: '100644' | '120000' | '040000' | '160000';
  type: 'blob' | 'tree' | 'commit';
  sha: string;
  /** Of a blob. */
  content?: Buffer;
  /** Of a tree. */
  nodes?: Node[];
}

/** The tree of a commit, or whatever this is the hash of. */
function find({ commits, trees }: World, sha: string): Node | undefined {
  const commit = commits.get(sha);
  if (commit) return nodesOf(commit.tree).root;
  for (const tree of [...[...commits.values()].map((one) => one.tree), ...trees.values()]) {
    const found = nodesOf(tree).bySha.get(sha);
    if (found) return found;
  }
  return undefined;
}

/** As GitHub answers it: of what is below as well where it is asked for, and cut off where it is too much. */
export function treeAnswer(world: World, sha: string, recursive: boolean): Record<string, unknown> | undefined {
  const node = find(world, sha);
  if (!node?.nodes) return undefined;
  const { nodes } = node;
  const all = recursive ? flatten(nodes, '') : nodes.map((one) => [one.name, one] as const);
  const url = (one: Node): string => `https://api.github.com/repos/${world.repository}/git/${one.type}s/${one.sha}`;
  return {
    ...exampleOf('GET /repos/{owner}/{repo}/git/trees/{tree_sha}'),
    sha,
    url: url({ ...node, sha }),
    truncated: all.length > world.longestTree,
    tree: all.slice(0, world.longestTree).map(([path, one]) => ({
      path,
      mode: one.mode,
      type: one.type,
      sha: one.sha,
      ...(one.content && { size: one.content.length }),
      // Of a submodule it knows none.
      ...(one.type !== 'commit' && { url: url(one) }),
    })),
  };
}

/** By which git knows a tree. */
export const treeHash = (tree: Tree): string => nodesOf(tree).root.sha;

/** The files of a tree, by its hash. */
export const treeOfHash = ({ commits, trees }: World, sha: string): Tree | undefined =>
  [...[...commits.values()].map(({ tree }) => tree), ...trees.values()].find((tree) => treeHash(tree) === sha);

export const blobHash = (content: Buffer): string => hashOf('blob', content);

export const blobContent = (world: World, sha: string): Buffer | undefined => find(world, sha)?.content;

const flatten = (nodes: readonly Node[], prefix: string): (readonly [string, Node])[] =>
  nodes.flatMap((node) => [
    [`${prefix}${node.name}`, node] as const,
    ...flatten(node.nodes ?? [], `${prefix}${node.name}/`),
  ]);

const within = (node: Node): Node[] => [node, ...(node.nodes ?? []).flatMap(within)];

interface Nodes {
  root: Node;
  bySha: Map<string, Node>;
}

const known = new WeakMap<Tree, Nodes>();

function nodesOf(tree: Tree): Nodes {
  const before = known.get(tree);
  if (before) return before;
  const root = treeOf('', Object.entries(tree));
  const nodes = { root, bySha: new Map(within(root).map((node) => [node.sha, node])) };
  known.set(tree, nodes);
  return nodes;
}

function treeOf(name: string, entries: readonly (readonly [string, Entry])[]): Node {
  const folders = new Map<string, [string, Entry][]>();
  const nodes: Node[] = [];
  for (const [path, entry] of entries) {
    const slash = path.indexOf('/');
    if (slash < 0) {
      nodes.push(leafOf(path, entry));
      continue;
    }
    const folder = path.slice(0, slash);
    const inside = folders.get(folder) ?? [];
    inside.push([path.slice(slash + 1), entry]);
    folders.set(folder, inside);
  }
  for (const [folder, inside] of folders) nodes.push(treeOf(folder, inside));
  // Git sorts by bytes, a folder as if its name ended in a slash.
  const key = (node: Node): Buffer => Buffer.from(node.type === 'tree' ? `${node.name}/` : node.name);
  nodes.sort((a, b) => Buffer.compare(key(a), key(b)));
  const rows = nodes.map((node) =>
    Buffer.concat([Buffer.from(`${node.mode.replace(/^0/, '')} ${node.name}\0`), Buffer.from(node.sha, 'hex')]),
  );
  return { name, mode: '040000', type: 'tree', sha: hashOf('tree', Buffer.concat(rows)), nodes };
}

function leafOf(name: string, entry: Entry): Node {
  if (typeof entry === 'object' && 'submodule' in entry) {
    const sha = createHash('sha1').update(entry.submodule).digest('hex');
    return { name, mode: '160000', type: 'commit', sha };
  }
  const isLink = typeof entry === 'object' && 'link' in entry;
  const content = Buffer.from(isLink ? entry.link : entry);
  return { name, mode: isLink ? '120000' : '100644', type: 'blob', sha: hashOf('blob', content), content };
}

const hashOf = (type: string, content: Buffer): string =>
  createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');

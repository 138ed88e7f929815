import { posix } from 'node:path';
import type { Entry, Tree, World } from './world.ts';

/** An answer about a path: the bytes of a file, or a description in JSON; undefined where there is nothing. */
export type Contents = { bytes: Uint8Array } | { json: unknown } | undefined;

/** As GitHub answers a request for the raw media type. */
export function contentsOf(world: World, commit: string, path: string): Contents {
  const tree = world.commits.get(commit)?.tree ?? {};
  const entry = tree[path];
  if (entry !== undefined) return entryContents(world, tree, commit, path, entry);
  const prefix = path === '' ? '' : `${path}/`;
  const below = Object.keys(tree).filter((name) => name.startsWith(prefix));
  if (below.length === 0) return undefined;
  const names = new Set(below.map((name) => name.slice(prefix.length).split('/')[0] ?? ''));
  return {
    json: [...names].map((name) => {
      const child = `${prefix}${name}`;
      return described(world, commit, child, listedType(tree[child]));
    }),
  };
}

/** In a list GitHub calls a submodule a file, for the sake of old clients. */
function listedType(entry: Entry | undefined): string {
  if (entry === undefined) return 'dir';
  return typeof entry === 'object' && 'link' in entry ? 'symlink' : 'file';
}

function entryContents(world: World, tree: Tree, commit: string, path: string, entry: Entry): Contents {
  if (typeof entry === 'string') return { bytes: Buffer.from(entry) };
  if (entry instanceof Uint8Array) return { bytes: entry };
  if ('submodule' in entry) {
    const submodule = { ...described(world, commit, path, 'submodule'), submodule_git_url: entry.submodule };
    return { json: submodule };
  }
  // A link to a file of the repository is answered with that file.
  const target = posix.join(posix.dirname(path), entry.link);
  const led = entry.link.startsWith('/') ? undefined : tree[target];
  if (typeof led === 'string' || led instanceof Uint8Array) return entryContents(world, tree, commit, target, led);
  return { json: { ...described(world, commit, path, 'symlink'), target: entry.link } };
}

function described({ repository }: World, commit: string, path: string, type: string): Record<string, unknown> {
  const url = `https://api.github.com/repos/${repository}/contents/${encodeURI(path)}?ref=${commit}`;
  return {
    type,
    size: 0,
    name: path.split('/').at(-1),
    path,
    sha: '3d21ec53a331a6f037a91c368710b99387d012c1',
    url,
    git_url: null,
    html_url: null,
    download_url: null,
    _links: { self: url, git: null, html: null },
  };
}

import { ReportedError } from '../core/errors.ts';
import type { GitHub } from './client.ts';
import { asking } from './errors.ts';

/** What stands under a name in a folder. */
export interface TreeEntry {
  kind: 'file' | 'link' | 'folder' | 'submodule';
  sha: string;
  /** In bytes; 0 of what is neither a file nor a link. */
  size: number;
}

export type Folder = Map<string, TreeEntry>;

/** Reads the folders of a commit, as far as they are asked for. */
export interface CommitTree {
  /** Those that are known, by path; the top is `.`. */
  known: Map<string, Folder>;
  /** The folder at a path that leads through no link; undefined where there is none. */
  read(path: string): Promise<Folder | undefined>;
}

/**
 * GitHub gives all that is below a folder in one answer, unless that is more than 100,000 entries. Such a folder is read
 * alone, and the ones in it when they are asked for.
 */
export function openTree({ rest, at }: GitHub, commit: string): CommitTree {
  const known = new Map<string, Folder>();
  return { known, read };

  async function read(path: string): Promise<Folder | undefined> {
    const before = known.get(path);
    if (before) return before;
    if (path === '.') return await load(path, commit);
    const { folder, name } = split(path);
    const entry = (await read(folder))?.get(name);
    if (entry?.kind !== 'folder') return undefined;
    // Mostly it has come with the folder around it.
    return known.get(path) ?? (await load(path, entry.sha));
  }

  async function load(path: string, sha: string): Promise<Folder> {
    const whole = await ask(path, sha, { recursive: 'true' });
    const { tree, truncated } = whole.truncated ? await ask(path, sha, {}) : whole;
    if (truncated) {
      const hint = 'Move some of its files into folders inside it.';
      throw new ReportedError(
        'pull-request-too-large',
        `${path === '.' ? 'The repository' : path} holds more files than GitHub lists.`,
        hint,
      );
    }
    const top = folderAt(path);
    for (const { path: below, mode, sha: its, size = 0 } of tree) {
      const kind = kinds[mode] ?? 'file';
      const full = path === '.' ? below : `${path}/${below}`;
      const { folder, name } = split(full);
      folderAt(folder).set(name, { kind, sha: its, size });
    }
    return top;
  }

  async function ask(path: string, sha: string, options: { recursive?: string }) {
    const request = rest.git.getTree({ ...at, tree_sha: sha, ...options });
    return (await asking(path === '.' ? `the files of ${commit}` : `the folder ${path}`, 'contents: read', request))
      .data;
  }

  function folderAt(path: string): Folder {
    const folder: Folder = known.get(path) ?? new Map();
    known.set(path, folder);
    return folder;
  }
}

function split(path: string): { folder: string; name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: slash < 0 ? '.' : path.slice(0, slash), name: path.slice(slash + 1) };
}

const kinds: Readonly<Record<string, TreeEntry['kind']>> = {
  '040000': 'folder',
  '120000': 'link',
  '160000': 'submodule',
};

import { openBlobs } from '../blobs.ts';
import type { GitHub } from '../client.ts';
import { openTree } from '../tree.ts';

/** The files of a commit. */
export interface CommittedFiles {
  /** Undefined where there is none, or something other than a file. */
  read(path: string): Promise<string | undefined>;
  /** Every file below a folder, by its path. */
  below(folder: string): Promise<string[]>;
}

/** @param checkedOut the file that a checkout has at a path: what is the same there is not downloaded. */
export function openCommit(
  gitHub: GitHub,
  commit: string,
  checkedOut: (path: string) => Buffer | undefined,
): CommittedFiles {
  const tree = openTree(gitHub, commit);
  const blobs = openBlobs(gitHub, checkedOut);
  return { read, below };

  async function read(path: string): Promise<string | undefined> {
    const slash = path.lastIndexOf('/');
    const folder = await tree.read(slash < 0 ? '.' : path.slice(0, slash));
    const entry = folder?.get(path.slice(slash + 1));
    return entry?.kind === 'file' ? (await blobs.read({ ...entry, path })).toString() : undefined;
  }

  async function below(folder: string): Promise<string[]> {
    const paths: string[] = [];
    for (const [name, { kind }] of (await tree.read(folder)) ?? []) {
      const path = `${folder}/${name}`;
      if (kind === 'folder') paths.push(...(await below(path)));
      else paths.push(path);
    }
    return paths;
  }
}

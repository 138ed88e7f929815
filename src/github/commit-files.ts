import type { GitHub } from './client.ts';
import { asking, type Permission } from './errors.ts';

const permission: Permission = 'contents: write';

/** What a new commit is. */
export interface NewCommit {
  /** The commit whose other files it has. */
  base: string;
  parents: readonly string[];
  message: string;
  /** The files that it has otherwise, by their paths. */
  files: ReadonlyMap<string, Buffer>;
}

/** Makes a commit, which no branch has yet; GitHub signs it and notes whose token it was. @returns its id. */
export async function createCommit(
  { rest, at }: GitHub,
  { base, parents, message, files }: NewCommit,
): Promise<string> {
  const tree = await Promise.all(
    [...files].map(async ([path, content]) => {
      const request = rest.git.createBlob({ ...at, content: content.toString('base64'), encoding: 'base64' });
      const { data } = await asking(`the file ${path}`, permission, request);
      return { path, mode: '100644', type: 'blob', sha: data.sha } as const;
    }),
  );
  const { data: on } = await asking(
    `commit ${base}`,
    'contents: read',
    rest.git.getCommit({ ...at, commit_sha: base }),
  );
  const made = rest.git.createTree({ ...at, base_tree: on.tree.sha, tree });
  const { data: whole } = await asking('a new tree', permission, made);
  const commit = rest.git.createCommit({ ...at, message, tree: whole.sha, parents: [...parents] });
  return (await asking('a new commit', permission, commit)).data.sha;
}

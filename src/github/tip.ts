import type { GitHub } from './client.ts';
import { defaultBranch } from './default-branch.ts';
import { asking } from './errors.ts';

export interface Tip {
  branch: string;
  sha: string;
}

/**
 * The newest commit of a branch.
 * @param branch by default the repository's default branch.
 */
export async function findTip(gitHub: GitHub, branch?: string): Promise<Tip> {
  const { rest, at } = gitHub;
  const name = branch ?? (await defaultBranch(gitHub));
  const { data } = await asking(`the branch ${name}`, 'contents: read', rest.repos.getBranch({ ...at, branch: name }));
  return { branch: name, sha: data.commit.sha };
}

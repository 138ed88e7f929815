import type { GitHub } from './client.ts';

interface RunOrigin {
  repository: { full_name: string };
  head_repository: { full_name: string };
}

/**
 * Whether a workflow run is of a commit in this repository. GitHub lists the runs for a fork's pull requests with the
 * repository's own, under the name that the branch has in the fork.
 */
export function isOwnRun({ repository }: GitHub, run: RunOrigin): boolean {
  const isHere = (name: string | undefined): boolean => name?.toLowerCase() === repository.toLowerCase();
  // Null where the repository is gone, whatever the type says.
  const origin = run.head_repository as { full_name: string } | null;
  return isHere(run.repository.full_name) && isHere(origin?.full_name);
}

/**
 * Whether a run is of this workflow.
 * @param workflow the name of its file in .github/workflows.
 * @param branch which GitHub may name behind the path.
 */
export function isRunOf({ path }: { path: string }, workflow: string, branch: string): boolean {
  const file = `.github/workflows/${workflow}`;
  return [file, `${file}@${branch}`, `${file}@refs/heads/${branch}`].includes(path);
}

/**
 * The default branch by what git keeps in a clone: the remote's, else the one that is checked out.
 * @param read a file of the repository by its path; undefined where there is none.
 */
export function defaultBranchOf(read: (path: string) => string | undefined): string | undefined {
  const remote = /^ref: refs\/remotes\/origin\/(\S+)/.exec(read('.git/refs/remotes/origin/HEAD') ?? '')?.[1];
  return remote ?? /^ref: refs\/heads\/(\S+)/.exec(read('.git/HEAD') ?? '')?.[1];
}

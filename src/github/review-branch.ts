import { ReportedError } from '../core/errors.ts';
import { isActions } from './account.ts';
import { blobHash } from './blobs.ts';
import type { GitHub } from './client.ts';
import { createCommit } from './commit-files.ts';
import { createOnce } from './create-once.ts';
import { answerUnless, asking } from './errors.ts';
import { findMadeFor, type Makers } from './made-by-run.ts';
import { openTree, type CommitTree } from './tree.ts';

/** What the branch of a review is to hold. */
export interface ReviewProposal {
  /** The commit of the default branch that the dates were set in. */
  base: string;
  /** The identity file and what it includes, with the dates, by their paths. */
  files: ReadonlyMap<string, Buffer>;
  /** Of the branches of such reviews: `idc/review`. */
  folder: string;
  /** The last part of a new branch's name: `2026-11`. */
  period: string;
  message: string;
  makers: Makers;
}

export type ReviewBranch =
  /** The files are those of the base. */
  | { state: 'none' }
  /** A pull request of this period was closed without a merge: a person has said no. */
  | { state: 'closed'; branch: string; url: string }
  /** A commit of the branch is not by such a run: it is left as it is. */
  | { state: 'foreign'; branch: string; isOpen: boolean }
  | { state: 'pushed' | 'unchanged'; branch: string; headSha: string };

/**
 * Keeps the branch of a review: of the pull request that is open already, of an earlier period too, else a new one. It never
 * replaces a commit: what is new is a commit on top, which GitHub refuses where someone else has pushed meanwhile.
 */
export async function keepReviewBranch(gitHub: GitHub, proposal: ReviewProposal): Promise<ReviewBranch> {
  const { base, files, folder, period, message, makers } = proposal;
  const changed = await changedFiles(openTree(gitHub, base), files);
  if (changed.size === 0) return { state: 'none' };
  const open = await openBranch(gitHub, folder, makers.branch);
  const branch = open ?? `${folder}/${period}`;
  const head = await headOf(gitHub, branch);
  if (head !== undefined) {
    const url = open === undefined ? await closedUnmerged(gitHub, branch, makers.branch) : undefined;
    if (url !== undefined) return { state: 'closed', branch, url };
    if ((await findMadeFor(gitHub, head, makers)) === undefined) {
      return { state: 'foreign', branch, isOpen: open !== undefined };
    }
    // The same dates, whatever else has been merged since.
    if ((await changedFiles(openTree(gitHub, head), files)).size === 0)
      return { state: 'unchanged', branch, headSha: head };
  }
  const parents = head === undefined ? [base] : [head, base];
  const headSha = await createCommit(gitHub, { base, parents, message, files: changed });
  await moveBranch(gitHub, { branch, headSha, isNew: head === undefined });
  return { state: 'pushed', branch, headSha };
}

/** Those that a commit has otherwise, or not at all. */
async function changedFiles(tree: CommitTree, files: ReadonlyMap<string, Buffer>): Promise<Map<string, Buffer>> {
  const changed = new Map<string, Buffer>();
  for (const [path, content] of files) {
    const slash = path.lastIndexOf('/');
    const entry = (await tree.read(slash < 0 ? '.' : path.slice(0, slash)))?.get(path.slice(slash + 1));
    if (entry?.kind === 'link') {
      throw new ReportedError(
        'linked-file',
        `${path} is a symbolic link in the repository, so its dates can't be pushed.`,
        'Include the file itself, or set its dates with `idc review --write`.',
      );
    }
    if (entry?.sha !== blobHash(content)) changed.set(path, content);
  }
  return changed;
}

/** The branch of the newest pull request of such a review that is open. */
async function openBranch(
  { rest, paginate, at, repository }: GitHub,
  folder: string,
  base: string,
): Promise<string | undefined> {
  const request = paginate(rest.pulls.list, { ...at, state: 'open', base, per_page: 100 });
  const pulls = await asking('the open pull requests', 'pull-requests: read', request);
  const ours = pulls.filter(({ user, head }) => {
    // GitHub answers null for a repository that is gone, whatever the type says.
    const origin = head.repo as { full_name: string } | null;
    const isHere = origin?.full_name.toLowerCase() === repository.toLowerCase();
    return isHere && isActions(user) && isOf(head.ref, folder);
  });
  return ours.sort((a, b) => b.number - a.number)[0]?.head.ref;
}

const isOf = (branch: string, folder: string): boolean =>
  branch.startsWith(`${folder}/`) && /^\d{4}-\d{2}$/.test(branch.slice(folder.length + 1));

async function closedUnmerged({ rest, at }: GitHub, branch: string, base: string): Promise<string | undefined> {
  const request = rest.pulls.list({ ...at, state: 'closed', base, head: `${at.owner}:${branch}`, per_page: 100 });
  const { data: pulls } = await asking('the closed pull requests', 'pull-requests: read', request);
  const [last] = pulls.sort((a, b) => b.number - a.number);
  return last?.merged_at === null ? last.html_url : undefined;
}

async function headOf({ rest, at }: GitHub, branch: string): Promise<string | undefined> {
  const request = answerUnless([404], rest.repos.getBranch({ ...at, branch }));
  return (await asking(`the branch ${branch}`, 'contents: read', request))?.data.commit.sha;
}

async function moveBranch(
  gitHub: GitHub,
  { branch, headSha, isNew }: { branch: string; headSha: string; isNew: boolean },
): Promise<void> {
  const { rest, at } = gitHub;
  const write = (): Promise<unknown> =>
    isNew
      ? rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: headSha })
      : rest.git.updateRef({ ...at, ref: `heads/${branch}`, sha: headSha, force: false });
  const isThere = async (): Promise<true | undefined> =>
    (await headOf(gitHub, branch)) === headSha ? true : undefined;
  await asking(`a commit on the branch ${branch}`, 'contents: write', createOnce<unknown>(gitHub, isThere, write));
}

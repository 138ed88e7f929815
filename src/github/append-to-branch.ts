import { openBlobs } from './blobs.ts';
import type { GitHub } from './client.ts';
import { answerUnless, asking } from './errors.ts';
import type { Place } from './follow-links.ts';
import { isLost, isRequestFailure } from './retry.ts';
import { openTree } from './tree.ts';

/** What is at the tip of a branch. */
export interface BranchFiles {
  /** The paths of all files, in no order; none where there is no such branch yet. */
  paths: readonly string[];
  read(path: string): Promise<Buffer>;
}

export interface NewFile {
  path: string;
  text: string;
  /** Of the commit. */
  message: string;
}

export interface Appended {
  /** False where the file was there already. */
  isNew: boolean;
  /** How often another writer was first. */
  overtaken: number;
}

/** How often the tip is read again at most: each time another writer was first. */
const attempts = 12;

/**
 * Adds a file to a branch that only grows, as a commit of its own; the branch is made, without a parent, where there is none.
 * Where another writer was first, or an answer is lost, the tip is read again and the file is made for that.
 * @param next the file that follows from what is there; undefined where it is there already.
 */
export async function appendToBranch(
  gitHub: GitHub,
  branch: string,
  next: (files: BranchFiles) => Promise<NewFile | undefined>,
): Promise<Appended> {
  const { clock } = gitHub;
  for (let overtaken = 0; ; overtaken += 1) {
    const tip = await findTip(gitHub, branch);
    const file = await next(await filesOf(gitHub, tip));
    if (file === undefined) return { isNew: false, overtaken };
    try {
      await commitFile(gitHub, branch, tip, file);
      return { isNew: true, overtaken };
    } catch (error) {
      // Where an answer is lost, the tip tells whether the commit was made.
      const isWorthIt = isLost(error) || (isRequestFailure(error) && (await hasMoved(gitHub, branch, tip)));
      if (!isWorthIt || overtaken + 1 === attempts)
        return asking(`a commit on ${branch}`, 'contents: write', Promise.reject(error));
      // By chance, so that two writers who met don't meet again.
      await clock.sleep(200 * 2 ** Math.min(overtaken, 5) * (0.5 + Math.random()));
    }
  }
}

interface Tip {
  sha: string;
  tree: string;
}

async function findTip({ rest, at }: GitHub, branch: string): Promise<Tip | undefined> {
  const request = answerUnless([404], rest.repos.getBranch({ ...at, branch }));
  const answer = await asking(`the branch ${branch}`, 'contents: write', request);
  return answer && { sha: answer.data.commit.sha, tree: answer.data.commit.commit.tree.sha };
}

const hasMoved = async (gitHub: GitHub, branch: string, tip: Tip | undefined): Promise<boolean> =>
  (await findTip(gitHub, branch))?.sha !== tip?.sha;

async function filesOf(gitHub: GitHub, tip: Tip | undefined): Promise<BranchFiles> {
  const none: BranchFiles = { paths: [], read: () => Promise.reject(new Error('there is no branch')) };
  if (!tip) return none;
  const tree = openTree(gitHub, tip.sha);
  const blobs = openBlobs(gitHub, () => undefined);
  const files = new Map<string, Place>();
  const collect = async (folder: string): Promise<void> => {
    for (const [name, entry] of (await tree.read(folder)) ?? []) {
      const path = folder === '.' ? name : `${folder}/${name}`;
      if (entry.kind === 'folder') await collect(path);
      else if (entry.kind === 'file') files.set(path, { ...entry, path });
    }
  };
  await collect('.');
  return {
    paths: [...files.keys()],
    read(path) {
      const place = files.get(path);
      return place ? blobs.read(place) : Promise.reject(new Error(`there is no ${path}`));
    },
  };
}

async function commitFile(
  { rest, at }: GitHub,
  branch: string,
  tip: Tip | undefined,
  { path, text, message }: NewFile,
): Promise<void> {
  const { data: tree } = await rest.git.createTree({
    ...at,
    tree: [{ path, mode: '100644', type: 'blob', content: text }],
    ...(tip && { base_tree: tip.tree }),
  });
  const parents = tip ? [tip.sha] : [];
  const { data: commit } = await rest.git.createCommit({ ...at, message, tree: tree.sha, parents });
  if (tip) await rest.git.updateRef({ ...at, ref: `heads/${branch}`, sha: commit.sha, force: false });
  else await rest.git.createRef({ ...at, ref: `refs/heads/${branch}`, sha: commit.sha });
}

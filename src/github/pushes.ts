import type { Account } from './account.ts';
import type { GitHub } from './client.ts';
import { answerUnless, asking } from './errors.ts';

/** A branch, in this repository or in a fork. */
export interface Branch {
  owner: string;
  repo: string;
  name: string;
}

/** A move of a branch as GitHub's activity tells it: a push, a force push, a merge into it, or its creation. */
export interface Push {
  /** The commit that the branch was at; zeros where it was created. */
  before: string;
  after: string;
  /** `refs/heads/…` */
  ref: string;
  /** Null where the account is gone. */
  actor: Account | null;
  /** `force_push`, where the branch may have lost commits by it; `push` and others. */
  activity_type: string;
}

/** What a branch is at before it is made. */
const nowhere = '0'.repeat(40);

/** How far back GitHub is asked, newest first. */
const mostPushes = 1000;

/**
 * The pushes that brought these commits to the branch, and all pushes before a force push: a rebase makes the same changes
 * into new commits, by the person who rebases. Where one is missing, the commit that it would have made. The names in a
 * commit are free text; who pushed is what GitHub has seen.
 */
export async function findPushes(
  gitHub: GitHub,
  branch: Branch,
  headSha: string,
  commits: ReadonlySet<string>,
): Promise<Push[] | { missing: string }> {
  const ref = `refs/heads/${branch.name}`;
  const trace = async (filter: { ref?: string }): Promise<Push[] | { missing: string }> => {
    const pushes = await listPushes(gitHub, branch, filter);
    return traceBack(
      pushes.filter((push) => push.ref === ref),
      headSha,
      commits,
    );
  };
  const found = await trace({ ref });
  // GitHub does not promise that the activity of a deleted branch can still be asked for by its name.
  return 'missing' in found ? trace({}) : found;
}

/** The moves of a branch or of all, newest first, as far back as GitHub is asked; none of what it does not know. */
export async function listPushes(
  { rest, paginate }: GitHub,
  { owner, repo }: Branch,
  filter: { ref?: string },
): Promise<Push[]> {
  const pushes: Push[] = [];
  const pages = paginate.iterator(rest.repos.listActivities, { owner, repo, ...filter, per_page: 100 });
  const readAll = async (): Promise<void> => {
    for await (const { data } of pages) {
      pushes.push(...data);
      if (pushes.length >= mostPushes) return;
    }
  };
  // A fork may be gone or private, and a deleted branch unknown.
  await asking(`the activity of ${owner}/${repo}`, 'contents: read', answerUnless([404, 422], readAll()));
  return pushes;
}

/** Where branches were, as far as a client has been asked: a command asks about many runs. */
const pasts = new WeakMap<GitHub, Map<string, (sha: string) => Promise<boolean>>>();

/**
 * Whether the branch was ever at a commit, by a push or a merge, as far back as GitHub is asked. Its moves are read once for a client,
 * and no further than needed.
 */
export function wasAt(gitHub: GitHub, branch: Branch, sha: string): Promise<boolean> {
  const ofClient = pasts.get(gitHub) ?? new Map<string, (sha: string) => Promise<boolean>>();
  pasts.set(gitHub, ofClient);
  const { owner, repo, name } = branch;
  const key = JSON.stringify([owner, repo, name]);
  const search = ofClient.get(key) ?? createPast(gitHub, branch);
  ofClient.set(key, search);
  return search(sha);
}

function createPast({ rest, paginate }: GitHub, { owner, repo, name }: Branch): (sha: string) => Promise<boolean> {
  const ref = `refs/heads/${name}`;
  const request = { owner, repo, ref, per_page: 100 };
  const pages = paginate.iterator(rest.repos.listActivities, request)[Symbol.asyncIterator]();
  const known = new Set<string>();
  let seen = 0;
  let isAll = false;
  const search = async (sha: string): Promise<boolean> => {
    while (!known.has(sha) && !isAll) {
      const page = await pages.next();
      const data = page.done === true ? [] : page.value.data;
      for (const push of data) if (push.ref === ref) known.add(push.after);
      seen += data.length;
      isAll = page.done === true || seen >= mostPushes;
    }
    return known.has(sha);
  };
  return (sha) => asking(`the activity of ${name}`, 'contents: read', search(sha));
}

function traceBack(
  pushes: readonly Push[],
  headSha: string,
  commits: ReadonlySet<string>,
): Push[] | { missing: string } {
  const passed = walkBack(pushes, [headSha]);
  const forced = pushes.filter(({ after, activity_type: type }) => type === 'force_push' && passed.has(after));
  const replaced = walkBack(
    pushes,
    forced.map(({ before }) => before),
  );
  const found: Push[] = [];
  for (const sha of passed) {
    // Anyone may have made what the branch began from.
    if (!commits.has(sha) && !replaced.has(sha)) continue;
    const here = pushes.filter(({ after }) => after === sha);
    if (here.length === 0) return { missing: sha };
    found.push(...here);
  }
  return found;
}

/** Where the branch was on its way to these commits, themselves included. */
function walkBack(pushes: readonly Push[], shas: readonly string[]): Set<string> {
  // A set is walked to its end, also where it grows meanwhile.
  const passed = new Set(shas);
  for (const sha of passed) {
    for (const { before, after } of pushes) if (after === sha && before !== nowhere) passed.add(before);
  }
  return passed;
}

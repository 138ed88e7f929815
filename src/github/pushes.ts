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
}

/** How far back GitHub is asked, newest first. */
const mostPushes = 1000;

/**
 * The pushes that brought these commits to the branch: those that made the head, those that made what they began from, and
 * so on, back to where the branch had none of the commits. Where one is missing, the commit that it would have made. The
 * names in a commit are free text; who pushed is what GitHub has seen.
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

async function listPushes(
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

function traceBack(
  pushes: readonly Push[],
  headSha: string,
  commits: ReadonlySet<string>,
): Push[] | { missing: string } {
  const found: Push[] = [];
  // A set is walked to its end, also where it grows meanwhile.
  const made = new Set([headSha]);
  for (const sha of made) {
    const here = pushes.filter(({ after }) => after === sha);
    if (here.length === 0) return { missing: sha };
    found.push(...here);
    for (const { before } of here) if (commits.has(before)) made.add(before);
  }
  return found;
}

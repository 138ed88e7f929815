import { isPerson, loginOf, type Account, type Person } from './account.ts';
import type { GitHub } from './client.ts';
import { findContributors, type Contributors } from './contributors.ts';
import { asking } from './errors.ts';
import { findMergedSince } from './merged-since.ts';
import { listPushes, type Push } from './pushes.ts';
import { findRole } from './role.ts';

/** What a person approves by starting a run. */
export interface Dispatch {
  runId: number;
  /** That the run is of. */
  commit: string;
  /** That was applied last; empty where there is none. */
  since: string;
  branch: string;
  /** The workflows that open pull requests, by the names of their files. */
  makers: readonly string[];
}

/**
 * Undefined where the person who started the run by hand can write to the repository, and made nothing of what is new since
 * the last apply; else why that approves nothing, as a sentence.
 */
export async function whyNotSecondPerson(gitHub: GitHub, dispatch: Dispatch): Promise<string | undefined> {
  const person = await findDispatcher(gitHub, dispatch.runId);
  if ('reason' in person) return person.reason;
  const { login, id } = person;
  const role = await findRole(gitHub, person);
  if (!role.canWrite) return `${login} can't write to the repository (role: ${role.name}).`;
  const contributors = await findContributorsSince(gitHub, dispatch);
  if ('unknown' in contributors) return `GitHub does not show who made the change: ${contributors.unknown}.`;
  const deed = contributors.deeds.get(id);
  return deed === undefined ? undefined : `${login} ${deed}, so another person has to approve this.`;
}

async function findDispatcher({ rest, at }: GitHub, runId: number): Promise<Person | { reason: string }> {
  const request = rest.actions.getWorkflowRun({ ...at, run_id: runId });
  const { data: run } = await asking(`run ${runId}`, 'actions: read', request);
  if (run.event !== 'workflow_dispatch') return { reason: 'No person started this run by hand.' };
  if ((run.run_attempt ?? 1) !== 1)
    return { reason: 'This run was run again, which another person can do: start a new one.' };
  const [actor, trigger] = [run.actor as Account | undefined, run.triggering_actor as Account | undefined];
  if (actor === undefined || !isPerson(actor) || actor.id !== trigger?.id) {
    return { reason: `${loginOf(actor ?? null)} started this run, and GitHub does not say for whom.` };
  }
  return actor;
}

/** Everyone who made a pull request that was merged since, or pushed to the branch. Who merges makes nothing. */
async function findContributorsSince(
  gitHub: GitHub,
  { since, commit, branch, makers }: Dispatch,
): Promise<Contributors> {
  const moves = await movesSince(gitHub, branch, { since, commit });
  if ('unknown' in moves) return moves;
  const merged = await findMergedSince(gitHub, { since: moves.from, commit, branch });
  const known = new Set(merged.map(({ merge_commit_sha: sha }) => sha));
  const deeds = new Map<number, string>();
  for (const { after, actor, activity_type: type } of moves.list) {
    if (['pr_merge', 'merge_queue_merge'].includes(type)) {
      if (!known.has(after)) return { unknown: `no pull request is known that became commit ${after}` };
    } else if (isPerson(actor)) deeds.set(actor.id, `pushed commit ${after} to ${branch}`);
    else return { unknown: `${loginOf(actor)} pushed commit ${after} to ${branch}` };
  }
  for (const { number, user, head } of merged) {
    // GitHub answers null for a repository that is gone, whatever the type says.
    const origin = head.repo as { owner: { login: string }; name: string } | null;
    const headRepository = origin && { owner: origin.owner.login, repo: origin.name };
    const found = await findContributors(
      gitHub,
      { number, author: user, headSha: head.sha, branch: head.ref, headRepository },
      { workflows: makers, branch },
    );
    if ('unknown' in found) return { unknown: `of pull request #${number}, ${found.unknown}` };
    for (const [id, deed] of found.deeds) if (!deeds.has(id)) deeds.set(id, `${deed} (pull request #${number})`);
  }
  return { deeds };
}

/** How the branch came from one commit to another; from its beginning where the first one is not known. */
async function movesSince(
  gitHub: GitHub,
  branch: string,
  { since, commit }: { since: string; commit: string },
): Promise<{ from: string; list: Push[] } | { unknown: string }> {
  const ref = `refs/heads/${branch}`;
  const all = (await listPushes(gitHub, { ...gitHub.at, name: branch }, { ref })).filter((push) => push.ref === ref);
  const end = all.findIndex(({ after }) => after === commit);
  const begin =
    since === ''
      ? all.findLastIndex(({ activity_type: type }) => type === 'branch_creation')
      : all.findIndex(({ after }, index) => index >= end && after === since);
  if (end === -1 || begin === -1) return { unknown: `the activity of ${branch} does not show how it became ${commit}` };
  // What is known was applied; of a branch's beginning that is not so.
  return { from: all[begin]?.after ?? '', list: all.slice(end, since === '' ? begin + 1 : begin) };
}

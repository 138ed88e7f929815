import { isPerson, loginOf, type Account, type Person } from './account.ts';
import type { GitHub } from './client.ts';
import { asking } from './errors.ts';
import { isOwnRun, isRunOf } from './own-run.ts';
import { wasAt } from './pushes.ts';

/** The workflows that push commits and open pull requests, of which it is known for whom they do. */
export interface Makers {
  /** The names of their files in .github/workflows, such as `review.yml`, `review-sandbox.yml`. */
  workflows: readonly string[];
  /** The default branch. */
  branch: string;
}

/** For whom a commit was made: for those who started the run; for no one where its schedule did. */
export type MadeFor = { people: Person[] } | { unknown: string };

/** What a run of such a workflow calls its artifact, by the commit that it has pushed. */
export const madeName = (commit: string, workflow: string): string =>
  `idc-made-${commit}${workflow.replace(/^review|\.ya?ml$/g, '')}`;

/**
 * For whom a workflow of the default branch made a commit; undefined where none of them is known to have made it. An artifact
 * can only be written by its own run, but any run can give one this name: so it only names the run, and what the run is, and
 * who started it, is GitHub's own record. A run of one of these workflows, of the default branch, pushes nothing but what that
 * branch's text of it makes.
 */
export async function findMadeFor(
  gitHub: GitHub,
  commit: string,
  { workflows, branch }: Makers,
): Promise<MadeFor | undefined> {
  const { rest, paginate, at } = gitHub;
  for (const workflow of workflows) {
    const name = madeName(commit, workflow);
    const artifacts = await asking(
      `the artifacts called ${name}`,
      'actions: read',
      paginate(rest.actions.listArtifactsForRepo, { ...at, name, per_page: 100 }),
    );
    for (const { name: its, workflow_run: origin } of artifacts) {
      if (its !== name || origin?.id === undefined) continue;
      const request = rest.actions.getWorkflowRun({ ...at, run_id: origin.id });
      const { data: run } = await asking(`run ${origin.id}`, 'actions: read', request);
      const isTrusted =
        ['schedule', 'workflow_dispatch'].includes(run.event) &&
        isRunOf(run, workflow, branch) &&
        isOwnRun(gitHub, run) &&
        run.head_branch === branch &&
        // A tag can have the branch's name.
        (await wasAt(gitHub, { ...at, name: branch }, run.head_sha));
      if (isTrusted) return madeFor(run);
    }
  }
  return undefined;
}

interface Started {
  event: string;
  run_attempt?: number;
  actor?: unknown;
  triggering_actor?: unknown;
}

function madeFor({ event, run_attempt: attempt = 1, actor, triggering_actor: again }: Started): MadeFor {
  const starters = [...(event === 'schedule' ? [] : [actor]), ...(attempt > 1 ? [again] : [])] as (
    | Account
    | undefined
  )[];
  const people: Person[] = [];
  for (const one of starters) {
    const account = one ?? null;
    if (!isPerson(account)) return { unknown: `${loginOf(account)} started the run that made it` };
    people.push(account);
  }
  return { people };
}

import type { GitHub } from './client.ts';
import { answerUnless, asking } from './errors.ts';
import { isOwnRun } from './own-run.ts';

/** A workflow of the default branch, by the name of its file. */
export interface WorkflowState {
  /** `active`, or how it was disabled: `disabled_manually`, `disabled_inactivity` and others. */
  state: string;
  madeAt: Date;
  /** When the newest scheduled run began that ended with one of the conclusions; undefined where there is none. */
  lastRun: Date | undefined;
}

/**
 * Only a scheduled run is certain to be of the default branch. A run for a pull request is of a branch that anyone can give
 * its name, and one that a person starts can be of a tag of that name, with another text of the workflow.
 */
const event = 'schedule';

/** Undefined where there is no such workflow. */
export async function findWorkflow(
  gitHub: GitHub,
  { file, branch, conclusions }: { file: string; branch: string; conclusions: readonly ('success' | 'failure')[] },
): Promise<WorkflowState | undefined> {
  const { rest, at } = gitHub;
  const workflow = { ...at, workflow_id: file };
  const asked = `the workflow ${file}`;
  const answer = await asking(asked, 'actions: read', answerUnless([404], rest.actions.getWorkflow(workflow)));
  if (answer === undefined) return undefined;
  const times: Date[] = [];
  for (const status of conclusions) {
    // Newest first.
    const request = rest.actions.listWorkflowRuns({ ...workflow, branch, status, event, per_page: 1 });
    const { workflow_runs: runs } = (await asking(asked, 'actions: read', request)).data;
    const own = runs.filter((run) => run.event === event && isOwnRun(gitHub, run));
    times.push(...own.map(({ created_at: time }) => new Date(time)));
  }
  const [lastRun] = times.sort((a, b) => b.getTime() - a.getTime());
  return { state: answer.data.state, madeAt: new Date(answer.data.created_at), lastRun };
}

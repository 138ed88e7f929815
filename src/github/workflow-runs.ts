import type { GitHub } from './client.ts';
import { answerUnless, asking } from './errors.ts';
import { isOwnRun } from './own-run.ts';

/** A workflow of the default branch, by the name of its file. */
export interface WorkflowState {
  /** `active`, or how it was disabled: `disabled_manually`, `disabled_inactivity` and others. */
  state: string;
  madeAt: Date;
  /** When the newest run began, scheduled or started by hand, that ended with one of the conclusions; undefined where there is none. */
  lastRun: Date | undefined;
}

/**
 * A run of these events is of this repository's branch, by its schedule or by a person who can write to it. A pull request
 * starts a run as well where its copy of the workflow asks for that, and anyone can open one from a branch of any name.
 */
const ownEvents = ['schedule', 'workflow_dispatch'] as const;

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
    for (const event of ownEvents) {
      // Newest first. Runs of another branch may be of another file.
      const request = rest.actions.listWorkflowRuns({ ...workflow, branch, status, event, per_page: 1 });
      const { workflow_runs: runs } = (await asking(asked, 'actions: read', request)).data;
      const own = runs.filter((run) => run.event === event && isOwnRun(gitHub, run));
      times.push(...own.map(({ created_at: time }) => new Date(time)));
    }
  }
  const [lastRun] = times.sort((a, b) => b.getTime() - a.getTime());
  return { state: answer.data.state, madeAt: new Date(answer.data.created_at), lastRun };
}

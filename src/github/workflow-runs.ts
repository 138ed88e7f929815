import type { GitHub } from './client.ts';
import { answerUnless, asking } from './errors.ts';

/** A workflow of the default branch, by the name of its file. */
export interface WorkflowState {
  /** `active`, or how it was disabled: `disabled_manually`, `disabled_inactivity` and others. */
  state: string;
  madeAt: Date;
  /** When the newest run began that ended with one of the conclusions; undefined where there is none. */
  lastRun: Date | undefined;
}

/** Undefined where there is no such workflow. */
export async function findWorkflow(
  { rest, at }: GitHub,
  { file, branch, conclusions }: { file: string; branch: string; conclusions: readonly ('success' | 'failure')[] },
): Promise<WorkflowState | undefined> {
  const workflow = { ...at, workflow_id: file };
  const asked = `the workflow ${file}`;
  const answer = await asking(asked, 'actions: read', answerUnless([404], rest.actions.getWorkflow(workflow)));
  if (answer === undefined) return undefined;
  const times: Date[] = [];
  for (const status of conclusions) {
    // Newest first. Runs of another branch may be of another file.
    const request = rest.actions.listWorkflowRuns({ ...workflow, branch, status, per_page: 1 });
    const { workflow_runs: runs } = (await asking(asked, 'actions: read', request)).data;
    times.push(...runs.map(({ created_at: time }) => new Date(time)));
  }
  const [lastRun] = times.sort((a, b) => b.getTime() - a.getTime());
  return { state: answer.data.state, madeAt: new Date(answer.data.created_at), lastRun };
}

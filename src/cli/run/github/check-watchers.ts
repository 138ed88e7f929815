import { RefusedError } from '../../../core/errors.ts';
import { defaultBranch } from '../../../github/default-branch.ts';
import { findWorkflow, type WorkflowState } from '../../../github/workflow-runs.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { openGitHub } from './session.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';

export interface GitHubCheckWatchersFlags extends CommonFlags {
  /** Hours. */
  within?: number;
  succeeded?: boolean;
}

const hour = 3_600_000;

/** Refuses a scheduled workflow that has stopped: a run that does not begin fails nowhere. */
export async function gitHubCheckWatchers(
  io: Io,
  { within = 48, succeeded = false }: GitHubCheckWatchersFlags,
  files: readonly string[],
  version: string,
): Promise<number> {
  const gitHub = openGitHub(io, version);
  const branch = await defaultBranch(gitHub);
  const conclusions = succeeded ? (['success'] as const) : (['success', 'failure'] as const);
  const since = new Date(io.now().getTime() - within * hour);
  const stopped: string[] = [];
  for (const file of files) {
    const workflow = await findWorkflow(gitHub, { file, branch, conclusions });
    const why = whyStopped(workflow, since, succeeded);
    if (why === undefined) io.err(`${sanitize(file)} runs${lastRunText(workflow)}.\n`);
    else stopped.push(`The workflow ${file} ${why}`);
  }
  if (stopped.length > 0) throw new RefusedError(stopped.join(' '));
  return exitCodes.done;
}

/** The end of a sentence about the workflow; undefined where it runs. */
function whyStopped(workflow: WorkflowState | undefined, since: Date, succeeded: boolean): string | undefined {
  if (workflow === undefined) return 'is not a workflow of this repository.';
  const { state, madeAt, lastRun } = workflow;
  if (state !== 'active') return `is disabled${reasons[state] ?? ` (${state})`}. ${howToEnable}`;
  if (madeAt >= since || (lastRun !== undefined && lastRun >= since)) return undefined;
  const last =
    lastRun === undefined
      ? `has never ${succeeded ? 'succeeded' : 'run to its end'} by its schedule`
      : `last ${succeeded ? 'succeeded' : 'ran to its end'} by its schedule at ${lastRun.toISOString()}`;
  return `${last}. ${howToFind}`;
}

const reasons: Readonly<Record<string, string>> = {
  disabled_manually: ', by a person or a token with write access',
  disabled_inactivity: ', because nothing happened in the repository for 60 days',
};

const howToEnable =
  'Enable it in the repository: Actions, the workflow in the list on the left, Enable workflow. Its next scheduled run ends this error; start it by hand for what it has missed.';
const howToFind =
  'Look at its runs in the repository under Actions: they may have failed, wait for their environment, or have been cancelled. Where there are none, GitHub may have stopped the schedule because the person who last changed it left the organization: change its cron line. A run that a person starts does not count.';

const lastRunText = (workflow: WorkflowState | undefined): string =>
  workflow?.lastRun === undefined ? ', and is new' : `: last at ${workflow.lastRun.toISOString()}`;

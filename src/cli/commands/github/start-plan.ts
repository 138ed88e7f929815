import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { jobFlags, pullArgument } from './shared.ts';

export const startPlan = defineCommand({
  name: 'start-plan',
  summary: 'Start the plan of a pull request',
  description: [
    'Starts the workflow on the default branch with the number of the pull request. It is for pull requests that a workflow opens ' +
      'or pushes to: GitHub starts no other workflow for what is done with the token of a job.',
    'The job needs the permission `actions: write`.',
  ],
  args: pullArgument,
  flags: {
    workflow: { takes: 'file', default: 'plan.yml', description: 'The workflow that plans, in .github/workflows.' },
    ...jobFlags,
  },
  examples: [{ does: 'After a workflow has opened it', run: 'idc github start-plan 42' }],
  environment: gitHubVariables,
  run: async ({ io, version, args, flags }) => {
    const { gitHubStartPlan } = await import('../../run/github/start-plan.ts');
    return gitHubStartPlan(io, flags, args.pull, version);
  },
});

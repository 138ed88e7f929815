import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { commitArgument, jobFlags } from './shared.ts';

export const status = defineCommand({
  name: 'status',
  summary: 'Set a commit status on a pull request',
  description: [
    'Sets a commit status, for a run that was started by hand: GitHub shows its checks on the default branch, and not on the ' +
      'pull request that it is about, so a required check would wait forever.',
    'The job needs the permission `statuses: write`.',
  ],
  args: commitArgument,
  flags: {
    context: { takes: 'name', default: 'plan', description: 'Name of the check.' },
    state: {
      takes: 'state',
      choices: ['success', 'failure', 'cancelled'],
      isRequired: true,
      description: 'How the job ended.',
    },
    runUrl: { takes: 'url', isRequired: true, description: 'Link to the workflow run.' },
    ...jobFlags,
  },
  examples: [
    {
      does: 'After the job that plans',
      run: 'idc github status "$GITHUB_SHA" --state success --run-url https://github.com/ORG/REPO/actions/runs/1',
    },
  ],
  environment: gitHubVariables,
  run: async ({ io, version, args, flags }) => {
    const { gitHubStatus } = await import('../../run/github/status.ts');
    return gitHubStatus(io, flags, args.sha, version);
  },
});

import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { environmentArgument, jobFlags } from './shared.ts';

export const checkUnused = defineCommand({
  name: 'check-unused',
  summary: 'Refuse a repository that is set up but switched off',
  description: [
    'Refuses an environment that exists: for a job that runs only while the workflows are switched off. That job must not ' +
      'name the environment itself, because GitHub creates one that is missing.',
    'The job needs the permission `actions: read`.',
  ],
  args: environmentArgument,
  flags: jobFlags,
  examples: [{ does: 'While IDC_REGION is not set', run: 'idc github check-unused identity-center-plan' }],
  exitCodes: { 0: 'The environment does not exist.', 3: 'It exists.' },
  environment: gitHubVariables,
  run: async ({ io, version, args, flags }) => {
    const { gitHubCheckUnused } = await import('../../run/github/check-unused.ts');
    return gitHubCheckUnused(io, flags, args.name, version);
  },
});

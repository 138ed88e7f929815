import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { environmentArgument, jobFlags } from './shared.ts';

export const checkApprovers = defineCommand({
  name: 'check-approvers',
  summary: 'Refuse an environment without required reviewers',
  description: [
    'Refuses an environment without required reviewers: a job that names it would start at once. It warns if the person ' +
      'who starts a run may also approve it, and if no ruleset of the default branch is known to have "Require approval of ' +
      'the most recent reviewable push". Depending on the GitHub plan, a private repository has no required reviewers below ' +
      'GitHub Enterprise.',
    'With `--or-dispatch` an environment without required reviewers is not refused. Output: `waits-for` (`reviewers`, or ' +
      '`dispatch` if a person has to start the workflow with the digest of the plan).',
    'The job needs the permission `actions: read`.',
  ],
  args: environmentArgument,
  flags: {
    orDispatch: {
      description:
        'Let a second person approve by starting the workflow, if the environment has no required reviewers.',
    },
    ...jobFlags,
  },
  examples: [
    { does: 'Before a job that waits for an approval', run: 'idc github check-approvers identity-center-approve' },
  ],
  exitCodes: { 0: 'The environment has required reviewers.', 3: 'It has none, or does not exist.' },
  environment: ['GITHUB_OUTPUT', ...gitHubVariables],
  run: async ({ io, version, args, flags }) => {
    const { gitHubCheckApprovers } = await import('../../run/github/check-approvers.ts');
    return gitHubCheckApprovers(io, flags, args.name, version);
  },
});

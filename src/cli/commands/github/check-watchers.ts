import { InvalidArgumentError } from 'commander';
import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { jobFlags, wholeNumber } from './shared.ts';

export const checkWatchers = defineCommand({
  name: 'check-watchers',
  summary: 'Refuse a scheduled workflow that has stopped',
  description: [
    'Checks that each workflow is enabled and has lately run to its end by its schedule, or is new. A workflow that is ' +
      'disabled, waits or is canceled reports no failure, so another workflow has to check. Runs that a person starts do not count: they can be of a tag with the name of the default branch.',
    'The job needs the permission `actions: read`.',
  ],
  args: {
    workflows: {
      takes: 'workflow',
      parse: workflowFile,
      isRequired: true,
      repeats: true,
      description: 'Files in .github/workflows, such as drift.yml.',
    },
  },
  flags: {
    within: { takes: 'hours', parse: wholeNumber, default: 48, description: 'How long ago the last run may be.' },
    succeeded: { description: 'Count only runs that succeeded.' },
    ...jobFlags,
  },
  examples: [{ does: 'In another scheduled workflow', run: 'idc github check-watchers drift.yml expire.yml' }],
  exitCodes: { 0: 'All of the workflows run.', 3: 'One of them does not.' },
  environment: gitHubVariables,
  run: async ({ io, version, args, flags }) => {
    const { gitHubCheckWatchers } = await import('../../run/github/check-watchers.ts');
    return gitHubCheckWatchers(io, flags, args.workflows, version);
  },
});

function workflowFile(text: string): string {
  if (/^[\w-][\w.-]*\.ya?ml$/.test(text)) return text;
  throw new InvalidArgumentError('It is the name of a file such as drift.yml.');
}

import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { author, jobFlags } from './shared.ts';

export const drift = defineCommand({
  name: 'drift',
  summary: 'Keep one open issue while changes are pending',
  description: [
    'Opens an issue while the plan has anything to do or is refused, updates it in place, and closes it with a comment when ' +
      'nothing is pending. Each identity file of the repository has an issue of its own.',
    'In a repository without issues, the text is added to the summary of the run, which fails.',
    'The job needs the permission `issues: write`.',
  ],
  args: {},
  flags: {
    plan: { takes: 'plan.json', completes: 'file', isRequired: true, description: 'The plan.' },
    body: {
      takes: 'file',
      completes: 'file',
      isRequired: true,
      description: 'The text of the issue, as `idc plan --format markdown` prints it.',
    },
    file: {
      takes: 'path',
      completes: 'file',
      description: 'The identity file that the issue is about.',
      byDefault: 'the planned one',
    },
    author,
    ...jobFlags,
  },
  examples: [{ does: 'On a schedule, after a plan', run: 'idc github drift --plan plan.json --body drift.md' }],
  environment: ['GITHUB_STEP_SUMMARY', ...gitHubVariables],
  run: async ({ io, version, flags }) => {
    const { gitHubDrift } = await import('../../run/github/drift.ts');
    return gitHubDrift(io, flags, version);
  },
});

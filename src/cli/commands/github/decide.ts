import { defineCommand } from '../../command.ts';
import { printingVariables } from '../../environment.ts';
import { jobFlags } from './shared.ts';

export const decide = defineCommand({
  name: 'decide',
  summary: 'Decide whether a plan needs another approval',
  description: [
    'Compares a plan with the reviewed one. It calls neither GitHub nor AWS. A reviewed plan that is missing or damaged ' +
      'means that an approval is needed, and is not a failure.',
    'Outputs: `digest`, `changes` (true if there is anything to do), `refused` (true if a guard refuses), `environment`, and ' +
      '`reason` (same, or why it is not).',
  ],
  args: {},
  flags: {
    plan: { takes: 'plan.json', completes: 'file', isRequired: true, description: 'The plan to apply.' },
    reviewed: { takes: 'plan.json', completes: 'file', description: 'The plan that was reviewed.' },
    approved: {
      takes: 'environment',
      default: 'identity-center-apply',
      description: 'The environment if exactly this plan was reviewed.',
    },
    waiting: {
      takes: 'environment',
      default: 'identity-center-approve',
      description: 'The environment, with required reviewers, if it was not.',
    },
    ...jobFlags,
  },
  examples: [
    {
      does: 'In a job after the merge',
      run: 'idc github decide --plan plan.json --reviewed reviewed/plan.json',
    },
  ],
  environment: ['GITHUB_OUTPUT', ...printingVariables],
  run: async ({ io, flags }) => {
    const { gitHubDecide } = await import('../../run/github/decide.ts');
    return gitHubDecide(io, flags);
  },
});

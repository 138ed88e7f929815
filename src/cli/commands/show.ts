import { defineCommand } from '../command.ts';
import { printingVariables } from '../environment.ts';
import { output, printing } from '../flags.ts';

export const show = defineCommand({
  name: 'show',
  summary: 'Print a saved plan',
  description: ['Prints a plan that `idc plan --out` has saved, in any format. It reads nothing but files.'],
  args: { plan: { takes: 'plan.json', completes: 'file', isRequired: true, description: 'The saved plan.' } },
  flags: {
    reviewed: {
      takes: 'plan.json',
      completes: 'file',
      description: 'Another saved plan. Print how this one differs from it.',
    },
    pullRequest: { description: 'In Markdown: say what merging its pull request does.' },
    ...printing,
    ...output,
  },
  examples: [
    { does: 'Read a plan again', run: 'idc show plan.json' },
    { does: 'Print it as a comment for a pull request', run: 'idc show plan.json --format markdown --pull-request' },
    { does: 'Show how two plans differ', run: 'idc show plan.json --reviewed reviewed.json' },
  ],
  environment: printingVariables,
  run: async ({ io, args, flags }) => {
    const { show } = await import('../run/show.ts');
    return show(io, flags, args.plan);
  },
});

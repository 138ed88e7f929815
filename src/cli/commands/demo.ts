import { defineCommand } from '../command.ts';
import { output } from '../flags.ts';
import { printingVariables } from '../environment.ts';

export const demo = defineCommand({
  name: 'demo',
  summary: 'Show what idc does, without an AWS account',
  description: [
    'Runs idc on the identity.yaml of a small company, which comes with idc, against an embedded Identity Center: validate, ' +
      'plan, apply, plan again, and the AWS config of one user. It runs in a folder of its own and removes it at the end.',
  ],
  args: {},
  flags: { keep: { description: 'Keep the folder, and print where it is.' }, ...output },
  examples: [
    { does: 'Watch it', run: 'idc demo' },
    { does: 'Keep the folder, to try changes in it', run: 'idc demo --keep' },
  ],
  environment: printingVariables,
  run: async ({ io, flags }) => {
    const { demo } = await import('../run/demo.ts');
    return demo(io, flags);
  },
});

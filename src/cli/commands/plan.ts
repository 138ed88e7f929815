import { defaultFile } from '../../core/file-name.ts';
import { defineCommand } from '../command.ts';
import { awsVariables } from '../environment.ts';
import { common, contents, fileArgument, fromSnapshot, printing, reading } from '../flags.ts';

export const plan = defineCommand({
  name: 'plan',
  summary: 'Show what an apply would change',
  description: [
    'Compares the file with the live state of Identity Center, and prints every change that an apply would make. It begins ' +
      'with the people: who gains and who loses access, where, through which group and by which line of the file. Nothing is ' +
      'changed.',
    'With `--snapshot` the same plan is made from a file that `idc snapshot` has written. It says how old the snapshot is.',
  ],
  args: fileArgument,
  flags: {
    out: { takes: 'plan.json', completes: 'file', description: 'Also save the plan, for review or for `idc apply`.' },
    reviewed: {
      takes: 'plan.json',
      completes: 'file',
      description: 'Saved plan that was reviewed. Print how this plan differs from it.',
    },
    detailedExitcode: { description: 'Exit with 2 if changes are pending.' },
    ...contents,
    ...printing,
    ...reading,
    snapshot: fromSnapshot,
    ...common,
  },
  examples: [
    { does: 'Plan against the embedded Identity Center', run: 'idc plan --local' },
    { does: 'Save the plan, to apply exactly that', run: 'idc plan --out plan.json' },
    { does: 'Print the plan as a comment for a pull request', run: 'idc plan --format markdown' },
    { does: 'Also show which limits of the file a branch loosens', run: 'idc plan --base main' },
    { does: 'Fail if the live state differs from the file', run: 'idc plan --detailed-exitcode' },
    { does: 'Plan without AWS calls and credentials', run: 'idc plan --snapshot live.json' },
  ],
  exitCodes: {
    2: 'Changes are pending (only with --detailed-exitcode).',
    3: 'A guard or a rule of the file refuses the plan.',
  },
  environment: awsVariables,
  run: async ({ io, version, args, flags }) => {
    const { plan } = await import('../run/plan.ts');
    return plan(io, flags, args.file ?? flags.file ?? defaultFile, version);
  },
});

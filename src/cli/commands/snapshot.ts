import { defineCommand } from '../command.ts';
import { awsVariables } from '../environment.ts';
import { common, reading } from '../flags.ts';

export const snapshot = defineCommand({
  name: 'snapshot',
  summary: 'Save the live state, for plans without AWS calls',
  description: [
    'Reads all of Identity Center once and writes it as one JSON file, which `plan`, `import`, `profiles`, `access` and ' +
      '`doctor` take with `--snapshot`. It contains names and e-mail addresses. An apply never uses one.',
    'It works without an identity file. With one, it checks that the instance is the pinned one, and saves what the ' +
      'account targets of the file need.',
  ],
  args: {},
  flags: {
    out: {
      takes: 'live.json',
      completes: 'file',
      description: 'Write to this file, readable by its owner only, instead of stdout.',
    },
    ...reading,
    ...common,
  },
  examples: [
    { does: 'Save what is live', run: 'idc snapshot --region us-east-1 --out live.json' },
    { does: 'Then plan without credentials', run: 'idc plan --snapshot live.json' },
  ],
  environment: awsVariables,
  run: async ({ io, flags }) => {
    const { snapshot } = await import('../run/snapshot.ts');
    return snapshot(io, flags, flags.file);
  },
});

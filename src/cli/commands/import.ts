import { defineCommand } from '../command.ts';
import { awsVariables } from '../environment.ts';
import { common, fromSnapshot, reading } from '../flags.ts';

export const importCommand = defineCommand({
  name: 'import',
  summary: 'Write a file from the live state',
  description: [
    'Writes the identity file that declares what is live, so that a plan of it is empty. Comments that begin with ' +
      '"To decide" name what needs a decision. What a file cannot express exactly is put under `ignore`.',
    '`--only` takes sections of the file by their names in lower case with dashes, such as `users` or `permission-sets`; an ' +
      'unknown one is answered with the list. Sections that are left out are not managed.',
  ],
  args: {},
  flags: {
    out: {
      takes: 'identity.yaml',
      completes: 'file',
      description: 'Write to this file, and long policies to policies/ beside it, instead of stdout.',
    },
    force: { description: 'With `--out`: overwrite existing files.' },
    only: { takes: 'sections', description: 'Only these sections, separated by commas.', byDefault: 'all' },
    directory: {
      takes: 'directory',
      choices: ['identity-center', 'external'],
      description:
        'Where users and groups come from. With `external` (an identity provider), the file only refers to them. Default: ' +
        'judged from what is live; a provider may bring the users alone.',
    },
    ...reading,
    snapshot: fromSnapshot,
    ...common,
  },
  examples: [
    {
      does: 'Start with what is live',
      run: 'idc import --region us-east-1 --out identity.yaml',
    },
    { does: 'Users and groups will come from an identity provider', run: 'idc import --directory external' },
    { does: 'Manage only part of it', run: 'idc import --only permission-sets,assignments' },
    { does: 'From a snapshot', run: 'idc import --snapshot live.json' },
  ],
  environment: awsVariables,
  run: async ({ io, flags }) => {
    const { importLive } = await import('../run/import.ts');
    return importLive(io, flags, flags.file);
  },
});

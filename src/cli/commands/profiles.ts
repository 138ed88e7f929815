import { defaultFile } from '../../core/file-name.ts';
import { defineCommand } from '../command.ts';
import { awsVariables } from '../environment.ts';
import { common, connection, fromSnapshot } from '../flags.ts';

export const profiles = defineCommand({
  name: 'profiles',
  summary: 'Print or install AWS CLI profiles',
  description: [
    'Prints the ~/.aws/config that gives users a profile for each permission set in each account that they can reach. It ' +
      'calls AWS only if the file alone does not say all of it.',
    "`--write` merges one user's profiles into your own ~/.aws/config, in a block of that instance and user: everything outside " +
      'the block and your own keys in it stay as they are, and profiles that exist there already are not repeated. `--check` prints what that config lacks, has ' +
      'wrong and has too much, and nothing if it is current.',
  ],
  args: { users: { takes: 'user', repeats: true, description: 'Names of users in the file.' } },
  flags: {
    all: { description: 'Profiles of every user.' },
    out: { takes: 'dir', completes: 'folder', description: 'Write one file per user to it.' },
    write: {
      conflicts: ['all', 'out', 'remove', 'check'],
      description: "Merge one user's profiles into the AWS config.",
    },
    remove: {
      conflicts: ['out', 'check'],
      description: 'Remove the block of a user from the AWS config, or with `--all` every block.',
    },
    session: {
      takes: 'name',
      description:
        'With `--write` or `--check`: what the names of the session and the profiles end with, where another block has them.',
    },
    dryRun: { description: 'With `--write` or `--remove`: only show the difference.' },
    check: { conflicts: ['all', 'out'], description: "Compare the AWS config with one user's profiles." },
    format: {
      takes: 'format',
      choices: ['text', 'markdown', 'json'],
      description: 'Output format. `markdown` is a message to send to the user, `json` the result of `--check`.',
      byDefault: 'text',
    },
    ...connection,
    snapshot: { ...fromSnapshot, conflicts: [...fromSnapshot.conflicts, 'remove'] },
    ...common,
  },
  examples: [
    { does: 'Print the profiles of one user', run: 'idc profiles hanako' },
    { does: 'Install your own', run: 'idc profiles --write hanako' },
    {
      does: 'Beside those of another file or user',
      run: 'idc profiles --write hanako -f sandbox.yaml --session sandbox',
    },
    { does: "In a shell's startup file: quiet if current", run: 'idc profiles --check hanako' },
    { does: 'Write a file for each user', run: 'idc profiles --all --out profiles' },
    { does: 'Print a message to send', run: 'idc profiles hanako --format markdown' },
  ],
  exitCodes: { 2: 'The AWS config is not current (only with --check).' },
  environment: ['AWS_CONFIG_FILE', ...awsVariables],
  run: async ({ io, args, flags }) => {
    const { profiles } = await import('../run/profiles.ts');
    return profiles(io, flags, args.users, flags.file ?? defaultFile);
  },
});

import { defaultFile } from '../../core/file-name.ts';
import { defineCommand } from '../command.ts';
import { printingVariables } from '../environment.ts';
import { common, connection, fileArgument, textOrJson } from '../flags.ts';

export const validate = defineCommand({
  name: 'validate',
  summary: 'Check the file without AWS',
  description: [
    'Checks the syntax, the schema, the references between entries, and every included and policy file. All mistakes are ' +
      'reported at once, each with its line. What only AWS knows, such as which accounts exist, is checked by `idc plan`.',
    'An inline policy must be one that IAM takes: its actions, ARNs, Sids, condition operators and keys are checked, and the ' +
      "partition of its ARNs where the file gives the instance's. What AWS does not list (an action, a service, a condition " +
      'key) is a warning with what was probably meant.',
    'Warnings leave the exit code 0.',
  ],
  args: fileArgument,
  flags: {
    format: {
      ...textOrJson,
      choices: ['text', 'json', 'sarif'],
      description: 'Output format. `sarif` is for code scanning.',
    },
    ...connection,
    ...common,
  },
  // It calls nothing; scripts may give every command the same flags.
  hidden: ['region', 'profile', 'local'],
  examples: [
    { does: 'Check identity.yaml', run: 'idc validate' },
    { does: 'Print the mistakes of another file as JSON', run: 'idc validate prod.yaml --format json' },
    { does: 'Check what an editor or a generator prints', run: 'idc validate - < identity.yaml' },
    { does: 'Log them for code scanning', run: 'idc validate --format sarif > identity.sarif' },
  ],
  exitCodes: { 0: 'The file is valid.', 1: 'The file has mistakes, or cannot be read.' },
  environment: printingVariables,
  run: async ({ io, version, args, flags }) => {
    const { validate } = await import('../run/validate.ts');
    return validate(io, flags, args.file ?? flags.file ?? defaultFile, version);
  },
});

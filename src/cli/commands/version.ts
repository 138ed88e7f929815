import { defineCommand } from '../command.ts';
import { exitCodes } from '../io.ts';

export const version = defineCommand({
  name: 'version',
  summary: 'Print the version',
  description: ['Prints the version of idc, as `idc --version` does.'],
  args: {},
  flags: {},
  examples: [{ does: 'Print the version', run: 'idc version' }],
  run: ({ io, version }) => {
    io.out(`${version}\n`);
    return exitCodes.done;
  },
});

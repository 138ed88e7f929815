import { defineCommand } from '../command.ts';
import { awsVariables } from '../environment.ts';
import { common, fromSnapshot, reading, textOrJson } from '../flags.ts';

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Diagnose the instance, the rights and the file',
  description: [
    'Reads the live state once and checks the region, the rights, accounts, roles, quotas and users. It changes nothing. ' +
      'Each finding says why it matters and what to do next; docs/doctor.md lists all checks. A read that is denied makes its ' +
      'checks unknown, and the others go on. Without an identity file, the checks that need one are left out.',
    'Each line of the report begins with a mark:',
    '- `x` failed: something does not work, or an apply will fail',
    '- `!` warning: look at it',
    '- `*` note: worth knowing, nothing is wrong',
    '- `?` unknown: a right is missing, or the answer cannot be seen from here',
  ],
  args: {},
  flags: { format: textOrJson, ...reading, snapshot: fromSnapshot, ...common },
  examples: [
    { does: 'Before there is a file', run: 'idc doctor --region us-east-1' },
    { does: 'With the credentials of an apply', run: 'idc doctor --profile admin' },
    { does: 'On the embedded Identity Center', run: 'idc doctor --local' },
    { does: 'Without AWS calls', run: 'idc doctor --snapshot live.json' },
    {
      does: 'Only what was found, as JSON',
      run: `idc doctor --format json | jq '.checks[] | select(.status != "ok")'`,
    },
  ],
  exitCodes: { 0: 'No check failed. There may be warnings.', 1: 'A check failed, or the command did.' },
  environment: awsVariables,
  run: async ({ io, flags }) => {
    const { doctor } = await import('../run/doctor.ts');
    return doctor(io, flags, flags.file);
  },
});

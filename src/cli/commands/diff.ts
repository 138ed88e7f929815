import { defineCommand } from '../command.ts';
import { awsVariables } from '../environment.ts';
import { common, reading, textOrJson } from '../flags.ts';

const side = 'The file, a snapshot (`live.json`), `live`, or `plan.json:before` or `plan.json:after` of a saved plan.';

export const diff = defineCommand({
  name: 'diff',
  summary: 'Show how two states differ',
  description: [
    'Compares any two of: what is live, a snapshot, a file, and the state before or after a saved plan. It begins with the ' +
      'people: who gains and who loses access. Then it lists users, groups, memberships, permission sets and assignments that ' +
      'differ; a permission set by what it allows. Nothing is changed.',
    'A file beside the live state or a snapshot is what an apply of it would make of that: what it leaves alone stays. A saved plan beside ' +
      'one of these is compared in all that the plan touches.',
  ],
  args: {
    before: { takes: 'before', completes: 'file', isRequired: true, description: side },
    after: { takes: 'after', completes: 'file', isRequired: true, description: 'The same for the other side.' },
  },
  flags: {
    exitCode: { description: 'Exit with 2 if there is a difference.' },
    format: { ...textOrJson, choices: ['text', 'markdown', 'json'] },
    ...reading,
    ...common,
  },
  examples: [
    { does: 'What changed in a week', run: 'idc diff monday.json friday.json' },
    { does: 'What changed since a snapshot', run: 'idc diff monday.json live' },
    { does: 'What a file would make of a snapshot', run: 'idc diff live.json identity.yaml' },
    { does: 'What is other after the plan than planned', run: 'idc diff plan.json:after live' },
    { does: 'Fail if anything differs', run: 'idc diff live.json live --exit-code' },
  ],
  exitCodes: { 2: 'The two differ (only with --exit-code).' },
  environment: awsVariables,
  run: async ({ io, args, flags }) => {
    const { diff } = await import('../run/diff.ts');
    return diff(io, flags, [args.before, args.after]);
  },
});

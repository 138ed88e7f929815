import { defineCommand } from '../command.ts';
import { awsVariables } from '../environment.ts';
import { accessFilters, common, fromSnapshot, reading, textOrJson } from '../flags.ts';

const side = 'The file, a snapshot (`live.json`), `live`, or `plan.json:before` or `plan.json:after` of a saved plan.';

export const diff = defineCommand({
  name: 'diff',
  summary: 'Show how two states differ',
  description: [
    'Compares any two of: what is live, a snapshot, a file, and the state before or after a saved plan. It begins with the ' +
      'people: who gains and who loses access. Then it lists users, groups, memberships, permission sets and assignments that ' +
      'differ; a permission set by what it allows. Nothing is changed.',
    'A file beside the live state or a snapshot is what an apply of it would make of that: what it leaves alone stays. A saved plan is ' +
      'compared in all that it touches. Beside a file or another plan, what neither of them touches is as it is live, or with `--snapshot` ' +
      'as it was then.',
    'All filters apply together; in names `*` stands for any text. `--format html` writes a page to look at.',
  ],
  args: {
    before: { takes: 'before', completes: 'file', isRequired: true, description: side },
    after: { takes: 'after', completes: 'file', isRequired: true, description: 'The same for the other side.' },
  },
  flags: {
    exitCode: { description: 'Exit with 2 if there is a difference.' },
    ...accessFilters,
    format: { ...textOrJson, choices: ['text', 'markdown', 'html', 'json'] },
    out: {
      takes: 'diff.html',
      completes: 'file',
      description: 'With `--format html`: write the page to this file, readable by you alone.',
    },
    ...reading,
    snapshot: fromSnapshot,
    ...common,
  },
  examples: [
    { does: 'What changed in a week', run: 'idc diff monday.json friday.json' },
    { does: 'What changed since a snapshot', run: 'idc diff monday.json live' },
    { does: 'What a file would make of a snapshot', run: 'idc diff live.json identity.yaml' },
    { does: 'What is other after the plan than planned', run: 'idc diff plan.json:after live' },
    { does: 'Who gains or loses access to production', run: 'idc diff live.json identity.yaml --account production' },
    { does: 'A page to look at', run: 'idc diff monday.json friday.json --format html --out diff.html' },
    { does: 'Fail if anything differs', run: 'idc diff live.json live --exit-code' },
  ],
  exitCodes: { 2: 'The two differ (only with --exit-code).' },
  environment: awsVariables,
  run: async ({ io, args, flags }) => {
    const { diff } = await import('../run/diff.ts');
    return diff(io, flags, [args.before, args.after]);
  },
});

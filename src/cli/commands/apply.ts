import { defaultFile } from '../../core/file-name.ts';
import { defineCommand } from '../command.ts';
import { awsVariables } from '../environment.ts';
import { common, contents, printing, reading } from '../flags.ts';

export const apply = defineCommand({
  name: 'apply',
  summary: 'Plan, ask, and apply exactly that plan',
  description: [
    'Plans, shows the plan, asks for a "yes", and makes the changes in an order in which no one loses access that they keep. ' +
      'idc has no state file: to finish an interrupted apply, run it again.',
    'Given a saved plan instead of a file, it plans again from the file that is saved in it, and goes on only if the plan is ' +
      'still the same. It then refuses other changes, and anything more for people than the review showed. Fewer changes for ' +
      'people are accepted, and so is access that has expired since.',
  ],
  args: {
    file: { takes: 'file', completes: 'file', description: 'The identity file, or a plan.json of `idc plan --out`.' },
  },
  flags: {
    yes: { short: 'y', description: 'Do not ask.' },
    digest: { takes: 'sha256:…', description: 'Refuse any plan but the one with this digest.' },
    reviewed: {
      takes: 'plan.json',
      completes: 'file',
      description: 'Saved plan that was reviewed. Refuse a plan that differs from it, and print how.',
    },
    profiles: { takes: 'dir', completes: 'folder', description: "Then write every user's AWS CLI profiles to it." },
    letters: {
      takes: 'dir',
      completes: 'folder',
      description: 'Then write a message to it for each new user, since AWS sends none.',
    },
    journal: {
      takes: 'file',
      completes: 'file',
      description: 'Append a JSON line before and after every write to AWS, with the IDs that CloudTrail has.',
    },
    record: {
      takes: 'file',
      completes: 'file',
      description: 'Write what was done to it, in names and IDs, for `idc github record` and the history.',
    },
    ...contents,
    ...printing,
    ...reading,
    snapshot: { takes: 'live.json', description: 'Refused: an apply reads the live state.' },
    ...common,
  },
  hidden: ['snapshot'],
  examples: [
    { does: 'Try it on the embedded Identity Center', run: 'idc apply --local' },
    { does: 'Apply exactly the plan that was saved', run: 'idc apply plan.json' },
    { does: 'In a pipeline, apply only what was reviewed', run: 'idc apply --yes --reviewed plan.json' },
    { does: 'Also write a message for each new user', run: 'idc apply --letters letters' },
    { does: 'Keep a record of what was done', run: 'idc apply --record record.json' },
    { does: 'On a schedule, remove expired access', run: 'idc apply --yes --only expired' },
  ],
  exitCodes: {
    0: 'Everything was applied, or there was nothing to do.',
    1: 'Failed, or a change failed; those that depend on it were skipped. Run it again.',
    3: 'Refused by a guard, a rule, a review that is for another plan, or a "no". Nothing was changed.',
  },
  environment: awsVariables,
  run: async ({ io, args, flags }) => {
    const { apply } = await import('../run/apply.ts');
    const { file = defaultFile } = flags;
    return apply(io, { ...flags, file }, args.file ?? file);
  },
});

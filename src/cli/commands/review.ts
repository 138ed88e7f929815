import { defineCommand } from '../command.ts';
import { awsVariables } from '../environment.ts';
import { common, fromSnapshot, reading, textOrJson, offline } from '../flags.ts';

export const review = defineCommand({
  name: 'review',
  summary: 'List, by owner, what access is to be reviewed',
  description: [
    'Asks the owners that the file names (`owner` of accounts, permission sets and groups) about each entry that grants ' +
      'something: what it gives, who has it now, when it was last reviewed, and what the rules of the file ask for and it ' +
      'lacks. It reads the live state, with the rights of a plan, and changes nothing.',
    'Where the repository keeps a history of applies, it also says since when people have it. First, in a clone: ' +
      '`git fetch origin identity-center-history`.',
    'An owner who still needs an entry sets its `reviewed` to the day, and removes the others. The merged pull request ' +
      'is the evidence.',
    'With `--write` it sets that date in each entry that it lists, in the file and in what it includes: it prints the difference ' +
      'and asks. The date is that of today in UTC. Nothing else of the files changes; a member that is only a name becomes ' +
      '`{ user: NAME, reviewed: … }`. An entry that shares its text with another by an anchor, or is expired, is named ' +
      'and gets no date.',
  ],
  args: {},
  flags: {
    owner: { takes: 'name', repeats: true, description: 'Only what this owner is asked about.' },
    due: { description: 'Only what is due by the rules of the file.' },
    format: { ...textOrJson, choices: ['text', 'markdown', 'csv', 'html', 'json'] },
    out: {
      takes: 'review.html',
      completes: 'file',
      description: 'With `--format html`: write the page to this file, readable by you alone.',
    },
    write: { description: 'Set `reviewed` to today in each entry listed.' },
    patch: {
      takes: 'file',
      completes: 'file',
      conflicts: ['write'],
      description: 'Write these dates as a patch for `git apply`, and not into the files.',
    },
    yes: { short: 'y', description: 'With `--write`: write without asking.' },
    historyFrom: {
      takes: 'revision',
      conflicts: ['historyDir'],
      description: 'The git revision with the records of applies, which say since when people have it.',
      byDefault: 'origin/identity-center-history, then the local branch',
    },
    historyDir: {
      takes: 'dir',
      completes: 'folder',
      description: 'Read the records of applies from this folder instead of git.',
    },
    offline,
    ...reading,
    snapshot: fromSnapshot,
    ...common,
  },
  examples: [
    { does: 'What is due, for whom', run: 'idc review --due' },
    { does: 'A sheet to fill in, one row an entry', run: 'idc review --format csv' },
    { does: 'The same to print, a page for each owner', run: 'idc review --format html --out review.html' },
    { does: 'Confirm what an owner has looked at', run: 'idc review --owner platform-team --due --write' },
    { does: 'A page to send to an owner', run: 'idc review --owner platform-team --format markdown' },
  ],
  exitCodes: { 3: 'The answer was no: nothing was written.' },
  environment: awsVariables,
  run: async ({ io, flags }) => {
    const { review } = await import('../run/review.ts');
    return review(io, flags, flags.file);
  },
});

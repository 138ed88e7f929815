import { defineCommand } from '../command.ts';
import { awsVariables } from '../environment.ts';
import { accessFilters, common, fromSnapshot, reading, textOrJson, timeSpan, offline } from '../flags.ts';

export const access = defineCommand({
  name: 'access',
  summary: 'Show who can reach what, and why',
  description: [
    'Shows who holds which permission set in which accounts, through which group and by which line of the file, and whether ' +
      'the next apply ends it: first the facts to know, then every grant, the gravest first. It reads the live state, with ' +
      'the rights of a plan, and changes nothing. All filters apply together; in names `*` stands for any text.',
    'With `--without-group` it shows what the members would lose, held in no other way; with `--from`, who gained and lost ' +
      'access since a snapshot.',
  ],
  args: {},
  flags: {
    ...accessFilters,
    ou: { ...accessFilters.ou, conflicts: ['offline'] },
    tag: { ...accessFilters.tag, conflicts: ['offline'] },
    expiresWithin: {
      takes: 'time',
      parse: timeSpan,
      conflicts: ['from', 'withoutGroup'],
      description: 'Only access that ends within this time by the file, such as 30d, or expired.',
    },
    withoutGroup: { takes: 'name', repeats: true, description: 'Show what would be lost if this group were removed.' },
    from: {
      takes: 'live.json',
      completes: 'file',
      conflicts: ['snapshot', 'offline', 'withoutGroup'],
      description: 'Show who gained and who lost access since this snapshot.',
    },
    to: {
      takes: 'live.json',
      completes: 'file',
      conflicts: ['snapshot', 'offline', 'withoutGroup', 'profile', 'readStrategy', 'maxTps'],
      description: 'With `--from`: until this snapshot.',
      byDefault: 'until now',
    },
    offline,
    format: { ...textOrJson, choices: ['text', 'markdown', 'csv', 'html', 'json'] },
    out: {
      takes: 'access.html',
      completes: 'file',
      conflicts: ['withoutGroup'],
      description: 'With `--format html`: write the page to this file, readable by you alone.',
    },
    ...reading,
    snapshot: fromSnapshot,
    ...common,
  },
  examples: [
    { does: 'What hanako can reach, and why', run: 'idc access --user hanako' },
    { does: 'Who administers production', run: 'idc access --account "prod*" --administrators' },
    { does: 'Who can delete a bucket there', run: 'idc access --account production --action s3:DeleteBucket' },
    { does: 'What ends within 30 days', run: 'idc access --expires-within 30d' },
    { does: 'A table for a review in a spreadsheet', run: 'idc access --format csv > access.csv' },
    { does: 'A page to look at', run: 'idc access --format html --out access.html' },
    { does: 'What the members of platform would lose without it', run: 'idc access --without-group platform' },
    {
      does: 'Who held Auditor when a snapshot was taken',
      run: 'idc access --snapshot live.json --permission-set Auditor',
    },
    { does: 'What the file alone gives', run: 'idc access --offline --user hanako' },
    { does: 'Who gained and lost access in a week', run: 'idc access --from monday.json --to friday.json' },
  ],
  environment: awsVariables,
  run: async ({ io, flags }) => {
    const { access } = await import('../run/access.ts');
    return access(io, flags, flags.file);
  },
});

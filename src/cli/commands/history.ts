import { InvalidArgumentError } from 'commander';
import { defineCommand } from '../command.ts';
import { gitHubVariables } from '../environment.ts';
import { common, textOrJson } from '../flags.ts';
import { author, repo } from './github/shared.ts';

export const history = defineCommand({
  name: 'history',
  summary: 'Show who has held what since when, and who approved it',
  description: [
    'Reads the records of applies, which `idc github record` keeps in the branch identity-center-history: without a question it lists the ' +
      'applies, newest first; of a person, an account or a permission set it shows which access began and ended when, by which pull ' +
      'request, and who approved it. It asks neither AWS nor, without `--verify`, GitHub. All filters apply together; in names `*` stands for any ' +
      'text.',
    'It knows what idc applied since the first record. docs/history.md says what that proves.',
    'First, in a clone of the repository: `git fetch origin identity-center-history`.',
    '`--verify` checks that no record was changed, removed or moved. With GITHUB_TOKEN it also compares them with the digests in the ' +
      'comments on pull requests.',
  ],
  args: {},
  flags: {
    user: { takes: 'name', repeats: true, description: 'Only what this user held.' },
    account: { takes: 'name', repeats: true, description: 'Only in this account, by name or ID.' },
    permissionSet: { takes: 'name', repeats: true, description: 'Only this permission set.' },
    since: {
      takes: 'date',
      parse: dateOrTime,
      description: 'Only what began, ended or was applied since then, such as 2026-10-01 (UTC).',
    },
    verify: {
      description: 'Check the records instead, and exit with 1 if any is wrong.',
    },
    from: {
      takes: 'revision',
      conflicts: ['dir'],
      description: 'The git revision with the records.',
      byDefault: 'origin/identity-center-history, then the local branch',
    },
    dir: { takes: 'dir', completes: 'folder', description: 'Read the records from this folder instead of git.' },
    format: { ...textOrJson, choices: ['text', 'markdown', 'csv', 'json'] },
    repo: { ...repo, description: 'With `--verify`: the repository of the pull requests.' },
    author,
    color: common.color,
    verbose: common.verbose,
  },
  examples: [
    { does: 'The applies, newest first', run: 'idc history' },
    { does: 'Since when hanako has what, and who approved it', run: 'idc history --user hanako' },
    { does: 'Who came to production since October', run: 'idc history --account production --since 2026-10-01' },
    { does: 'Whether a record was changed', run: 'idc history --verify' },
  ],
  exitCodes: { 1: 'Failed, or with `--verify` a record is wrong. The message says why.' },
  environment: gitHubVariables,
  run: async ({ io, version, flags }) => {
    const { history } = await import('../run/history.ts');
    return history(io, flags, version);
  },
});

/** As a time in UTC. */
function dateOrTime(text: string): string {
  const isForm = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const time = isForm ? new Date(text) : undefined;
  // JavaScript takes 2026-02-30 for a day in March.
  const isDay = time && !Number.isNaN(time.getTime()) && (text.length > 10 || time.toISOString().startsWith(text));
  if (!isDay) throw new InvalidArgumentError('It is a date such as 2026-10-01, or a time with its zone.');
  return time.toISOString();
}

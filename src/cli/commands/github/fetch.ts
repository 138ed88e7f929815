import { defaultFile } from '../../../core/file-name.ts';
import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { commitId, jobFlags, pull } from './shared.ts';

export const fetch = defineCommand({
  name: 'fetch',
  summary: 'Download the file of a pull request, or the base',
  description: [
    'Downloads the identity file and every file that it refers to, as they would be after the merge (the test merge of ' +
      'GitHub), through the API: nothing of the pull request is run or checked out. In a checkout, files that are the same ' +
      "there, by git's hash, are not downloaded. A pull request from a fork may cost 50 requests.",
    'A missing file that is referred to is left out with a message; a plan of DIR/identity.yaml then names the line.',
    'A file that another tool may obey is refused: a path with a part that begins with a dot, `node_modules`, `package.json`, ' +
      'and the lock files of package managers.',
    'Outputs: `head-sha`, `merge-sha`, `fork` (true if the branch is in another repository), and `changed` (false if the pull ' +
      'request changes none of these files: then none is written).',
    'With `--base` it downloads the files as they were last applied: at the newest commit of the default branch for which the ' +
      'job `apply` of a run of apply.yml succeeded. Outputs: `base` (DIR, for `--base` of a plan, which then names the commit) and `base-sha`, or `reason` ' +
      'if there is none, which is not a failure. With `--against` also `changed`: false if that commit has the same files, and no apply began since then.',
    'The files of commits whose apply began since then and did not succeed are in DIR too: a plan removes what they ask for and the file does not. `remark` names those runs.',
    'The job needs the permissions `contents: read` and, for a pull request, `pull-requests: read` or, with `--base`, ' +
      '`actions: read`.',
  ],
  args: { pull },
  flags: {
    out: {
      takes: 'dir',
      completes: 'folder',
      isRequired: true,
      description: 'Folder to write the files to. It must be new or empty.',
    },
    file: {
      takes: 'path',
      default: defaultFile,
      description: 'The identity file, as a path from the root of the repository.',
    },
    base: { description: 'The file that was applied last, instead of a pull request.' },
    against: { takes: 'sha', parse: commitId, description: 'With `--base`: the commit to compare with.' },
    workflow: {
      takes: 'file',
      default: 'apply.yml',
      description: 'With `--base`: the workflow that applies, in .github/workflows.',
    },
    ...jobFlags,
  },
  examples: [
    { does: 'Before a plan of pull request 42', run: 'idc github fetch 42 --out pull-request' },
    { does: 'What was applied last', run: 'idc github fetch --base --out base' },
    {
      does: 'Say whether a commit has anything new to apply',
      run: 'idc github fetch --base --out base --against "$GITHUB_SHA"',
    },
  ],
  environment: ['GITHUB_OUTPUT', ...gitHubVariables],
  run: async ({ io, version, args, flags }) => {
    if ((args.pull === undefined) !== (flags.base === true)) {
      const { ReportedError } = await import('../../../core/errors.ts');
      throw new ReportedError(
        'flags-mismatch',
        'Which files to download is not said: give the number of a pull request, or --base.',
      );
    }
    if (args.pull === undefined) {
      const { gitHubFetchBase } = await import('../../run/github/fetch-base.ts');
      return gitHubFetchBase(io, flags, version);
    }
    const { gitHubFetch } = await import('../../run/github/fetch.ts');
    return gitHubFetch(io, flags, args.pull, version);
  },
});

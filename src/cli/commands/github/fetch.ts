import { defaultFile } from '../../../core/file-name.ts';
import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { jobFlags, pullArgument } from './shared.ts';

export const fetch = defineCommand({
  name: 'fetch',
  summary: "Download a pull request's identity file",
  description: [
    'Downloads the identity file and every file that it refers to, as they would be after the merge (the test merge of ' +
      'GitHub), through the API: nothing of the pull request is run or checked out. In a checkout, files that are the same ' +
      "there, by git's hash, are not downloaded. A pull request from a fork may cost 50 requests.",
    'A missing file that is referred to is left out with a message; a plan of DIR/identity.yaml then names the line.',
    'Outputs: `head-sha`, `merge-sha`, and `fork` (true if the branch is in another repository).',
    'The job needs the permissions `contents: read` and `pull-requests: read`.',
  ],
  args: pullArgument,
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
    ...jobFlags,
  },
  examples: [{ does: 'Before a plan of pull request 42', run: 'idc github fetch 42 --out pull-request' }],
  environment: ['GITHUB_OUTPUT', ...gitHubVariables],
  run: async ({ io, version, args, flags }) => {
    const { gitHubFetch } = await import('../../run/github/fetch.ts');
    return gitHubFetch(io, flags, args.pull, version);
  },
});

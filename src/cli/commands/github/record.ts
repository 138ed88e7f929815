import { defaultFile } from '../../../core/file-name.ts';
import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { jobFlags, numbersOrNone, pathSegment } from './shared.ts';

export const record = defineCommand({
  name: 'record',
  summary: 'Add the record of an apply to the history',
  description: [
    'Adds what `idc apply --record` has written to the branch identity-center-history, as a file of its own, with the pull ' +
      'requests that the apply was for, who approved it and when, and the digest of the record before. It makes the branch if there is ' +
      'none. Run again, it adds nothing. If another run adds a record meanwhile, this one follows it.',
    'A public repository is refused: anyone could read who has access to what.',
    'Outputs: `record`, the number of the record and its digest, for `idc github comment --record`; empty if nothing was applied. The summary of the run ' +
      'has both too.',
    'The job needs the permissions `actions: read`, `contents: write` and `pull-requests: read`, and no AWS credentials.',
  ],
  args: {
    record: { takes: 'record.json', completes: 'file', isRequired: true, description: 'The record of the apply.' },
  },
  flags: {
    pullRequests: {
      takes: 'pulls',
      parse: numbersOrNone,
      description: 'Numbers of the pull requests that the apply was for, with commas. May be empty.',
    },
    file: {
      takes: 'path',
      default: defaultFile,
      description: 'The identity file, as a path from the root of the repository.',
    },
    environment: {
      takes: 'name',
      parse: pathSegment,
      description:
        'The environment in which the run applied. If it asks for an approval, the record says whether someone gave it, or the environment was bypassed.',
    },
    workflow: { takes: 'file', default: 'plan.yml', description: 'The workflow that plans, in .github/workflows.' },
    ...jobFlags,
  },
  examples: [{ does: 'After an apply', run: 'idc github record record.json --pull-requests 42' }],
  exitCodes: { 3: 'Refused: the repository is public.' },
  environment: ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', ...gitHubVariables],
  run: async ({ io, version, args, flags }) => {
    const { gitHubRecord } = await import('../../run/github/record.ts');
    return gitHubRecord(io, flags, args.record, version);
  },
});

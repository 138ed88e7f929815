import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { commitArgument, jobFlags, pathSegment } from './shared.ts';

export const checkTip = defineCommand({
  name: 'check-tip',
  summary: 'Refuse a commit that is not the newest',
  description: [
    'Refuses a commit that is no longer the newest of its branch, so that an old run that is run again applies nothing: the ' +
      'newest run plans what is there now.',
    'The job needs the permission `contents: read`.',
  ],
  args: commitArgument,
  flags: {
    branch: {
      takes: 'name',
      parse: pathSegment,
      description: 'The branch.',
      byDefault: "the repository's default branch",
    },
    ...jobFlags,
  },
  examples: [{ does: 'Before an apply', run: 'idc github check-tip "$GITHUB_SHA"' }],
  exitCodes: { 0: 'The commit is the newest of the branch.', 3: 'It is not.' },
  environment: gitHubVariables,
  run: async ({ io, version, args, flags }) => {
    const { gitHubCheckTip } = await import('../../run/github/check-tip.ts');
    return gitHubCheckTip(io, flags, args.sha, version);
  },
});

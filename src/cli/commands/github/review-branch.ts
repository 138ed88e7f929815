import { defaultFile } from '../../../core/file-name.ts';
import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { commitArgument, jobFlags } from './shared.ts';

export const reviewBranch = defineCommand({
  name: 'review-branch',
  summary: 'Push the dates of a review to a branch',
  description: [
    'Commits the identity file and what it includes, as they are in the checkout, to a branch such as idc/review/2026-11: that ' +
      'of the open pull request of such a review, also of an earlier month, else of this month. Each file of the repository ' +
      'and each `--owner` has branches of its own. The commit is on top of the branch and of the given commit of the default ' +
      'branch; nothing is ever replaced.',
    'A branch whose last commit was not pushed by this workflow is left as it is, and refused where no pull request is open ' +
      'for it. A pull request that was closed without a merge is not opened again while its branch exists.',
    'Outputs: `branch` and `head-sha`, empty where there is nothing to propose, and `pushed` (true if the commit is new). ' +
      'The run must then upload an artifact named idc-made-HEADSHA: by that, approvals know for whom the commit was made. For ' +
      'another file the name ends with its own, as with `find-plan`.',
    'The job needs the permissions `contents: write`, `actions: read` and `pull-requests: read`.',
  ],
  args: commitArgument,
  flags: {
    file: {
      takes: 'path',
      default: defaultFile,
      description: 'The identity file, as a path from the root of the repository.',
    },
    owner: { takes: 'name', description: 'The owner that the review is for, where it is for one only.' },
    ...jobFlags,
  },
  examples: [{ does: 'After the dates are set in a checkout', run: 'idc github review-branch "$GITHUB_SHA"' }],
  exitCodes: { 3: 'A commit on the branch is not of a review, and no pull request is open for it.' },
  environment: ['GITHUB_OUTPUT', ...gitHubVariables],
  run: async ({ io, version, args, flags }) => {
    const { gitHubReviewBranch } = await import('../../run/github/review-branch.ts');
    return gitHubReviewBranch(io, flags, args.sha, version);
  },
});

import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { author, branchName, jobFlags } from './shared.ts';

export const reviewPull = defineCommand({
  name: 'review-pull',
  summary: 'Keep one pull request of a review open',
  description: [
    'Opens a pull request from the branch to the default branch, or updates its text: the pages of the review, an owner after ' +
      'the other. If they are longer than GitHub takes, the last entries of long pages are counted; the summary of the run has ' +
      'more of them.',
    'Owners that the file names by their GitHub login (`owner: "@octocat"`) are asked for a review. Teams are asked by ' +
      'CODEOWNERS: the token of a job cannot ask them. Nothing in the text mentions anyone.',
    'The repository must let workflows open pull requests: `idc github setup --workflows-open-pull-requests`.',
    'Output: `pull-request`, its number. The job needs the permission `pull-requests: write`.',
  ],
  args: { branch: { takes: 'branch', parse: branchName, isRequired: true, description: 'The branch with the dates.' } },
  flags: {
    review: {
      takes: 'review.json',
      completes: 'file',
      isRequired: true,
      description: 'The review, as `idc review --format json` prints it.',
    },
    file: {
      takes: 'path',
      completes: 'file',
      description: 'The identity file that the review is of.',
      byDefault: 'identity.yaml',
    },
    author,
    ...jobFlags,
  },
  examples: [
    { does: 'After the branch is pushed', run: 'idc github review-pull idc/review/2026-11 --review review.json' },
  ],
  environment: ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', ...gitHubVariables],
  run: async ({ io, version, args, flags }) => {
    const { gitHubReviewPull } = await import('../../run/github/review-pull.ts');
    return gitHubReviewPull(io, flags, args.branch, version);
  },
});

import { defaultFile } from '../../../core/file-name.ts';
import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { commitArgument, commitOrNone, jobFlags } from './shared.ts';

export const findPlan = defineCommand({
  name: 'find-plan',
  summary: 'Find the plan that was reviewed before a merge',
  description: [
    'Finds the merged pull request whose merge made the commit, and the newest plan of its last commit that existed before ' +
      'the merge: the artifact idc-plan-PULL-HEADSHA of a successful run of the workflow on the default branch, for the event ' +
      'pull_request_target or workflow_dispatch. For another file the name of the artifact ends with its own: of ' +
      'sandbox/identity.yaml or sandbox.yaml, `-sandbox`.',
    'The plan counts only if a second person approved it, in a review of the last commit, after the plan was made and before ' +
      'the merge, and did not take the approval back (changes requested, or dismissed). A second person can write to the ' +
      'repository, and did not open the pull request, push its commits ("Update branch" pushes one), or author or commit any ' +
      'of them. If GitHub does not show which person opened and pushed it, for example because an app did, no approval counts.',
    'With `--since`, `pull-requests` also has those that were planned and merged after that commit: each gets a comment with ' +
      'the result of this apply.',
    'Outputs: `pull-request`, `pull-requests` (with commas), `run-id`, `artifact` (its name) and `artifact-id`, and `reason`. No plan is not a failure: the ' +
      'outputs are then empty, and `reason` and stderr say why.',
    'The job needs the permissions `actions: read`, `contents: read` and `pull-requests: read`.',
  ],
  args: commitArgument,
  flags: {
    file: {
      takes: 'path',
      default: defaultFile,
      description: 'The identity file, as a path from the root of the repository.',
    },
    workflow: {
      takes: 'file',
      default: 'plan.yml',
      description: 'The workflow that plans, in .github/workflows.',
    },
    branch: {
      takes: 'name',
      description: 'The branch that was merged into.',
      byDefault: "the repository's default branch",
    },
    since: {
      takes: 'sha',
      parse: commitOrNone,
      description: 'The commit that was applied last. May be empty.',
    },
    ...jobFlags,
  },
  examples: [
    { does: 'In a job after the merge', run: 'idc github find-plan "$GITHUB_SHA"' },
    {
      does: 'Of another file, with its own workflow',
      run: 'idc github find-plan "$GITHUB_SHA" --file prod.yaml --workflow plan-prod.yml',
    },
  ],
  environment: ['GITHUB_OUTPUT', ...gitHubVariables],
  run: async ({ io, version, args, flags }) => {
    const { gitHubFindPlan } = await import('../../run/github/find-plan.ts');
    return gitHubFindPlan(io, flags, args.sha, version);
  },
});

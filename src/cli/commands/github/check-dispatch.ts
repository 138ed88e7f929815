import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { commitId, commitOrNone, jobFlags, wholeNumber } from './shared.ts';

export const checkDispatch = defineCommand({
  name: 'check-dispatch',
  summary: 'Find out whether a second person approves a plan',
  description: [
    'For repositories whose environments can not have required reviewers: a person approves a plan by starting the workflow ' +
      'with its digest. That counts if the digest is that of the plan, if the person started the run by hand, can write to the ' +
      'repository, and made none of the changes since the last apply: did not open, push or author a pull request that was ' +
      'merged since, and did not push to the default branch.',
    'Outputs: `approved` (true or false), and `reason` why not, which is not a failure.',
    'The job needs the permissions `actions: read`, `contents: read` and `pull-requests: read`.',
  ],
  args: { run: { takes: 'run', parse: runNumber, isRequired: true, description: 'Id of the run.' } },
  flags: {
    plan: { takes: 'plan.json', completes: 'file', isRequired: true, description: 'The plan to apply.' },
    digest: { takes: 'digest', isRequired: true, description: 'The digest that the person gave.' },
    commit: { takes: 'sha', parse: commitId, isRequired: true, description: 'The commit that is applied.' },
    since: {
      takes: 'sha',
      parse: commitOrNone,
      isRequired: true,
      description: 'The commit that was applied last. May be empty.',
    },
    ...jobFlags,
  },
  examples: [
    {
      does: 'In a job that a person started',
      run: 'idc github check-dispatch "$GITHUB_RUN_ID" --plan plan.json --digest "$DIGEST" --commit "$GITHUB_SHA" --since "$SINCE"',
    },
  ],
  environment: ['GITHUB_OUTPUT', ...gitHubVariables],
  run: async ({ io, version, args, flags }) => {
    const { gitHubCheckDispatch } = await import('../../run/github/check-dispatch.ts');
    return gitHubCheckDispatch(io, flags, args.run, version);
  },
});

/** Ids of runs have more digits than numbers of pull requests. */
function runNumber(text: string): number {
  return /^[1-9]\d{9,14}$/.test(text) ? Number(text) : wholeNumber(text);
}

import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { textOrJson } from '../../flags.ts';
import { jobFlags, repo, wishFlags } from './shared.ts';

export const check = defineCommand({
  name: 'check',
  summary: 'Check the settings that protect the repository',
  description: [
    'Reads the environments, the rules of the default branch, the permissions of workflows and actions, and the form of the ' +
      'subject that the roles trust. Of the files: CODEOWNERS, which has to name an owner for the workflows, package.json, ' +
      'package-lock.json, .npmrc, and each identity file with all that it refers to; the lock file that installs idc; and ' +
      'whether the workflows are of the templates of this version. It changes nothing. A public repository is refused.',
    'Each line of the report begins with a mark:',
    '- none: the setting is right',
    '- `!` weaker: `idc github setup` corrects most of them',
    "- `?` can't be seen with this token: a job can't read the permissions of workflows and actions, classic branch protection, and who " +
      'can bypass a ruleset; an administrator can, with `GITHUB_TOKEN=$(gh auth token)`',
    'The job needs the permissions `actions: read` and `contents: read`.',
  ],
  args: {},
  flags: { format: textOrJson, repo, ...wishFlags, ...jobFlags },
  examples: [
    { does: 'On a schedule, or with your own token', run: 'idc github check' },
    {
      does: 'Only what is weaker',
      run: `idc github check --format json | jq '.checks[] | select(.verdict == "weaker")'`,
    },
  ],
  exitCodes: {
    0: 'No setting is weaker. Some may not be visible to the token.',
    2: 'A setting is weaker.',
    3: 'The repository is public.',
  },
  environment: gitHubVariables,
  run: async ({ io, version, flags }) => {
    const { gitHubCheck } = await import('../../run/github/check.ts');
    return gitHubCheck(io, flags, version);
  },
});

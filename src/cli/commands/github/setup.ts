import { defineCommand } from '../../command.ts';
import { gitHubVariables } from '../../environment.ts';
import { jobFlags, repo, wishFlags } from './shared.ts';

export const setup = defineCommand({
  name: 'setup',
  summary: 'Make the settings that protect the repository',
  description: [
    'Sets up what `idc github check` checks: the three environments, which only the default branch can use; a ruleset for the ' +
      'default branch; and the permissions of workflows and actions. It reads first, prints what it would change, and asks. Then it reads ' +
      'the settings again and reports what is not right. A second run changes nothing.',
    'Stricter settings stay. Without `--reviewer`, the current reviewers stay too.',
    'In a private repository, required reviewers need GitHub Enterprise. Without them a second person applies a merge that ' +
      'waits, by starting the apply workflow. Private repositories of GitHub Free have no environments, and are refused.',
    'It needs the token of an administrator of the repository: `GITHUB_TOKEN=$(gh auth token)`.',
  ],
  args: {},
  flags: {
    reviewer: {
      takes: 'name',
      repeats: true,
      description: 'Login, or ORG/TEAM, of who approves a merge that waits. Six at most.',
    },
    repo,
    ...wishFlags,
    dryRun: { description: 'Print the changes, and make none.' },
    yes: { short: 'y', description: 'Make the changes without asking.' },
    ...jobFlags,
  },
  examples: [
    { does: 'Print the changes', run: 'idc github setup --dry-run' },
    { does: 'Outside of its clone', run: 'idc github setup --repo octo-org/access' },
    { does: 'With a team that approves', run: 'idc github setup --reviewer octo-org/security' },
  ],
  exitCodes: {
    0: 'No setting is weaker. Some may not be visible to the token.',
    2: 'A setting is still weaker.',
    3: 'Nothing was changed: the answer was no, the repository is public, or its GitHub plan lacks what is needed.',
  },
  environment: gitHubVariables,
  run: async ({ io, version, flags }) => {
    const { gitHubSetup } = await import('../../run/github/setup.ts');
    return gitHubSetup(io, flags, version);
  },
});

import { InvalidArgumentError } from 'commander';
import { defineCommand } from '../command.ts';
import { awsVariables } from '../environment.ts';
import { accountForm, branchForm, ownerForm } from '../answer-forms.ts';
import { common, connection, output } from '../flags.ts';

export const init = defineCommand({
  name: 'init',
  summary: "Write the files of a team's own repository",
  description: [
    'Writes into this folder: the identity file (what is live, or with `--minimal` a short one with comments), package.json with its lock ' +
      'file for this version of idc, the GitHub workflows with CODEOWNERS and Dependabot, settings for editors, and a README.',
    'It finds the home region, asks for what it does not find, shows what it will write, and asks before it writes. It ' +
      'overwrites nothing: where another file is in the way, it lists all such files and writes none. Existing identity, ' +
      'README and package files are kept. Run again, it writes only what is missing.',
    '`--upgrade` replaces files of other templates that were not edited since idc wrote them, and lists the edited ones.',
  ],
  args: {},
  flags: {
    file: {
      takes: 'path',
      short: 'f',
      completes: 'file',
      byDefault: 'identity.yaml',
      description:
        'The identity file, from the top of the repository. Another file than identity.yaml gets workflows of its own.',
    },
    yes: { short: 'y', description: 'Write without asking. What was guessed is printed.' },
    dryRun: { description: 'Show what it would write, and write nothing.' },
    minimal: { description: 'Write a short identity file with comments instead of what is live.' },
    owner: {
      takes: '@org/team',
      parse: owner,
      description:
        'Code owners of the workflows, the lock file and the identity file. Several are separated by spaces.',
    },
    account: {
      takes: 'id',
      parse: accountId,
      description: 'The AWS account with the roles of the workflows.',
      byDefault: 'the account of the credentials',
    },
    rolePrefix: {
      takes: 'prefix',
      parse: rolePrefix,
      default: 'identity-center-',
      description: 'What the names of both roles begin with, before `plan` and `apply`.',
    },
    branch: { takes: 'name', parse: branch, description: 'The default branch.', byDefault: 'from git, else main' },
    ci: { takes: 'system', choices: ['github', 'none'], default: 'github', description: 'Which workflows to write.' },
    history: {
      takes: 'on or off',
      choices: ['on', 'off'],
      description: 'Record each apply on a branch (docs/history.md). Default: as it is, else off.',
    },
    upgrade: { description: 'Bring existing files up to the templates of this version.' },
    ...connection,
    ...output,
    verbose: common.verbose,
  },
  examples: [
    { does: 'In an empty folder: start with what is live', run: 'idc init' },
    { does: 'Without questions', run: 'idc init --yes --owner @example/identity' },
    { does: 'Without an AWS account', run: 'idc init --minimal --region us-east-1 --account 111122223333' },
    { does: 'A second instance, in a subfolder', run: 'idc init --file sandbox/identity.yaml' },
    { does: 'After an update of idc', run: 'idc init --upgrade' },
  ],
  exitCodes: {
    1: 'Failed, or files are in the way. The message on stderr says why.',
    3: "Refused: idc can't ask without a terminal, or an answer is missing. The flags are listed.",
  },
  environment: awsVariables,
  run: async ({ io, version, flags }) => {
    const { init } = await import('../run/init/init.ts');
    return init(io, flags, version);
  },
});

function matching(pattern: RegExp, text: string, isWhat: string): string {
  if (!pattern.test(text)) throw new InvalidArgumentError(`It is ${isWhat}.`);
  return text;
}

function owner(text: string): string {
  return matching(ownerForm, text.trim(), 'such as @example/identity');
}

function accountId(text: string): string {
  return matching(accountForm, text, 'the 12 digits of an account');
}

function rolePrefix(text: string): string {
  return matching(/^[\w+=,.@-]{1,58}$/, text, 'at most 58 letters, digits and any of +=,.@_-');
}

function branch(text: string): string {
  return matching(branchForm, text, 'a name of letters, digits, dots, slashes, hyphens and underscores');
}

import { InvalidArgumentError, type Command } from 'commander';
import type { GitHubCheckTipFlags } from './run/github/check-tip.ts';
import type { GitHubCheckWatchersFlags } from './run/github/check-watchers.ts';
import type { GitHubCommentFlags } from './run/github/comment.ts';
import type { GitHubDecideFlags } from './run/github/decide.ts';
import type { GitHubDriftFlags } from './run/github/drift.ts';
import type { GitHubFetchFlags } from './run/github/fetch.ts';
import type { GitHubFindPlanFlags } from './run/github/find-plan.ts';
import type { CommonFlags, Io } from './io.ts';
import { defaultFile } from '../core/file-name.ts';

/**
 * `idc github`: what the project's workflows do besides planning and applying.
 * @param isAsked false where the command line speaks of another command, which need not wait for these.
 */
export function addGitHubCommands(
  program: Command,
  { io, version, isAsked, done }: { io: Io; version: string; isAsked: boolean; done: (code: number) => void },
): void {
  const github = program.command('github').description('what a GitHub workflow needs besides plan and apply');
  if (!isAsked) return;
  // Every one of them has options; to say so leaves too little of a narrow terminal.
  github.configureHelp({
    ...github.configureHelp(),
    subcommandTerm: (command) =>
      [command.name(), ...command.registeredArguments.map((argument) => `<${argument.name()}>`)].join(' '),
  });
  github.addHelpText(
    'after',
    `
On a pull request:  fetch, then idc plan --out, then comment
After the merge:    check-tip, find-plan, idc plan --out, decide,
                    check-approvers where it waits, then idc apply
On a schedule:      idc plan --out, then drift
Beside all of it:   check-watchers, and check-unused while switched off
${environmentHelp}`,
  );

  add(
    'fetch',
    "download a pull request's identity file and what it refers to",
    `
Downloads the identity file and every file that it refers to, as they
would be after the merge (GitHub's test merge), through the API: nothing
of the pull request is run or checked out. DIR must be new or empty.
Run it in a checkout: files that are the same there (by git's hash) are
not downloaded. A pull request from a fork may cost 50 requests.

Outputs: head-sha, merge-sha, fork (true where another repository's
branch would be merged). A file that is referred to and missing is left
out and said: idc plan --file DIR/identity.yaml tells where.
Needs permissions: { contents: read, pull-requests: read }.`,
  )
    .argument('<pull>', 'the number of the pull request', wholeNumber)
    .requiredOption('--out <dir>', 'where to write the files')
    .option('--file <path>', 'the identity file, from the top of the repository', defaultFile)
    .action(async (pull: number, flags: GitHubFetchFlags) => {
      const { gitHubFetch } = await import('./run/github/fetch.ts');
      done(await gitHubFetch(io, flags, pull, version));
    });

  add(
    'comment',
    'keep one comment on a pull request up to date',
    `
Creates the comment, or updates it in place. Its first line is its
marker, such as <!-- idc:plan -->, which idc plan --format markdown
writes: a comment with the same marker by the same author is the one.
The marker of another file than identity.yaml names it, so that each
file has a comment of its own: give --file with a text that idc has not
written.
Needs permissions: { pull-requests: write }.`,
  )
    .argument('<pull>', 'the number of the pull request', wholeNumber)
    .requiredOption('--body <file>', 'what it says, as Markdown')
    .option('--file <path>', "the identity file that it is about; default: the marker's")
    .option('--author <login>', 'who writes it; must be a bot', ownLogin)
    .action(async (pull: number, flags: GitHubCommentFlags) => {
      const { gitHubComment } = await import('./run/github/comment.ts');
      done(await gitHubComment(io, flags, pull, version));
    });

  add(
    'find-plan',
    'find the plan that was reviewed before a merge',
    `
Finds the merged pull request whose merge made the commit SHA, and the
newest plan of its last commit that was there before the merge: an
artifact that is called idc-plan-PULL-HEADSHA, of a successful run of
the workflow for the event pull_request_target on the default branch.

It counts only if a second person approved it, in a review of the last
commit, after the plan was made and before the merge, that was not taken
back since (changes requested, or dismissed). A second person can write
to the repository, and did not open the pull request, push its commits
("Update branch" pushes one), or author or commit any of them. Where
GitHub does not show which person opened and pushed it, as of what an
app did, no approval counts.

Outputs: pull-request, run-id, artifact (the name), artifact-id; each is
empty where there is none, which is no failure: reason and stderr say
why.
Needs permissions: { actions: read, contents: read,
                     pull-requests: read }.`,
  )
    .argument('<sha>', 'the commit, in full', commitId)
    .option('--workflow <file>', 'the workflow that plans, in .github/workflows', 'plan.yml')
    .option('--branch <name>', "the branch that it was merged into; default: the repository's default branch")
    .action(async (sha: string, flags: GitHubFindPlanFlags) => {
      const { gitHubFindPlan } = await import('./run/github/find-plan.ts');
      done(await gitHubFindPlan(io, flags, sha, version));
    });

  add(
    'decide',
    'say whether a plan is the reviewed one (asks nobody)',
    `
Compares two saved plans, and asks neither GitHub nor AWS. Outputs:
digest; changes (true where there is anything to do); refused (true
where a guard refuses); environment; reason (same, or why it is not).
A reviewed plan that is missing or damaged means that an approval is
needed, and is no failure.`,
    '',
  )
    .requiredOption('--plan <plan.json>', 'what would be applied')
    .option('--reviewed <plan.json>', 'what was reviewed')
    .option('--approved <environment>', 'where exactly this was reviewed', 'identity-center-apply')
    .option('--waiting <environment>', 'where it was not', 'identity-center-approve')
    .action(async (flags: GitHubDecideFlags) => {
      const { gitHubDecide } = await import('./run/github/decide.ts');
      done(gitHubDecide(io, flags));
    });

  add(
    'check-tip',
    'refuse a commit that is no longer the newest',
    `
Exit code 0 where SHA is the newest commit of the branch, 3 where it is
not: an old run that is run again applies nothing, since the newest run
plans what is there now.
Needs permissions: { contents: read }.`,
  )
    .argument('<sha>', 'the commit, in full', commitId)
    .option('--branch <name>', "default: the repository's default branch", pathSegment)
    .action(async (sha: string, flags: GitHubCheckTipFlags) => {
      const { gitHubCheckTip } = await import('./run/github/check-tip.ts');
      done(await gitHubCheckTip(io, flags, sha, version));
    });

  add(
    'check-approvers',
    'refuse an environment that waits for nobody',
    `
Exit code 0 where the environment has required reviewers, 3 where it has
none or is not there: a job that names it would begin at once. Warns
where the person who starts a run may approve it too, and where no
ruleset of the default branch is known to have "Require approval of the
most recent reviewable push". Depending on GitHub's plan, a private
repository has no required reviewers below GitHub Enterprise.
Needs permissions: { actions: read }.`,
  )
    .argument('<name>', 'of the environment', pathSegment)
    .action(async (environment: string, flags: CommonFlags) => {
      const { gitHubCheckApprovers } = await import('./run/github/check-approvers.ts');
      done(await gitHubCheckApprovers(io, flags, environment, version));
    });

  add(
    'check-watchers',
    'refuse a scheduled workflow that has stopped',
    `
Exit code 0 where each workflow is enabled and has run to its end on the
default branch lately, with success or without, or is new; 3 where one
is not. A workflow that is disabled, waits or is cancelled fails nowhere,
so another one has to look.
Needs permissions: { actions: read }.`,
  )
    .argument('<workflow...>', 'files in .github/workflows, such as drift.yml', workflowFiles)
    .option('--within <hours>', 'how long ago the last run may be', wholeNumber, 48)
    .option('--succeeded', 'count only runs that succeeded')
    .action(async (workflows: string[], flags: GitHubCheckWatchersFlags) => {
      const { gitHubCheckWatchers } = await import('./run/github/check-watchers.ts');
      done(await gitHubCheckWatchers(io, flags, workflows, version));
    });

  add(
    'check-unused',
    'refuse to be switched off where it is set up',
    `
Exit code 0 where the environment is not there, 3 where it is: for a job
that runs only while the workflows are switched off. That job must not
name the environment itself, since GitHub makes one that is missing.
Needs permissions: { actions: read }.`,
  )
    .argument('<name>', 'of the environment', pathSegment)
    .action(async (environment: string, flags: CommonFlags) => {
      const { gitHubCheckUnused } = await import('./run/github/check-unused.ts');
      done(await gitHubCheckUnused(io, flags, environment, version));
    });

  add(
    'drift',
    'keep one open issue while anything is pending',
    `
Opens an issue while the plan has anything to do or is refused, updates
it in place, and closes it with a comment when nothing is pending. Each
identity file of the repository has an issue of its own.
Needs permissions: { issues: write }.`,
  )
    .requiredOption('--plan <plan.json>', 'the plan')
    .requiredOption('--body <file>', 'what the issue says: what idc plan --format markdown prints')
    .option('--file <path>', 'the identity file that it is about; default: the one that was planned')
    .option('--author <login>', 'who writes it; must be a bot', ownLogin)
    .action(async (flags: GitHubDriftFlags) => {
      const { gitHubDrift } = await import('./run/github/drift.ts');
      done(await gitHubDrift(io, flags, version));
    });

  function add(name: string, summary: string, help: string, environment = environmentHelp): Command {
    return github
      .command(name)
      .description(summary)
      .option('--no-color', 'no colours, also on a terminal')
      .option('--verbose', 'show stack traces of our own bugs')
      .addHelpText('after', `${help}\n${environment}`);
  }
}

/** Who writes with a job's own token. */
const ownLogin = 'github-actions[bot]';

const environmentHelp = `
Environment: GITHUB_TOKEN (give it to the step), GITHUB_REPOSITORY,
GITHUB_API_URL. Outputs are appended to the file that GITHUB_OUTPUT
names, or printed where it is not set.`;

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number such as 42.');
}

/** A name that is one part of a URL's path; these would be none, and GitHub would answer about something else. */
function pathSegment(text: string): string {
  if (!['', '.', '..'].includes(text)) return text;
  throw new InvalidArgumentError('It is a name.');
}

function workflowFiles(text: string, before: string[] = []): string[] {
  if (/^[\w-][\w.-]*\.ya?ml$/.test(text)) return [...before, text];
  throw new InvalidArgumentError('It is the name of a file such as drift.yml.');
}

function commitId(text: string): string {
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) return text;
  throw new InvalidArgumentError('It is a commit id of 40 hex digits.');
}

import { RefusedError, ReportedError } from '../../../core/errors.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { isPlanLimit } from '../../../github/errors.ts';
import type { GitHub } from '../../../github/client.ts';
import { approval, type Reviewer } from '../../../github/protection/environments.ts';
import type { Change } from '../../../github/protection/finding.ts';
import {
  findReviewer,
  judgeProtection,
  mendProtection,
  readProtection,
  type Protection,
} from '../../../github/protection/repository.ts';
import { askForYes } from '../../ask-yes.ts';
import { exitCodes, type Io } from '../../io.ts';
import { wishesOf, type GitHubWishFlags } from './check.ts';
import { fileAccess } from './identity-files.ts';
import { exitCodeOf, findingLines, summaryOf } from './print-findings.ts';
import { openGitHubOf } from './session.ts';

export interface GitHubSetupFlags extends GitHubWishFlags {
  reviewer?: readonly string[];
  dryRun?: true;
  yes?: true;
}

/** GitHub takes no more. */
const mostReviewers = 6;

/** Makes the settings of the repository right, and reads them again: it reports nothing that it has not read. */
export async function gitHubSetup(io: Io, flags: GitHubSetupFlags, version: string): Promise<number> {
  const wishes = wishesOf(flags);
  const gitHub = openGitHubOf(io, flags.repo, version);
  const before = await readProtection(gitHub, fileAccess);
  refuseWhatFails(gitHub, before);
  const reviewers = await reviewersOf(gitHub, flags.reviewer);
  const changes = await mendProtection(gitHub, before, wishes, reviewers);
  if (reviewers !== undefined && !before.isInternal) io.err(`${withReviewers}\n\n`);
  if (reviewers === undefined && !hasReviewers(before)) io.err(`${withoutReviewers}\n\n`);
  if (changes.length === 0) io.err(`Nothing to change in ${sanitize(gitHub.repository)}.\n\n`);
  else {
    io.out(`${changes.flatMap(({ lines }) => lines.map((line) => `+ ${sanitize(line)}`)).join('\n')}\n`);
    if (flags.dryRun) return exitCodes.done;
    await confirm(io, flags, gitHub, changes);
    await carryOut(changes);
    io.err('\n');
  }
  const after = judgeProtection(changes.length === 0 ? before : await readProtection(gitHub, fileAccess), wishes);
  const open = after.filter(({ verdict }) => verdict !== 'right');
  if (open.length > 0) io.out(`${findingLines(open)}\n`);
  io.out(`${sanitize(gitHub.repository)}: ${summaryOf(after)}\n`);
  return exitCodeOf(after);
}

const withReviewers =
  'In a private repository, required reviewers need GitHub Enterprise. If your plan does not have them, GitHub refuses the first change, and nothing is changed.';

const withoutReviewers =
  'No required reviewers are set: a merge that waits is applied by a second person, who starts the apply workflow with the digest of its plan. If your plan has required reviewers (in a private repository: GitHub Enterprise), name them with --reviewer.';

/** What would fail half-way. */
function refuseWhatFails({ repository }: GitHub, { branch, rules, isAdministrator }: Protection): void {
  if (!isAdministrator) {
    throw new RefusedError(`The token is not of an administrator of ${repository}, so it can't change its settings.`, {
      hint: 'An administrator of the repository runs: GITHUB_TOKEN=$(gh auth token) idc github setup',
    });
  }
  if (rules.isPlanLimited) {
    throw new RefusedError(
      'The GitHub plan of this repository has no environments and rulesets for private repositories, so no workflow could be kept from taking a role. Nothing was changed.',
      { hint: 'Change to GitHub Team, Pro or Enterprise, or run idc from a terminal or another CI.' },
    );
  }
  if (/[*?[\]\\{}]/.test(branch)) {
    throw new RefusedError(
      `The default branch is ${branch}, which GitHub would take for a pattern that other branches match. Nothing was changed.`,
      { hint: 'Rename the default branch.' },
    );
  }
}

async function reviewersOf(gitHub: GitHub, names: readonly string[] = []): Promise<Reviewer[] | undefined> {
  if (names.length > mostReviewers) {
    throw new ReportedError('too-many-reviewers', `GitHub takes ${mostReviewers} reviewers at most.`, 'Name a team.');
  }
  return names.length === 0 ? undefined : Promise.all(names.map((name) => findReviewer(gitHub, name)));
}

function hasReviewers({ environments }: Protection): boolean {
  const state = environments.find(({ name }) => name === approval)?.state;
  return typeof state === 'object' && state.reviewers.length > 0;
}

async function confirm(io: Io, { yes }: GitHubSetupFlags, gitHub: GitHub, changes: readonly Change[]): Promise<void> {
  if (yes) return;
  const count = changes.flatMap(({ lines }) => lines).length;
  const what = count === 1 ? 'this change' : `these ${count} changes`;
  await askForYes(io, {
    nothing: 'Nothing was changed',
    verb: 'change the settings',
    question: () => `\nMake ${what} to ${sanitize(gitHub.repository)}? Type "yes" to make them: `,
  });
}

/** One after another; what the plan at GitHub may lack is the first. */
async function carryOut(changes: readonly Change[]): Promise<void> {
  for (const [index, change] of changes.entries()) {
    try {
      await change.write();
    } catch (error) {
      const done = index === 0 ? 'Nothing was changed.' : `${index} of ${changes.length} requests were carried out.`;
      if (index === 0 && isPlanLimit(error)) {
        throw new RefusedError(`${done} ${(error as Error).message}`, {
          hint: 'Without required reviewers, run it again without --reviewer: a second person then applies a merge that waits, by starting the apply workflow with the digest of its plan.',
        });
      }
      if (!(error instanceof ReportedError)) throw error;
      throw new ReportedError(
        error.code,
        `${done} ${error.message}`,
        [error.hint, 'Run `idc github setup` again: it continues with what is missing.'].filter(Boolean).join(' '),
      );
    }
  }
}

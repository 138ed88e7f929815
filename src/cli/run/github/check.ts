import { sanitize, sanitizeJson } from '../../../core/sanitize.ts';
import type { Wishes } from '../../../github/protection/finding.ts';
import { judgeProtection, readProtection } from '../../../github/protection/repository.ts';
import { gitHubCheckFormat, type GitHubCheck } from '../../../formats/github-check.ts';
import type { CommonFlags, Io } from '../../io.ts';
import { fileAccess } from './identity-files.ts';
import { countsOf, exitCodeOf, findingLines, summaryOf } from './print-findings.ts';
import { openGitHubOf } from './session.ts';

export interface GitHubWishFlags extends CommonFlags {
  repo?: string;
  requiredPlan?: boolean;
  pinnedActions?: boolean;
  requireReviewers?: true;
  workflowsOpenPullRequests?: true;
}

export const wishesOf = (flags: GitHubWishFlags): Wishes => ({
  requiresPlan: flags.requiredPlan !== false,
  pinsActions: flags.pinnedActions !== false,
  requiresReviewers: flags.requireReviewers === true,
  workflowsOpenPullRequests: flags.workflowsOpenPullRequests === true,
});

/** Says which settings of the repository are right, weaker, or can't be seen. Changes nothing. */
export async function gitHubCheck(
  io: Io,
  flags: GitHubWishFlags & { format: 'text' | 'json' },
  version: string,
): Promise<number> {
  const gitHub = openGitHubOf(io, flags.repo, version);
  const protection = await readProtection(gitHub, fileAccess);
  const checks = judgeProtection(protection, wishesOf(flags));
  const { repository } = gitHub;
  const { branch } = protection;
  if (flags.format === 'json') {
    const document: GitHubCheck = {
      formatVersion: gitHubCheckFormat,
      repository,
      branch,
      summary: countsOf(checks),
      checks,
    };
    io.out(`${sanitizeJson(JSON.stringify(document, null, 2))}\n`);
  } else {
    io.out(`${findingLines(checks)}\n${sanitize(repository)}: ${summaryOf(checks)}\n`);
  }
  return exitCodeOf(checks);
}

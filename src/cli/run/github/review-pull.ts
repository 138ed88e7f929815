import { fileName } from '../../../core/file-name.ts';
import { markerLine } from '../../../core/marker.ts';
import type { Review } from '../../../core/review.ts';
import { sanitize } from '../../../core/sanitize.ts';
import { readText } from '../../../files/read-text.ts';
import { parseReview } from '../../../formats/review.ts';
import { defaultBranch } from '../../../github/default-branch.ts';
import { keepReviewPull } from '../../../github/review-pull.ts';
import { code } from '../../../render/markdown/inline.ts';
import { renderReviewPages } from '../../../render/markdown/review.ts';
import { exitCodes, type CommonFlags, type Io } from '../../io.ts';
import { openGitHub } from './session.ts';
import { writeOutputs } from './write-outputs.ts';
import { writeSummary } from './write-summary.ts';

export interface GitHubReviewPullFlags extends CommonFlags {
  review: string;
  author: string;
}

/** GitHub takes 65,536 characters in a text, and 1 MiB in a summary, where a character has up to three bytes. */
const [longestText, longestSummary] = [64_000, 340_000];

/** Keeps the pull request of a review open and its text up to date, and asks owners for their review. */
export async function gitHubReviewPull(
  io: Io,
  flags: GitHubReviewPullFlags,
  branch: string,
  version: string,
): Promise<number> {
  const review = parseReview(readText(flags.review));
  const file = flags.file === undefined ? undefined : fileName(flags.file);
  const gitHub = openGitHub(io, version);
  const intro = [
    markerLine('review', file),
    `A merge confirms that this access is still needed: it sets ${code('reviewed')} in the entries below${file === undefined ? '' : ` of ${code(sanitize(file))}`}, and changes nothing in Identity Center.`,
    'What is no longer needed: remove it in another pull request, or push the removal to this branch. Who pushes does not count as an approver.',
  ].join('\n\n');
  const pages = (limit: number): string =>
    renderReviewPages(review, io.now(), { limit: limit - intro.length, setsDates: true });
  const { done, number, url, remarks } = await keepReviewPull(gitHub, {
    branch,
    base: await defaultBranch(gitHub),
    title: `Review of access${file === undefined ? '' : ` by ${sanitize(file)}`}, ${branch.slice(-7)}`,
    body: `${intro}\n\n${pages(longestText)}`,
    reviewers: reviewersOf(review),
    author: flags.author,
  });
  io.err(`The pull request is ${done}: ${url}\n`);
  for (const remark of remarks) io.err(`${sanitize(remark)}\n`);
  writeSummary(io, `The pull request is ${done}: ${url}\n\n${pages(longestSummary)}`);
  writeOutputs(io, { 'pull-request': number });
  return exitCodes.done;
}

/** The owners that the file names by their login. A team is asked by CODEOWNERS: a job's token can't ask one. */
const reviewersOf = ({ pages }: Review): string[] =>
  pages.flatMap(({ owner }) => /^@([a-z\d](?:[a-z\d-]{0,38}))$/i.exec(owner ?? '')?.[1] ?? []);

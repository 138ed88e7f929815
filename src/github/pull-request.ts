import { ReportedError } from '../core/errors.ts';
import type { GitHub } from './client.ts';
import { asking } from './errors.ts';

/** A pull request as it would be once merged. */
export interface TestMerge {
  headSha: string;
  /** The commit that has what the default branch would hold after the merge. */
  mergeSha: string;
  /** The commit of the default branch that it was merged into; undefined where the pull request has been merged already. */
  baseSha: string | undefined;
  /** The head is in another repository, or in one that is gone. */
  isFork: boolean;
}

const attempts = 10;

/** Waits until GitHub has merged the pull request to see whether it can be: it does that some time after each push. */
export async function awaitTestMerge(gitHub: GitHub, number: number): Promise<TestMerge> {
  const { rest, at, clock } = gitHub;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const { data } = await asking(
      `pull request #${number}`,
      'pull-requests: read',
      rest.pulls.get({ ...at, pull_number: number }),
    );
    const { merged, mergeable, merge_commit_sha: mergeSha, head, base } = data;
    if (!merged && mergeable === false) {
      throw new ReportedError(
        'pull-request-conflicts',
        `Pull request #${number} can't be merged: it conflicts with ${base.ref}.`,
        `Merge ${base.ref} into its branch and resolve the conflicts there.`,
      );
    }
    const parents = merged || mergeable !== true || mergeSha === null ? [] : await parentsOf(mergeSha);
    // The answer may still name the merge of an earlier push.
    if (mergeSha !== null && (merged || parents.includes(head.sha))) {
      // GitHub answers null for a repository that is gone, whatever the type says.
      const origin = head.repo as { id: number } | null;
      return {
        headSha: head.sha,
        mergeSha,
        baseSha: parents.find((sha) => sha !== head.sha),
        isFork: origin?.id !== base.repo.id,
      };
    }
    if (attempt < attempts) await clock.sleep(Math.min(8000, 250 * 2 ** attempt));
  }
  throw new ReportedError(
    'pull-request-unsettled',
    `GitHub has not yet worked out what pull request #${number} would be once merged.`,
    'Run it again in a minute; a closed pull request never gets there.',
  );

  async function parentsOf(commit: string): Promise<string[]> {
    const request = rest.git.getCommit({ ...at, commit_sha: commit });
    const { data } = await asking(`commit ${commit}`, 'contents: read', request);
    return data.parents.map(({ sha }) => sha);
  }
}

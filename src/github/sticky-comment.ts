import { keepRecordLines } from '../core/record-line.ts';
import type { GitHub } from './client.ts';
import { createOnce } from './create-once.ts';
import { asking, type Permission } from './errors.ts';
import { isRateLimit, isRequestFailure } from './retry.ts';
import { checkLength, isOurs, isSameText, markerOf, notOurs } from './marked-text.ts';

export interface StickyComment {
  /** `locked`: GitHub takes no comment, because the conversation is locked. */
  done: 'none' | 'created' | 'updated' | 'unchanged' | 'locked';
  url?: string;
  /** What a person should know: further comments of ours, which are left as they are; that it will not be found again. */
  remarks: string[];
}

const permission: Permission = 'pull-requests: write';

/**
 * Keeps one comment on a pull request that shows the text, whose first line is its marker. The records of the history that it
 * names stay.
 * @param updateOnly leaves a pull request that has no such comment without one.
 */
export async function keepComment(
  gitHub: GitHub,
  pullRequest: number,
  body: string,
  { author, updateOnly }: { author: string; updateOnly: boolean },
): Promise<StickyComment> {
  const marker = markerOf(body);
  checkLength(body);
  const { rest, paginate, at } = gitHub;
  const onPullRequest = { ...at, issue_number: pullRequest };
  const findOurs = async () => {
    const comments = paginate(rest.issues.listComments, { ...onPullRequest, per_page: 100 });
    const all = await asking(`the comments of pull request #${pullRequest}`, permission, comments);
    return all.filter((comment) => isOurs(comment, marker, author)).sort((a, b) => a.id - b.id);
  };

  const [ours, ...others] = await findOurs();
  const remarks = others.map(({ html_url }) => `Left as it is, another comment of ours: ${html_url}`);
  if (ours === undefined && updateOnly) return { done: 'none', remarks };
  if (ours === undefined) {
    const creation = createOnce(
      gitHub,
      async () => (await findOurs())[0],
      async () => (await rest.issues.createComment({ ...onPullRequest, body })).data,
    );
    const comment = await asking(
      `a comment on pull request #${pullRequest}`,
      permission,
      unlessLocked(gitHub, pullRequest, creation),
    );
    if (comment === undefined) return { done: 'locked', remarks };
    return { done: 'created', url: comment.html_url, remarks: notOurs(comment, marker, author) };
  }
  const { id, html_url: url } = ours;
  const updatedBody = keepRecordLines(body, ours.body ?? '');
  if (isSameText(ours.body, updatedBody)) return { done: 'unchanged', url, remarks };
  const update = rest.issues.updateComment({ ...at, comment_id: id, body: updatedBody });
  const updated = await asking(`an update of ${url}`, permission, unlessLocked(gitHub, pullRequest, update));
  return { done: updated === undefined ? 'locked' : 'updated', url, remarks };
}

/** The answer to a request that writes, or undefined where GitHub denies it because the conversation is locked. */
async function unlessLocked<Answer>(
  { rest, at }: GitHub,
  pullRequest: number,
  request: Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await request;
  } catch (error) {
    // GitHub's message is for people, and may change.
    if (!isRequestFailure(error) || error.status !== 403 || isRateLimit(error)) throw error;
    const { data } = await rest.pulls.get({ ...at, pull_number: pullRequest });
    if (!data.locked) throw error;
    return undefined;
  }
}

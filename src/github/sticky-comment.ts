import type { GitHub } from './client.ts';
import { createOnce } from './create-once.ts';
import { asking, type Permission } from './errors.ts';
import { checkLength, isOurs, isSameText, markerOf, notOurs } from './marked-text.ts';

export interface StickyComment {
  done: 'created' | 'updated' | 'unchanged';
  url: string;
  /** What a person should know: further comments of ours, which are left as they are; that it will not be found again. */
  remarks: string[];
}

const permission: Permission = 'pull-requests: write';

/** Keeps one comment on a pull request that shows the text, whose first line is its marker. */
export async function keepComment(
  gitHub: GitHub,
  pullRequest: number,
  body: string,
  author: string,
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
  if (ours === undefined) {
    const comment = await asking(
      `a comment on pull request #${pullRequest}`,
      permission,
      createOnce(
        gitHub,
        async () => (await findOurs())[0],
        async () => (await rest.issues.createComment({ ...onPullRequest, body })).data,
      ),
    );
    return { done: 'created', url: comment.html_url, remarks: notOurs(comment, marker, author) };
  }
  const { id, html_url: url } = ours;
  if (isSameText(ours.body, body)) return { done: 'unchanged', url, remarks };
  await asking(`an update of ${url}`, permission, rest.issues.updateComment({ ...at, comment_id: id, body }));
  return { done: 'updated', url, remarks };
}

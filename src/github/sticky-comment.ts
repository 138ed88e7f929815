import type { GitHub } from './client.ts';
import { createOnce } from './create-once.ts';
import { asking, type Permission } from './errors.ts';
import { checkLength, isOurs, isSameText, markerOf } from './marked-text.ts';

export interface StickyComment {
  done: 'created' | 'updated' | 'unchanged';
  url: string;
  /** Further comments of ours with the same marker, which are left as they are. */
  others: string[];
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
  const left = others.map(({ html_url }) => html_url);
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
    return { done: 'created', url: comment.html_url, others: left };
  }
  const { id, html_url: url } = ours;
  if (isSameText(ours.body, body)) return { done: 'unchanged', url, others: left };
  await asking(`an update of ${url}`, permission, rest.issues.updateComment({ ...at, comment_id: id, body }));
  return { done: 'updated', url, others: left };
}

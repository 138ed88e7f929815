import { markerLine } from '../core/marker.ts';
import type { GitHub } from './client.ts';
import { createOnce } from './create-once.ts';
import { answerUnless, asking, type Permission } from './errors.ts';
import { checkLength, isOurs, isSameText, notOurs, withMarker } from './marked-text.ts';

/** What became of the one issue that says that the live state is not the file's. */
export interface DriftIssue {
  /** `disabled`: the repository has no issues. */
  done: 'none' | 'created' | 'updated' | 'unchanged' | 'closed' | 'disabled';
  url?: string;
  /** What a person should know: further open issues of ours, which are left as they are; that it will not be found again. */
  remarks: string[];
}

const permission: Permission = 'issues: write';

/** What the issue is about, and who writes it. */
export interface Drift {
  /** What to say, behind any marker; undefined where nothing is pending. */
  body: string | undefined;
  /** As the plan names it; undefined for identity.yaml. Each file has an issue of its own. */
  file: string | undefined;
  /** Of a new issue. */
  title: string;
  /** The last comment, when nothing is pending any more. */
  farewell: string;
  author: string;
}

/** Keeps one open issue while something is pending. */
export async function keepDriftIssue(
  gitHub: GitHub,
  { body, file, title, farewell, author }: Drift,
): Promise<DriftIssue> {
  const marker = markerLine('drift', file);
  const text = body === undefined ? undefined : withMarker(body, marker);
  if (text !== undefined) checkLength(text);
  const { rest, paginate, at } = gitHub;
  const findOurs = async () => {
    const open = paginate(rest.issues.listForRepo, { ...at, state: 'open', per_page: 100 });
    // GitHub says so where the repository has none.
    const all = await asking('the open issues', permission, answerUnless([410], open));
    // Pull requests are issues to this call.
    return all
      ?.filter((issue) => issue.pull_request === undefined && isOurs(issue, marker, author))
      .sort((a, b) => a.number - b.number);
  };

  const found = await findOurs();
  if (found === undefined) return { done: 'disabled', remarks: [] };
  const [ours, ...further] = found;
  const remarks = further.map(({ html_url }) => `Left as it is, another issue of ours: ${html_url}`);
  if (ours === undefined) {
    if (text === undefined) return { done: 'none', remarks };
    const issue = await asking(
      'a new issue',
      permission,
      createOnce(
        gitHub,
        async () => (await findOurs())?.[0],
        async () => (await rest.issues.create({ ...at, title, body: text })).data,
      ),
    );
    return { done: 'created', url: issue.html_url, remarks: notOurs(issue, marker, author) };
  }
  const { number, html_url: url } = ours;
  const thisIssue = { ...at, issue_number: number };
  if (text === undefined) {
    const close = rest.issues.update({ ...thisIssue, state: 'closed', state_reason: 'completed' });
    await asking(`the closing of ${url}`, permission, close);
    await asking(`a comment on ${url}`, permission, rest.issues.createComment({ ...thisIssue, body: farewell }));
    return { done: 'closed', url, remarks };
  }
  if (isSameText(ours.body, text)) return { done: 'unchanged', url, remarks };
  await asking(`an update of ${url}`, permission, rest.issues.update({ ...thisIssue, body: text }));
  return { done: 'updated', url, remarks };
}

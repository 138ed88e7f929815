import { ReportedError } from '../core/errors.ts';
import type { Account } from './account.ts';
import type { GitHub } from './client.ts';
import { createOnce } from './create-once.ts';
import { answerUnless, asking, type Permission } from './errors.ts';
import { checkLength, isOurs, isSameText, markerOf, notOurs } from './marked-text.ts';
import { isRequestFailure } from './retry.ts';

export interface ReviewPull {
  done: 'created' | 'updated' | 'unchanged';
  number: number;
  url: string;
  /** What a person should know. */
  remarks: string[];
}

interface Wanted {
  branch: string;
  /** The default branch. */
  base: string;
  title: string;
  /** Its first line is its marker. */
  body: string;
  /** Logins of those who are asked for a review. */
  reviewers: readonly string[];
  /** The bot that writes it. */
  author: string;
}

/** A pull request, as lists and a creation give it. */
interface Found {
  number: number;
  html_url: string;
  title: string;
  body?: string | null;
  user: Account | null;
}

const permission: Permission = 'pull-requests: write';

/** Keeps one open pull request of a branch, whose text this is; of one that a person has opened, the text stays. */
export async function keepReviewPull(gitHub: GitHub, wanted: Wanted): Promise<ReviewPull> {
  const { branch, base, title, body, author } = wanted;
  const marker = markerOf(body);
  checkLength(body);
  const { rest, at } = gitHub;
  const find = async (): Promise<Found | undefined> => {
    const request = rest.pulls.list({ ...at, state: 'open', base, head: `${at.owner}:${branch}`, per_page: 100 });
    return (await asking('the open pull requests', permission, request)).data[0];
  };
  const before = await find();
  if (before === undefined) {
    const create = async (): Promise<Found> =>
      (await rest.pulls.create({ ...at, title, body, head: branch, base })).data;
    const made = await asking(
      'a new pull request',
      permission,
      createOnce(gitHub, find, () => allowed(gitHub, branch, create())),
    );
    const { number, html_url: url } = made;
    const remarks = [...notOurs(made, marker, author), ...(await askReviewers(gitHub, number, wanted))];
    return { done: 'created', number, url, remarks };
  }
  const { number, html_url: url } = before;
  const remarks = await askReviewers(gitHub, number, wanted);
  if (!isOurs(before, marker, author)) {
    return { done: 'unchanged', number, url, remarks: [...remarks, 'Its text is not by this workflow, and stays.'] };
  }
  if (isSameText(before.body, body) && before.title === title) return { done: 'unchanged', number, url, remarks };
  const update = rest.pulls.update({ ...at, pull_number: number, title, body });
  await asking(`an update of ${url}`, permission, update);
  return { done: 'updated', number, url, remarks };
}

/** GitHub's own words: "GitHub Actions is not permitted to create or approve pull requests." */
async function allowed<Answer>({ repository }: GitHub, branch: string, request: Promise<Answer>): Promise<Answer> {
  try {
    return await request;
  } catch (error) {
    if (!isRequestFailure(error) || error.status !== 403 || !/not permitted to create/i.test(error.message))
      throw error;
    throw new ReportedError(
      'pull-requests-off',
      `The workflows of ${repository} are not allowed to open pull requests. The branch ${branch} is there.`,
      'Run `idc github setup --workflows-open-pull-requests`, and this again. Or open the pull request by hand.',
    );
  }
}

/** Asks those who were not asked and have not reviewed yet. That one of them can't be asked stops nothing. */
async function askReviewers(gitHub: GitHub, number: number, { reviewers }: Wanted): Promise<string[]> {
  if (reviewers.length === 0) return [];
  const { rest, paginate, at } = gitHub;
  const ofPull = { ...at, pull_number: number };
  const what = `the reviewers of pull request #${number}`;
  const { data: pull } = await asking(what, permission, rest.pulls.get(ofPull));
  const reviews = await asking(what, permission, paginate(rest.pulls.listReviews, { ...ofPull, per_page: 100 }));
  const known = [...(pull.requested_reviewers ?? []), ...reviews.map(({ user }) => user)].map((one) =>
    one?.login.toLowerCase(),
  );
  const remarks: string[] = [];
  for (const login of reviewers.filter((one) => !known.includes(one.toLowerCase()))) {
    const request = answerUnless([403, 404, 422], rest.pulls.requestReviewers({ ...ofPull, reviewers: [login] }));
    if ((await asking(what, permission, request)) === undefined) {
      remarks.push(`${login} can't be asked for a review: GitHub knows no such person who can read the repository.`);
    }
  }
  return remarks;
}

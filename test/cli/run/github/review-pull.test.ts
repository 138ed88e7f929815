import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Review, ReviewItem } from '../../../../src/core/review.ts';
import { actionsBot, octocat, startGitHub, type GitHubStandIn } from '../../../support/github/index.ts';
import { runStep } from '../../../support/github/run.ts';
import { hostileNames } from '../../../support/hostile-names.ts';

const branch = 'idc/review/2026-11';
const item = (what: string): ReviewItem => ({
  what,
  gives: [],
  owners: [],
  holders: ['ann'],
  due: ['was never reviewed'],
});
const reviewOf = (owners: readonly (string | null)[], count = 1): Review => ({
  formatVersion: 1,
  source: { type: 'live' },
  history: { unknown: 'This clone has no branch identity-center-history.' },
  pages: owners.map((owner) => ({
    owner,
    items: Array.from({ length: count }, (_, at) => item(`Read in ${at} to ann`)),
  })),
});

async function start(): Promise<GitHubStandIn> {
  const github = await startGitHub({ files: { 'identity.yaml': 'version: 1\n' } });
  const { world } = github;
  world.workflowPermissions.approves = true;
  const tip = world.branches.get('main') ?? '';
  world.moveTo(branch, world.commit({ 'identity.yaml': 'version: 1 # dated\n' }, [tip]), actionsBot);
  return github;
}

/** With the rights of its job, and no other. */
async function keep(github: GitHubStandIn, review: unknown) {
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-review-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'review.json');
  writeFileSync(file, JSON.stringify(review));
  const token = github.grant({ contents: 'read', 'pull-requests': 'write' });
  const env = { GITHUB_TOKEN: token, GITHUB_STEP_SUMMARY: path.join(folder, 'summary.md') };
  const ran = await runStep(github, ['review-pull', branch, '--review', file], env);
  const summary = existsSync(env.GITHUB_STEP_SUMMARY) ? readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8') : '';
  return { ...ran, summary };
}

const bodyOf = ({ world }: GitHubStandIn): string => world.issues.get(1)?.body ?? '';

it('opens one pull request, and updates its text, but not that of a person', async () => {
  const github = await start();
  const first = await keep(github, reviewOf(['shop-team']));
  expect(first.outputs, first.err).toEqual({ 'pull-request': '1' });
  expect(github.world.pulls.get(1)?.title).toBe('Review of access, 2026-11');
  await keep(github, reviewOf(['shop-team', 'other-team']));
  expect(bodyOf(github)).toContain('## For other-team: 1 entry, 1 due');
  expect(github.world.pulls.size).toBe(1);
  const unchanged = await keep(github, reviewOf(['shop-team', 'other-team']));
  expect(unchanged.err).toContain('The pull request is unchanged');

  const byHand = await start();
  byHand.world.openFrom(branch, { title: 'Mine', author: octocat, body: 'by hand' });
  const other = await keep(byHand, reviewOf(['shop-team']));
  expect([other.outputs, bodyOf(byHand)]).toEqual([{ 'pull-request': '1' }, 'by hand']);
});

it('shortens what GitHub would not take, by entries of the longest pages, and the summary has more', async () => {
  const github = await start();
  const { code, err, summary } = await keep(github, {
    ...reviewOf(['large-team'], 2000),
    pages: [...reviewOf(['large-team'], 2000).pages, ...reviewOf(['small-team'], 3).pages],
  });
  expect(code, err).toBe(0);
  const body = bodyOf(github);
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body.length).toBeGreaterThan(60_000);
  expect(body).toContain('## For small-team: 3 entries, 3 due');
  expect(body.match(/of 2003 entries are left out here/)).not.toBeNull();
  expect(summary.length).toBeGreaterThan(body.length);
});

it('asks owners by their login for a review, once, and goes on where one can not be asked', async () => {
  const github = await start();
  const owners = ['@mona', '@octo-org/security', 'shop-team', '@nobody-here', null];
  const { code, err } = await keep(github, reviewOf(owners));
  expect(code).toBe(0);
  expect(github.world.pulls.get(1)?.asked).toEqual(['mona']);
  expect(err).toContain("nobody-here can't be asked for a review");
  github.requests.length = 0;
  await keep(github, reviewOf(['@mona']));
  expect(github.requests.filter((one) => one.path.endsWith('requested_reviewers'))).toEqual([]);
});

it('mentions no one, links nowhere and makes no HTML, whatever the names are', async () => {
  const github = await start();
  const names = [...hostileNames, '@octo-org/everyone', '#1', 'https://example.com'];
  const pages = names.map((name) => ({
    owner: name,
    items: [{ ...item(name), reason: name, ticket: name, holders: [name] }],
  }));
  await keep(github, { ...reviewOf([]), pages });
  const withoutCode = bodyOf(github)
    .split('\n')
    .slice(1)
    .join('\n')
    .replaceAll(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, '');
  expect(bodyOf(github)).toContain('## For `@octo-org/everyone`: 1 entry');
  expect(withoutCode).not.toMatch(/[<@#]octo|<\w|@\w|#\d|https?:/);
});

it.each([
  ['is not JSON', 'x'],
  ['is not a review', { pages: [] }],
])('refuses a file that %s', async (_what, review) => {
  const { code, err } = await keep(await start(), review);
  expect(code).toBe(1);
  expect(err).toContain('review-shape');
});

it('takes no name of a branch that would lead elsewhere', async () => {
  const github = await start();
  for (const name of ['a/../b', '/a', 'a b', 'main?x=1'])
    expect((await runStep(github, ['review-pull', name, '--review', 'x'])).err).toContain('It is the name of a branch');
});

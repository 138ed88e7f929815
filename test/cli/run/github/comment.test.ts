import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { actionsBot, octocat, startGitHub, type GitHubStandIn } from '../../../support/github/index.ts';
import { createFolder, runStep } from '../../../support/github/run.ts';

const marker = '<!-- idc:plan -->';
const text = (content: string): string => `${marker}\n## ${content}\n`;

async function comment(
  github: GitHubStandIn,
  body: string,
  flags: string[] = [],
  env: Record<string, string> = {},
): ReturnType<typeof runStep> {
  const file = path.join(createFolder(), 'body.md');
  writeFileSync(file, body);
  return runStep(github, ['comment', '1', '--body', file, ...flags], env);
}

async function withPull(): Promise<{ github: GitHubStandIn; bodies: () => string[]; writes: () => string[] }> {
  const github = await startGitHub();
  github.world.openPull({});
  return {
    github,
    bodies: () => (github.world.issues.get(1)?.comments ?? []).map(({ body }) => body),
    writes: () => github.requests.map(({ method }) => method).filter((method) => method !== 'GET'),
  };
}

it('is created once, then updated in place, and left alone where nothing changed', async () => {
  const { github, bodies, writes } = await withPull();
  const created = await comment(github, text('one'));
  expect(created).toMatchObject({ code: 0, out: '', outputs: {} });
  expect(created.err).toMatch(/^The comment is created: https:\/\/github\.com\/octo-org\/access\//);
  expect((await comment(github, text('two'))).err).toContain('The comment is updated');
  expect((await comment(github, text('two'))).err).toContain('The comment is unchanged');
  expect(bodies()).toEqual([text('two')]);
  expect(writes()).toEqual(['POST', 'PATCH']);
});

it('is only updated where that is asked for', async () => {
  const { github, bodies, writes } = await withPull();
  const none = await comment(github, text('one'), ['--update-only']);
  expect(none).toMatchObject({ code: 0, err: 'No comment was there to update.\n' });
  expect(writes()).toEqual([]);
  await comment(github, text('one'));
  expect((await comment(github, text('two'), ['--update-only'])).err).toContain('The comment is updated');
  expect(bodies()).toEqual([text('two')]);
});

it('is kept on each of several pull requests, and a locked one keeps no other from it', async () => {
  const github = await startGitHub();
  for (let index = 0; index < 3; index += 1) github.world.openPull({});
  Object.assign(github.world.pulls.get(1) ?? {}, { locked: true });
  const file = path.join(createFolder(), 'body.md');
  writeFileSync(file, text('one'));
  const { code, err } = await runStep(github, ['comment', '1,3', '--body', file]);
  expect(code, err).toBe(0);
  const bodies = [...github.world.issues.values()].map(({ comments }) => comments.map(({ body }) => body));
  expect(bodies).toEqual([[], [], [text('one')]]);
});

it.each([
  ['a new comment', undefined],
  ['an update', text('before')],
])('of a locked pull request is in the summary, and no failure: %s', async (_what, before) => {
  const { github, bodies } = await withPull();
  if (before !== undefined) github.world.addComment(1, { author: actionsBot, body: before });
  Object.assign(github.world.pulls.get(1) ?? {}, { locked: true });
  const summary = path.join(createFolder(), 'summary.md');
  const { code, err } = await comment(github, text('one'), [], { GITHUB_STEP_SUMMARY: summary });
  const why = 'Pull request #1 is locked, so GitHub takes no comment on it.';
  expect([code, err]).toEqual([0, `${why} The text is in the summary of the run.\n`]);
  expect(readFileSync(summary, 'utf8')).toBe(`${why}\n\n${text('one')}\n`);
  expect(bodies()).toEqual(before === undefined ? [] : [before]);
});

it('that GitHub denies for another reason is a failure', async () => {
  const { github } = await withPull();
  const token = github.grant({ 'pull-requests': 'read' });
  const { code, err } = await comment(github, text('one'), [], { GITHUB_TOKEN: token });
  expect(code).toBe(1);
  expect(err).toContain('(github-denied)');
});

it('is the same where GitHub keeps other line ends', async () => {
  const { github, writes } = await withPull();
  github.world.addComment(1, { author: actionsBot, body: `${marker}\r\n## one` });
  expect((await comment(github, text('one'))).err).toContain('unchanged');
  expect(writes()).toEqual([]);
});

it.each([
  ['of a person with our marker', { author: octocat, body: text('forged') }],
  [
    'of a person who took our name',
    { author: { login: 'github-actions[bot]', type: 'User' as const }, body: text('x') },
  ],
  ['of another bot', { author: { login: 'renovate[bot]', type: 'Bot' as const }, body: text('x') }],
  ['of ours with another marker', { author: actionsBot, body: '<!-- idc:drift -->\nx' }],
  ['of ours with the marker further below', { author: actionsBot, body: `Quoted:\n${text('x')}` }],
  ['of ours with more than the marker in the first line', { author: actionsBot, body: `${marker} x\n` }],
])('a comment %s is not touched', async (_what, other) => {
  const { github, bodies } = await withPull();
  github.world.addComment(1, other);
  expect((await comment(github, text('ours'))).err).toContain('created');
  expect(bodies()).toEqual([other.body, text('ours')]);
});

it('is found on any page', async () => {
  const { github, bodies, writes } = await withPull();
  for (let count = 0; count < 250; count += 1) {
    const ours = count === 249;
    github.world.addComment(1, ours ? { author: actionsBot, body: text('old') } : { body: text(`page ${count}`) });
  }
  expect((await comment(github, text('new'))).err).toContain('updated');
  expect(bodies().length).toBe(250);
  expect(bodies().at(-1)).toBe(text('new'));
  expect(writes()).toEqual(['PATCH']);
  expect(github.requests.filter(({ method }) => method === 'GET').length).toBe(3);
});

it('of several of ours, the oldest is updated, and the others are said', async () => {
  const { github, bodies } = await withPull();
  github.world.addComment(1, { author: actionsBot, body: text('first') });
  const { id } = github.world.addComment(1, { author: actionsBot, body: text('second') });
  const { code, err } = await comment(github, text('new'));
  expect(code).toBe(0);
  expect(err).toContain(
    `Left as it is, another comment of ours: https://github.com/octo-org/access/issues/1#issuecomment-${id}`,
  );
  expect(bodies()).toEqual([text('new'), text('second')]);
});

it('each file has a comment of its own, beside the one that an idc wrote before that', async () => {
  const { github, bodies } = await withPull();
  github.world.addComment(1, { author: actionsBot, body: text('old') });
  const ofFile = (file: string, content: string): string => `<!-- idc:plan:${file} -->\n## ${content}\n`;
  await comment(github, ofFile('prod.yaml', 'prod'));
  await comment(github, ofFile('sandbox/identity.yaml', 'sandbox'));
  await comment(github, text('ours'));
  await comment(github, ofFile('prod.yaml', 'prod again'));
  expect(bodies()).toEqual([
    text('ours'),
    ofFile('prod.yaml', 'prod again'),
    ofFile('sandbox/identity.yaml', 'sandbox'),
  ]);
  // Of a text that idc has not written, which can't know its file.
  await comment(github, text('No plan'), ['--file', 'sandbox/identity.yaml']);
  await comment(github, ofFile('prod.yaml', 'moved'), ['--file', 'identity.yaml']);
  expect(bodies()).toEqual([
    text('moved'),
    ofFile('prod.yaml', 'prod again'),
    ofFile('sandbox/identity.yaml', 'No plan'),
  ]);
});

it.each(['prod-2', 'x0'])('--marker %s is found again', async (word) => {
  const { github, bodies } = await withPull();
  await comment(github, `<!-- idc:${word} -->\none`);
  await comment(github, `<!-- idc:${word} -->\ntwo`);
  expect(bodies()).toEqual([`<!-- idc:${word} -->\ntwo`]);
});

it('may be by another bot', async () => {
  const { github, bodies } = await withPull();
  const app = { login: 'our-app[bot]', type: 'Bot' as const };
  const token = github.grant({ 'pull-requests': 'write' }, app);
  await comment(github, text('one'), ['--author', app.login], { GITHUB_TOKEN: token });
  await comment(github, text('two'), ['--author', app.login], { GITHUB_TOKEN: token });
  expect(bodies()).toEqual([text('two')]);
});

it('by another author than the expected one is reported as lost', async () => {
  const { github } = await withPull();
  const token = github.grant({ 'pull-requests': 'write' }, octocat);
  const { code, err } = await comment(github, text('one'), [], { GITHUB_TOKEN: token });
  expect(code).toBe(0);
  expect(err).toContain('It is by octocat (User), and not by github-actions[bot] (Bot)');
});

describe('before anything is asked', () => {
  it.each([
    ['a text without a marker', '## Plan\n', 'no-marker'],
    ['a text with a marker further below', `\n${marker}\n`, 'no-marker'],
    ['an empty text', '', 'no-marker'],
    ['a marker that closes the comment and goes on', '<!-- idc:plan --> <!-- x -->\n', 'no-marker'],
    ['a text that GitHub would not take', text('x'.repeat(65_536)), 'text-too-long'],
  ])('%s is refused', async (_what, body, code) => {
    const { github } = await withPull();
    const ran = await comment(github, body);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(`(${code})`);
    expect(github.requests).toEqual([]);
  });

  it('the longest text that GitHub takes is none', async () => {
    const { github, bodies } = await withPull();
    const body = `${marker}\n${'x'.repeat(65_536 - marker.length - 1)}`;
    expect((await comment(github, body)).code).toBe(0);
    expect(bodies()).toEqual([body]);
  });

  it('a file that is not there', async () => {
    const { github } = await withPull();
    const { code, err } = await runStep(github, ['comment', '1', '--body', '/nowhere/x.md']);
    expect(code).toBe(1);
    expect(err).toContain('(unreadable-file)');
  });
});

describe('where GitHub fails', () => {
  const again = { 'retry-after': '0' };

  it('every call is tried again, and the comment is there once', async () => {
    const { github, bodies } = await withPull();
    github.fail({ status: 502, headers: again });
    github.fail({ status: 500, headers: again });
    github.fail({ status: 403, message: 'You have exceeded a secondary rate limit', headers: again });
    expect((await comment(github, text('one'))).code).toBe(0);
    github.fail({
      route: 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
      status: 503,
      headers: again,
      carriedOut: true,
    });
    expect((await comment(github, text('two'))).code).toBe(0);
    expect(bodies()).toEqual([text('two')]);
  });

  it('a comment whose creation went unanswered is not made twice', async () => {
    const { github, bodies } = await withPull();
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    github.fail({ route, status: 502, carriedOut: true });
    const { code, err } = await comment(github, text('one'));
    expect(code, err).toBe(0);
    expect(bodies()).toEqual([text('one')]);
  });

  it('a comment that was not created is', async () => {
    const { github, bodies } = await withPull();
    github.fail({ route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', status: 500 });
    const { code, err } = await comment(github, text('one'));
    expect(code, err).toBe(0);
    expect(bodies()).toEqual([text('one')]);
  });

  it('for good, its page for people is not shown', async () => {
    const { github } = await withPull();
    github.fail({ status: 502, headers: again, times: 99 });
    const { code, err } = await comment(github, text('one'));
    expect(code).toBe(1);
    expect(err).toContain('GitHub answers the comments of pull request #1 with 502: no reason given (github-failed)');
    expect(err).not.toContain('DOCTYPE');
  });

  it('a permission that is missing is named', async () => {
    const { github } = await withPull();
    const token = github.grant({ contents: 'read', 'pull-requests': 'read' });
    const { code, err } = await comment(github, text('one'), [], { GITHUB_TOKEN: token });
    expect(code).toBe(1);
    expect(err).toContain('GitHub denies a comment on pull request #1: Resource not accessible by integration');
    expect(err).toContain('the job needs `permissions: { pull-requests: write }`');
    expect(err).not.toContain(token);
  });

  it('a pull request that is not there is not created', async () => {
    const github = await startGitHub();
    const { code, err } = await comment(github, text('one'));
    expect(code).toBe(1);
    expect(err).toContain('(github-not-found)');
    expect(github.world.issues.size).toBe(0);
  });
});

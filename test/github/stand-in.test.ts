import { expect, it } from 'vitest';
import { approvalRule } from '../support/github/index.ts';
import { startGitHubServer, type GitHubStandIn } from '../support/github/server.ts';

const withServer = async (work: (github: GitHubStandIn) => Promise<void>): Promise<void> => {
  const github = await startGitHubServer();
  try {
    await work(github);
  } finally {
    await github.close();
  }
};

const ask = (github: GitHubStandIn, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${github.url}/repos/octo-org/access${path}`, {
    ...init,
    headers: { authorization: `token ${github.token}`, ...(init.headers as Record<string, string>) },
  });

it('every answer is one that GitHub describes, and so no mismatch', () =>
  withServer(async (github) => {
    const { world } = github;
    const pull = world.openPull({ 'a.txt': 'a', 'b/link': { link: '/etc' }, 'b/sub': { submodule: 'git://x' } });
    const sha = world.testMerge(pull) ?? '';
    world.addComment(pull.number, {});
    world.addReview(pull);
    world.addReview(pull, { author: null, state: 'PENDING', commitId: null });
    world.addEnvironment({ name: 'a/b', reviewers: ['User', 'Team'] });
    world.addIssue({});
    const run = world.addRun({ jobs: [{ name: 'plan', conclusion: null, attempt: 1 }] });
    world.addWorkflow({ file: 'plan.yml' });
    world.addArtifact({ name: 'plan', runId: run.id });
    world.pushTo(pull, {}, { pusher: null, author: null });
    world.rules.set('main', [{ type: 'deletion' }, approvalRule({ lastPush: true })]);
    const before = world.branches.get('main') ?? '';
    const merged = world.merge(pull, 'rebase');
    world.deleteBranch(pull);
    const statuses: number[] = [];
    for (const path of [
      '',
      `/pulls/${pull.number}`,
      `/pulls/${pull.number}/reviews`,
      `/pulls/${pull.number}/commits`,
      '/activity',
      `/activity?ref=refs/heads/${pull.branch}`,
      '/collaborators/mona/permission',
      '/collaborators/stranger/permission',
      '/rules/branches/main',
      '/branches/main',
      '/environments/a%2Fb',
      `/git/commits/${sha}`,
      `/git/trees/${sha}?recursive=true`,
      `/git/trees/${sha}`,
      // As `git hash-object` has it.
      '/git/blobs/2e65efe2a145dda7ee51d1741299f848e5bf752e',
      `/commits/${merged}/pulls`,
      '/pulls?state=closed&base=main&sort=updated&direction=desc',
      `/compare/${before}...${merged}?per_page=1&page=2`,
      `/issues/${pull.number}/comments`,
      '/issues?state=all',
      '/actions/artifacts?name=plan&per_page=1',
      `/actions/runs/${run.id}`,
      `/actions/runs/${run.id}/jobs?filter=all`,
      '/actions/workflows/plan.yml',
      '/actions/workflows/plan.yml/runs?branch=main&status=success&per_page=1',
      '/pulls/99',
    ]) {
      // Files as they are; all else is JSON, whatever is asked for.
      const headers = { accept: 'application/vnd.github.raw+json' };
      statuses.push((await ask(github, path, { headers })).status);
    }
    expect(github.mismatches).toEqual([]);
    expect(statuses).toEqual([...Array<number>(25).fill(200), 404]);
  }));

it.each([
  ['a path that GitHub does not have', '/branchez', {}, 'knows no such request'],
  ['a query that it does not take', '/issues?sate=open', {}, 'the query has sate'],
  ['a value that it does not take', '/issues?state=opened', {}, "the query's state is opened"],
  ['a page that is no number', '/issues?page=two', {}, "the query's page is two"],
  [
    'a body without what it must have',
    '/issues',
    { method: 'POST', body: '{"body":"b"}' },
    "required property 'title'",
  ],
  ['a member that it would drop', '/issues', { method: 'POST', body: '{"title":"t","labls":[]}' }, 'has labls'],
  ['a body where none belongs', '/actions/runs/1', { method: 'DELETE' }, 'knows no such request'],
  ['a text of the wrong type', '/issues/1/comments', { method: 'POST', body: '{"body":1}' }, 'body must be string'],
])('notices %s', (_what, path, init, message) =>
  withServer(async (github) => {
    await ask(github, path, init);
    expect(github.mismatches.join('\n')).toContain(message);
  }),
);

it('notices when it answers itself what GitHub would not', () =>
  withServer(async (github) => {
    github.world.addIssue({ title: 7 as never, state: 'shut' as never });
    await ask(github, '/issues?state=all');
    expect(github.mismatches.join('\n')).toContain('/0/title must be string');
  }));

it('lets a token do no more than it may, and refuses requests without one', () =>
  withServer(async (github) => {
    const token = github.grant({ contents: 'read', issues: 'read' });
    const authorization = `token ${token}`;
    const { number } = github.world.addIssue({});
    expect((await ask(github, '/issues', { headers: { authorization } })).status).toBe(200);
    const comment = { method: 'POST', body: '{"body":"b"}', headers: { authorization } };
    expect((await ask(github, `/issues/${number}/comments`, comment)).status).toBe(403);
    expect((await ask(github, '/actions/artifacts', { headers: { authorization } })).status).toBe(403);
    expect((await ask(github, '', { headers: { authorization: 'token other' } })).status).toBe(401);
    expect((await fetch(`${github.url}/repos/octo-org/other`)).status).toBe(401);
    expect(github.world.issues.get(number)?.comments).toEqual([]);
  }));

it('gives activity in pages that lead on by a cursor, and have no numbers', () =>
  withServer(async (github) => {
    const pull = github.world.openPull({});
    for (let count = 0; count < 65; count += 1) github.world.pushTo(pull, {});
    let next: string | undefined = `/activity?ref=${pull.branch}`;
    const commits: string[] = [];
    while (next !== undefined) {
      const response = await ask(github, next);
      commits.push(...((await response.json()) as { after: string }[]).map(({ after }) => after));
      next = /<[^>]*(\/activity\?[^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    }
    expect(commits).toEqual(pull.commits.toReversed());
    expect(github.mismatches).toEqual([]);
    await ask(github, '/activity?page=2');
    expect(github.mismatches.join('\n')).toContain('the query has page');
  }));

it('gives lists in pages that lead to each other', () =>
  withServer(async (github) => {
    const { number } = github.world.addIssue({});
    for (let count = 0; count < 65; count += 1) github.world.addComment(number, { body: String(count) });
    let next: string | undefined = `/issues/${number}/comments`;
    const bodies: string[] = [];
    while (next !== undefined) {
      const response = await ask(github, next);
      bodies.push(...((await response.json()) as { body: string }[]).map(({ body }) => body));
      const link: string | undefined = /<[^>]*(\/issues\/[^>]*)>; rel="next"/.exec(
        response.headers.get('link') ?? '',
      )?.[1];
      next = link;
    }
    expect(bodies).toEqual(Array.from({ length: 65 }, (_, count) => String(count)));
  }));

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { ReportedError } from '../../src/core/errors.ts';
import { connectGitHub, type GitHub } from '../../src/github/client.ts';
import { keepComment } from '../../src/github/sticky-comment.ts';
import { asking } from '../../src/github/errors.ts';
import { openBlobs } from '../../src/github/blobs.ts';
import { awaitTestMerge } from '../../src/github/pull-request.ts';
import { startGitHub, type GitHubStandIn } from '../support/github/index.ts';

/** A client that notes how long it would have waited. */
function connect(github: Pick<GitHubStandIn, 'url' | 'token'>): { client: GitHub; pauses: number[] } {
  const pauses: number[] = [];
  const client = connectGitHub({
    token: github.token,
    owner: 'octo-org',
    repo: 'access',
    url: github.url,
    version: '1.2.3',
    clock: {
      ...systemClock,
      sleep: (milliseconds) => {
        pauses.push(milliseconds);
        return Promise.resolve();
      },
    },
  });
  return { client, pauses };
}

/** By whom a comment is. */
const how = { author: 'github-actions[bot]', updateOnly: false };

const repositoryOf = (client: GitHub): Promise<unknown> =>
  asking('the repository', 'metadata: read', client.rest.repos.get(client.at));

const failure = async (work: Promise<unknown>): Promise<ReportedError> => {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(ReportedError);
  return error as ReportedError;
};

it('says who asks, and with what', async () => {
  const github = await startGitHub();
  await repositoryOf(connect(github).client);
  expect(github.requests[0]?.headers).toMatchObject({
    'user-agent': expect.stringMatching(/^idc\/1\.2\.3 octokit/),
    authorization: `token ${github.token}`,
  });
});

describe('is repeated', () => {
  it('where GitHub itself fails: ever later, and not for ever', async () => {
    const github = await startGitHub();
    const { client, pauses } = connect(github);
    github.fail({ status: 502, times: 2 });
    await repositoryOf(client);
    expect(pauses).toEqual([1000, 2000]);
    github.fail({ status: 500, times: 99, message: 'Server Error' });
    const { code, message, hint } = await failure(repositoryOf(client));
    expect(code).toBe('github-failed');
    expect(message).toContain('GitHub answers the repository with 500: Server Error');
    expect(hint).toContain('githubstatus.com');
    expect(pauses).toEqual([1000, 2000, 1000, 2000, 4000, 8000]);
  });

  it('where GitHub asks for a pause, as long as it says', async () => {
    const github = await startGitHub();
    const { client, pauses } = connect(github);
    github.fail({ status: 429, headers: { 'retry-after': '7' } });
    github.fail({ status: 403, message: 'You have exceeded a secondary rate limit.' });
    await repositoryOf(client);
    expect(pauses).toEqual([7000, 120_000]);
  });

  it('and each time counts where only so many may be sent', async () => {
    const github = await startGitHub();
    const { client } = connect(github);
    client.requests.most = 3;
    github.fail({ status: 502, times: 99 });
    expect((await failure(repositoryOf(client))).code).toBe('too-many-requests');
    expect([client.requests.sent, github.requests.length]).toEqual([3, 3]);
  });

  it('but not where that would be too long', async () => {
    const github = await startGitHub();
    const { client, pauses } = connect(github);
    const reset = String(Math.floor(Date.now() / 1000) + 3000);
    github.fail({ status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } });
    expect((await failure(repositoryOf(client))).code).toBe('github-rate-limit');
    expect(pauses).toEqual([]);
  });

  it('but not where it would be the same again', async () => {
    const github = await startGitHub();
    const { client, pauses } = connect(github);
    github.fail({ status: 403, message: 'Resource not accessible by integration' });
    expect((await failure(repositoryOf(client))).code).toBe('github-denied');
    github.fail({ status: 404, message: 'Not Found' });
    expect((await failure(repositoryOf(client))).code).toBe('github-not-found');
    github.fail({ status: 422, message: 'Validation Failed' });
    expect((await failure(repositoryOf(client))).code).toBe('github-failed');
    expect(pauses).toEqual([]);
    expect(github.requests.length).toBe(3);
  });

  it('a creation only after a look whether it is there', async () => {
    const github = await startGitHub();
    github.world.openPull({});
    const { client, pauses } = connect(github);
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    github.fail({ route, status: 502, times: 2 });
    await keepComment(client, 1, '<!-- idc:plan -->\nx', how);
    expect(github.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'POST', 'GET', 'POST']);
    expect(pauses.length).toBe(2);
  });
});

it('a pull request that never settles is given up', async () => {
  const github = await startGitHub();
  const pull = github.world.openPull({}, { unsettled: 99 });
  const { client, pauses } = connect(github);
  expect((await failure(awaitTestMerge(client, pull.number))).code).toBe('pull-request-unsettled');
  expect(pauses.length).toBe(9);
});

describe('the token is never printed', () => {
  it('where it is wrong', async () => {
    const github = await startGitHub();
    const { code, message, hint } = await failure(repositoryOf(connect({ ...github, token: 'ghs_wrong' }).client));
    expect(code).toBe('github-credentials');
    expect(`${message} ${hint}`).not.toContain('ghs_wrong');
  });

  it('where it can be no header', async () => {
    const github = await startGitHub();
    const { message, hint } = await failure(repositoryOf(connect({ ...github, token: 'ghs_wr\nong' }).client));
    expect(`${message} ${hint}`).not.toMatch(/ghs_wr|ong is/);
  });

  it('where the answer quotes it', async () => {
    const github = await startGitHub();
    github.fail({ status: 403, message: `no access for ${github.token}` });
    expect((await failure(repositoryOf(connect(github).client))).message).toContain('no access for ***');
  });
});

it('reports a host that does not answer', async () => {
  const { url, close } = await serve(() => undefined);
  await close();
  const { client, pauses } = connect({ url, token });
  expect((await failure(repositoryOf(client))).code).toBe('github-unreachable');
  expect(pauses.length).toBe(4);
});

describe('an answer that breaks off is asked for again', () => {
  const half = (response: ServerResponse, text: string): void => {
    response.write(text, () => setImmediate(() => response.destroy()));
  };

  it('a file', async () => {
    const type = { 'content-type': 'application/vnd.github.v3.raw; charset=utf-8', 'content-length': '4' };
    const { url, asked } = await serve((response, attempt) => {
      response.writeHead(200, type);
      if (attempt === 1) half(response, 'wh');
      else response.end('whol');
    });
    const blobs = openBlobs(connect({ url, token }).client, () => undefined);
    // As `git hash-object` has it.
    const place = { kind: 'file', sha: 'e25a258dc6b1421a74bd9289204577ac796e05c3', size: 4, path: 'a' } as const;
    expect((await blobs.read(place)).toString()).toBe('whol');
    expect(asked()).toBe(2);
    // Once more, and it is not what was asked for.
    const { code, message } = await failure(blobs.read({ ...place, sha: place.sha.replace('e', 'f') }));
    expect([code, message]).toEqual([
      'github-failed',
      'GitHub answers the file a with another content than its hash says.',
    ]);
  });

  it('a list, which is not taken for an empty one', async () => {
    const { url, asked } = await serve((response) => {
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': '100' });
      half(response, '[{"id":');
    });
    const keeping = keepComment(connect({ url, token }).client, 1, '<!-- idc:plan -->\nx', how);
    const { code, message } = await failure(keeping);
    expect(code).toBe('github-unreachable');
    expect(message).toContain('the answer breaks off, or is not JSON');
    expect(asked()).toBe(5);
  });

  it('and so is one that is a page for people', async () => {
    const { url } = await serve((response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello'));
    expect((await failure(repositoryOf(connect({ url, token }).client))).code).toBe('github-unreachable');
  });
});

const token = 'ghs_something';

/** A server that answers what no GitHub would. */
async function serve(
  answer: (response: ServerResponse, attempt: number) => void,
): Promise<{ url: string; asked(): number; close(): Promise<void> }> {
  let asked = 0;
  const server = createServer((_request, response) => answer(response, (asked += 1)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked, close };
}

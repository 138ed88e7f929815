import { expect, it } from 'vitest';
import { startGitHub } from '../../../support/github/index.ts';
import { runStep } from '../../../support/github/run.ts';

const url = 'https://github.example/octo-org/access/actions/runs/1';

it.each([
  ['success', 'success'],
  ['failure', 'failure'],
  ['cancelled', 'error'],
])('a job that ended as %s is the status %s of the commit', async (result, state) => {
  const github = await startGitHub();
  const { headSha } = github.world.openPull({ a: '1' });
  const token = github.grant({ statuses: 'write' });
  const args = ['status', headSha, '--context', 'plan', '--state', result, '--run-url', url];
  const { code, err } = await runStep(github, args, { GITHUB_TOKEN: token });
  expect([code, err]).toEqual([0, `The status plan of ${headSha} is ${state}.\n`]);
  expect([...github.world.statuses]).toEqual([[`${headSha} plan`, state]]);
  expect(github.requests.map(({ body }) => body)).toEqual([{ context: 'plan', state, target_url: url }]);
});

it('says which permission is missing', async () => {
  const github = await startGitHub();
  const { headSha } = github.world.openPull({ a: '1' });
  const token = github.grant({ 'pull-requests': 'write' });
  const args = ['status', headSha, '--context', 'plan', '--state', 'success', '--run-url', url];
  const { code, err } = await runStep(github, args, { GITHUB_TOKEN: token });
  expect(code).toBe(1);
  expect(err).toContain('the job needs `permissions: { statuses: write }`');
});

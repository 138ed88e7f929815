import { expect, it } from 'vitest';
import { startGitHub } from '../../../support/github/index.ts';
import { runStep } from '../../../support/github/run.ts';

it('the newest commit of the default branch passes', async () => {
  const github = await startGitHub({ defaultBranch: 'trunk' });
  const sha = github.world.push('trunk', { a: '1' });
  const { code, err, out } = await runStep(github, ['check-tip', sha]);
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toBe(`${sha} is the newest commit of trunk.\n`);
});

it('an older one is refused, and it is said which is newer', async () => {
  const github = await startGitHub();
  const old = github.world.push('main', { a: '1' });
  const sha = github.world.push('main', { a: '2' });
  const { code, err } = await runStep(github, ['check-tip', old]);
  expect(code).toBe(3);
  expect(err).toContain(
    `Refused: ${old} is not the newest commit of main: that is ${sha}, which the newest run plans.`,
  );
});

it('another branch may be meant, of any name; the default branch is not asked for then', async () => {
  const github = await startGitHub();
  const { world } = github;
  world.branches.set('release/1 ü%', world.branches.get('main') ?? '');
  const sha = world.push('release/1 ü%', { a: '1' });
  expect((await runStep(github, ['check-tip', sha, '--branch', 'release/1 ü%'])).code).toBe(0);
  expect((await runStep(github, ['check-tip', sha, '--branch', 'main'])).code).toBe(3);
  expect(github.requests.map(({ path }) => path)).not.toContain('/repos/octo-org/access');
});

it('a branch that is not there, and a token that may not ask, are failures', async () => {
  const github = await startGitHub();
  const sha = github.world.push('main', { a: '1' });
  const gone = await runStep(github, ['check-tip', sha, '--branch', 'gone']);
  expect(gone.code).toBe(1);
  expect(gone.err).toContain('(github-not-found)');
  const token = github.grant({ actions: 'read' });
  const denied = await runStep(github, ['check-tip', sha], { GITHUB_TOKEN: token });
  expect(denied.code).toBe(1);
  expect(denied.err).toContain('the job needs `permissions: { contents: read }`');
});

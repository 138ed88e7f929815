import { expect, it } from 'vitest';
import { startGitHub } from '../../../support/github/index.ts';
import { runStep } from '../../../support/github/run.ts';

it('passes where the environment is not there', async () => {
  const github = await startGitHub();
  github.world.addEnvironment({ name: 'production' });
  const { code, err } = await runStep(github, ['check-unused', 'identity-center-plan']);
  expect([code, err]).toEqual([
    0,
    'The environment identity-center-plan does not exist, because the workflows are not set up yet.\n',
  ]);
});

it('refuses where it is there, with and without rules, and says what to do', async () => {
  const github = await startGitHub();
  const environment = github.world.addEnvironment({ name: 'identity-center-plan' });
  delete environment.reviewers;
  const { code, err } = await runStep(github, ['check-unused', 'identity-center-plan']);
  expect(code).toBe(3);
  expect(err).toContain('Refused: The environment identity-center-plan is there, but the variable');
  expect(err).toContain('Set IDC_REGION');
});

it('fails where the token may not ask, and names the permission', async () => {
  const github = await startGitHub();
  const token = github.grant({ contents: 'read' });
  const { code, err } = await runStep(github, ['check-unused', 'identity-center-plan'], { GITHUB_TOKEN: token });
  expect(code).toBe(1);
  expect(err).toContain('the job needs `permissions: { actions: read }`');
});

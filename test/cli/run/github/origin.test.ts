import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { repositoryOf } from '../../../../src/cli/run/github/origin.ts';
import { createFolder } from '../../../support/github/run.ts';
import { startGitHub } from '../../../support/github/index.ts';
import { inFolder } from '../../../support/in-folder.ts';
import { runIdc } from '../../../support/run-idc.ts';

it.each([
  ['https://github.com/octo-org/access.git', 'octo-org/access'],
  ['https://github.com/octo-org/access.yaml/', 'octo-org/access.yaml'],
  ['https://mona:token@github.com/octo-org/access', 'octo-org/access'],
  ['git@github.com:octo-org/access.git', 'octo-org/access'],
  ['ssh://git@github.com/octo-org/access.git', 'octo-org/access'],
  ['ssh://git@ssh.github.com:443/octo-org/access.git', 'octo-org/access'],
  // The token would go to github.com all the same, about another repository.
  ['https://gitlab.com/octo-org/access.git', undefined],
  ['https://github.com.example.com/octo-org/access.git', undefined],
  ['git@example.com:octo-org/access.git', undefined],
  ['/srv/git/access.git', undefined],
])('the remote %s is %s', (url, repository) => {
  expect(repositoryOf(url)).toBe(repository);
});

it('idc github setup and check take --repo, then GITHUB_REPOSITORY, then the remote origin', async () => {
  const github = await startGitHub({ files: { CODEOWNERS: '* @mona\n' } });
  const folder = createFolder();
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  const { GITHUB_REPOSITORY: _repository, ...env } = github.env();
  const run = (...args: string[]) => inFolder(folder, () => runIdc(['github', ...args], { env }));
  git('init');
  const unnamed = await run('check');
  expect([unnamed.code, unnamed.err]).toEqual([1, expect.stringContaining('No repository is named')]);
  expect(unnamed.err).toContain('--repo');
  expect((await run('check', '--repo', 'octo-org/access')).out).toContain('octo-org/access: ');
  git('remote', 'add', 'origin', 'git@github.com:octo-org/access.git');
  expect((await run('setup', '--dry-run')).out).toContain('+ identity-center-approve: make the environment');
  const other = await inFolder(folder, () =>
    runIdc(['github', 'check'], { env: { ...env, GITHUB_REPOSITORY: 'octo-org/other' } }),
  );
  expect(other.code).toBe(1);
});

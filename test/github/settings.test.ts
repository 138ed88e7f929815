import { expect, it } from 'vitest';
import { ReportedError } from '../../src/core/errors.ts';
import { readSettings } from '../../src/github/settings.ts';

const job = { GITHUB_TOKEN: ' ghs_x\n', GITHUB_REPOSITORY: 'octo-org/access.yaml' };

it('come from what a job has in its environment', () => {
  const settings = { token: 'ghs_x', owner: 'octo-org', repo: 'access.yaml', url: 'https://api.github.com' };
  expect(readSettings(job)).toEqual(settings);
  const url = 'https://github.example.com/api/v3';
  expect(readSettings({ ...job, GITHUB_API_URL: `${url}/` })).toEqual({ ...settings, url });
  expect(readSettings({ ...job, GITHUB_API_URL: '' })).toEqual(settings);
});

it.each([
  [{ GITHUB_TOKEN: undefined }, 'no-github-token'],
  [{ GITHUB_TOKEN: ' ' }, 'no-github-token'],
  [{ GITHUB_REPOSITORY: undefined }, 'no-github-repository'],
  [{ GITHUB_REPOSITORY: 'access' }, 'no-github-repository'],
  [{ GITHUB_REPOSITORY: 'octo-org/..' }, 'no-github-repository'],
  [{ GITHUB_REPOSITORY: 'octo-org/access/pulls' }, 'no-github-repository'],
  [{ GITHUB_API_URL: 'api.github.com' }, 'bad-github-url'],
  [{ GITHUB_API_URL: 'file:///etc' }, 'bad-github-url'],
])('%j is refused with the next step', (change, code) => {
  try {
    readSettings({ ...job, ...change });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ReportedError);
    expect((error as ReportedError).code).toBe(code);
    expect((error as ReportedError).hint).not.toBe(undefined);
  }
});

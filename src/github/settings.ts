import { ReportedError } from '../core/errors.ts';

/** Which repository, where GitHub's API is, and who asks. */
export interface GitHubSettings {
  token: string;
  owner: string;
  repo: string;
  url: string;
}

/** From the variables that a GitHub job has of itself, and the token that it must be given. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): GitHubSettings {
  const token = env['GITHUB_TOKEN']?.trim() ?? '';
  if (token === '') {
    throw new ReportedError(
      'no-github-token',
      "GITHUB_TOKEN is not set, so idc can't call GitHub.",
      'In a workflow, give it to the step: `env: { GITHUB_TOKEN: "${{ github.token }}" }`. Elsewhere: `GITHUB_TOKEN=$(gh auth token)`.',
    );
  }
  const name = env['GITHUB_REPOSITORY'] ?? '';
  const [, owner = '', repo = ''] = /^([\w-]+)\/(?!\.\.?$)([\w.-]+)$/.exec(name) ?? [];
  if (owner === '') {
    throw new ReportedError(
      'no-github-repository',
      name === ''
        ? 'No repository is named: GITHUB_REPOSITORY is not set.'
        : `This repository is not OWNER/REPOSITORY: ${name}`,
      'GitHub jobs set it; elsewhere, set it to OWNER/REPOSITORY. `idc github setup` and `check` also take --repo, and the remote origin of a clone of github.com.',
    );
  }
  return { token, owner, repo, url: readUrl(env['GITHUB_API_URL'] || 'https://api.github.com') };
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return text.replace(/\/+$/, '');
  throw new ReportedError(
    'bad-github-url',
    `GITHUB_API_URL is not a URL: ${text}`,
    'It is https://api.github.com, or https://HOST/api/v3 for a GitHub Enterprise Server.',
  );
}

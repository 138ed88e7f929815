import type { WorkflowRun } from '../core/apply-record.ts';

/** The run of GitHub Actions that a job's environment names; undefined outside of a job. */
export function workflowRunOf(env: Readonly<Record<string, string | undefined>>): WorkflowRun | undefined {
  const { GITHUB_RUN_ID: run = '', GITHUB_REPOSITORY: repository = '', GITHUB_SHA: commit = '' } = env;
  const { GITHUB_RUN_ATTEMPT: attempt = '1', GITHUB_SERVER_URL: server = 'https://github.com' } = env;
  if (!/^\d+$/.test(run) || !/^\d+$/.test(attempt) || repository === '') return undefined;
  const url = `${server}/${repository}/actions/runs/${run}/attempts/${attempt}`;
  return { repository, runId: Number(run), attempt: Number(attempt), url, commit };
}

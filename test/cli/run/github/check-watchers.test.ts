import { describe, expect, it } from 'vitest';
import { runIdc } from '../../../support/run-idc.ts';
import { startGitHub, type GitHubStandIn, type Run, type Workflow } from '../../../support/github/index.ts';
import { runStep } from '../../../support/github/run.ts';

// Commands in tests run on 15 June 2026, at noon.
const lastNight = '2026-06-15T05:17:00Z';
const lastWeek = '2026-06-08T05:17:00Z';

function addRun({ world }: GitHubStandIn, file: string, run: Partial<Run> = {}): void {
  world.addRun({ event: 'schedule', path: `.github/workflows/${file}`, createdAt: lastNight, ...run });
}

async function withDrift(workflow: Partial<Workflow>, ...runs: Partial<Run>[]): Promise<GitHubStandIn> {
  const github = await startGitHub();
  github.world.addWorkflow({ file: 'drift.yml', createdAt: '2026-01-01T00:00:00Z', ...workflow });
  for (const run of runs) addRun(github, 'drift.yml', run);
  return github;
}

describe('passes a workflow', () => {
  it.each<[string, Partial<Workflow>, Partial<Run>[]]>([
    ['that ran last night', {}, [{}]],
    ['that ran and failed, which it says itself', {}, [{ conclusion: 'failure' }]],
    ['that ran and succeeded before it failed', {}, [{ createdAt: lastWeek }, { conclusion: 'failure' }]],
    ['that is new', { createdAt: '2026-06-14T00:00:00Z' }, []],
  ])('%s', async (_what, workflow, runs) => {
    const { code, err } = await runStep(await withDrift(workflow, ...runs), ['check-watchers', 'drift.yml']);
    expect(code, err).toBe(0);
  });
});

describe('refuses a workflow', () => {
  it.each<[string, Partial<Workflow>, Partial<Run>[], string]>([
    ['that was disabled', { state: 'disabled_manually' }, [{}], 'drift.yml is disabled, by a person or a token'],
    [
      'that GitHub disabled',
      { state: 'disabled_inactivity' },
      [{}],
      'because nothing happened in the repository for 60',
    ],
    ['that is new and disabled', { state: 'disabled_manually', createdAt: lastNight }, [], 'is disabled'],
    [
      'that has not run since',
      {},
      [{ createdAt: lastWeek }],
      'last ran to its end by its schedule at 2026-06-08T05:17:00.000Z.',
    ],
    ['that never ran', {}, [], 'has never run to its end by its schedule'],
    ['whose runs are cancelled', {}, [{ conclusion: 'cancelled' }], 'has never run to its end'],
    ['whose runs are skipped', {}, [{ conclusion: 'skipped' }], 'has never run to its end'],
    ['whose runs wait', {}, [{ conclusion: null }], 'has never run to its end'],
    [
      'whose schedule has stopped, and that a person started, from a tag with the name of the default branch perhaps',
      {},
      [{ createdAt: lastWeek }, { event: 'workflow_dispatch' }],
      'last ran to its end by its schedule at 2026-06-08T05:17:00.000Z.',
    ],
    ['that ran on another branch', {}, [{ headBranch: 'quiet' }], 'has never run to its end'],
    ...['pull_request', 'pull_request_target', 'push', 'workflow_run'].map(
      (event): [string, Partial<Workflow>, Partial<Run>[], string] => [
        `that only ran for the event ${event}, on a fork's branch of the same name`,
        {},
        [{ createdAt: lastWeek }, { event, headRepository: 'stranger/access' }],
        'last ran to its end by its schedule at 2026-06-08T05:17:00.000Z.',
      ],
    ),
    [
      'that only ran for a pull request of the repository itself',
      {},
      [{ createdAt: lastWeek }, { event: 'pull_request' }],
      'last ran to its end by its schedule at 2026-06-08T05:17:00.000Z.',
    ],
    ...['stranger/access', null].map((headRepository): [string, Partial<Workflow>, Partial<Run>[], string] => [
      `that only ran from another repository (${headRepository ?? 'which is gone'})`,
      {},
      [{ headRepository }],
      'has never run to its end',
    ]),
  ])('%s', async (_what, workflow, runs, message) => {
    const { code, err } = await runStep(await withDrift(workflow, ...runs), ['check-watchers', 'drift.yml']);
    expect(code).toBe(3);
    expect(err).toContain(message);
  });

  it('that is not there', async () => {
    const { code, err } = await runStep(await startGitHub(), ['check-watchers', 'drift.yml']);
    expect([code, err]).toEqual([3, 'Refused: The workflow drift.yml is not a workflow of this repository.\n']);
  });
});

it('a run for a pull request, or that a person started, does not hide an older scheduled run', async () => {
  const github = await withDrift({}, {});
  addRun(github, 'drift.yml', { event: 'workflow_dispatch', conclusion: 'failure', createdAt: '2026-06-15T08:00:00Z' });
  addRun(github, 'drift.yml', {
    event: 'pull_request',
    headRepository: 'stranger/access',
    createdAt: '2026-06-15T09:00:00Z',
  });
  const { code, err } = await runStep(github, ['check-watchers', 'drift.yml', '--succeeded']);
  expect([code, err]).toEqual([0, 'drift.yml runs: last at 2026-06-15T05:17:00.000Z.\n']);
});

it('looks at each of several, and names all that have stopped', async () => {
  const github = await withDrift({}, {});
  github.world.addWorkflow({ file: 'expire.yml' });
  github.world.addWorkflow({ file: 'other.yml', state: 'disabled_manually' });
  addRun(github, 'expire.yml', { createdAt: lastWeek });
  const { code, err } = await runStep(github, ['check-watchers', 'drift.yml', 'expire.yml', 'other.yml']);
  expect(code).toBe(3);
  expect(err).toMatch(/^drift\.yml runs: last at 2026-06-15T05:17:00\.000Z\.\nRefused: The workflow expire\.yml last /);
  expect(err).toContain('The workflow other.yml is disabled');
});

it('--succeeded counts no run that failed, and --within says how long ago', async () => {
  const github = await withDrift({}, { createdAt: lastWeek }, { conclusion: 'failure' });
  const { code, err } = await runStep(github, ['check-watchers', 'drift.yml', '--succeeded']);
  expect(code).toBe(3);
  expect(err).toContain('last succeeded by its schedule at 2026-06-08T05:17:00.000Z.');
  expect((await runStep(github, ['check-watchers', 'drift.yml', '--succeeded', '--within', '200'])).code).toBe(0);
});

it('fails where the token may not ask, and names the permission', async () => {
  const github = await withDrift({}, {});
  const env = { GITHUB_TOKEN: github.grant({ contents: 'read' }) };
  const { code, err } = await runStep(github, ['check-watchers', 'drift.yml'], env);
  expect(code).toBe(1);
  expect(err).toContain('the job needs `permissions: { actions: read }`');
});

it.each(['..', '.github/workflows/drift.yml', '1', 'drift'])('%s is not the name of a file', async (name) => {
  const { code, err } = await runIdc(['github', 'check-watchers', name]);
  expect(code).toBe(1);
  expect(err).toContain('It is the name of a file such as drift.yml.');
});

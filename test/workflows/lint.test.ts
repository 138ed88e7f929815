import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { validate } from '@actions/languageservice';
import { expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';

const files = readdirSync('.github', { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(workflows|actions)[\\/].*\.yml$/.test(file))
  .map((file) => path.posix.join('.github', ...file.split(path.sep)));

/** GitHub's own language service, as it judges the file in an editor. It remembers a file by its URI. */
async function lint(file: string, text: string, folder = 'as-it-is'): Promise<string[]> {
  const found = await validate(TextDocument.create(`file:///${folder}/${file}`, 'yaml', 1, text));
  return found.map(({ range, message }) => `${file}:${range.start.line + 1}: ${message}`);
}

it.each(files)('%s passes the linter', async (file) => {
  expect(await lint(file, readFileSync(file, 'utf8'))).toEqual([]);
});

it('the linter sees a wrong key, a wrong context and a job that nobody defines', async () => {
  const text = readFileSync('.github/workflows/apply.yml', 'utf8')
    .replace('timeout-minutes: 20', 'timeout-minute: 20')
    .replace('needs.plan.outputs.environment ==', 'need.plan.outputs.environment ==')
    .replace('needs: [plan, apply]', 'needs: [plan, nobody]');
  const found = (await lint('.github/workflows/apply.yml', text, 'broken')).join('\n');
  for (const word of ['timeout-minute', 'need', 'nobody']) expect(found).toContain(word);
});

interface Job {
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
  environment?: string;
  steps: { uses?: string; run?: string; with?: Record<string, string> }[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions?: Record<string, string>;
  concurrency?: { 'cancel-in-progress': boolean };
  jobs: Record<string, Job>;
}
const workflows = files
  .filter((file) => file.startsWith('.github/workflows/'))
  .map((file) => [file, parse(readFileSync(file, 'utf8')) as Workflow] as const);

it.each(workflows)(
  '%s: every job has a time limit, and only the rights that it names',
  (file, { permissions, jobs }) => {
    if (!file.endsWith('ci.yml')) expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) {
      expect(job['timeout-minutes']).toBeTypeOf('number');
      // Who can write to GitHub has no way to AWS, and the other way round. What is published is attested by the same job.
      const writes = Object.entries(job.permissions ?? {}).filter(
        ([name, right]) => right === 'write' && name !== 'attestations',
      );
      expect(writes.length).toBeLessThanOrEqual(1);
      if (job.permissions?.['id-token'] === 'write') expect(job.environment).toBeDefined();
    }
  },
);

it.each(files)('%s: actions are pinned by commit, with their version beside them', (file) => {
  const uses = [...readFileSync(file, 'utf8').matchAll(/\buses: (.*)/g)].map(([, action]) => action ?? '');
  for (const action of uses) {
    if (action.startsWith('./')) continue;
    expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});

it.each(files)('%s: no value is pasted into a command, only passed in the environment', (file) => {
  const { jobs, runs } = parse(readFileSync(file, 'utf8')) as { jobs?: Record<string, Job>; runs?: Job };
  const steps = [...Object.values(jobs ?? {}), ...(runs ? [runs] : [])].flatMap((job) => job.steps);
  for (const { run } of steps) expect(run ?? '').not.toContain('${{');
});

it.each(workflows)('%s: what says who can reach what is not kept for longer than 30 days', (_file, { jobs }) => {
  const uploads = Object.values(jobs).flatMap(({ steps }) =>
    steps.filter(({ uses }) => uses?.includes('/upload-artifact@')),
  );
  expect(uploads.filter((step) => Number(step.with?.['retention-days']) !== 30)).toEqual([]);
});

it('an apply is never cancelled by a newer one', () => {
  const apply = workflows.find(([file]) => file.endsWith('apply.yml'))?.[1];
  expect(apply?.concurrency?.['cancel-in-progress']).toBe(false);
});

it('what runs at night has no group that another workflow could cancel or hold it by', () => {
  const atNight = workflows.filter(([, { on }]) => Object.hasOwn(on, 'schedule'));
  expect(atNight.map(([file]) => path.basename(file))).toEqual(['drift.yml', 'expire.yml']);
  for (const [, { concurrency, jobs }] of atNight) {
    expect(concurrency).toBeUndefined();
    for (const job of Object.values(jobs)) expect(job).not.toHaveProperty('concurrency');
  }
});

it('whether it is set up is asked by a job that has no environment, since GitHub makes one that is missing', () => {
  const asking = workflows.flatMap(([file, { jobs }]) =>
    Object.values(jobs)
      .filter(({ steps }) => steps.some(({ run }) => run?.includes('check-unused')))
      .map((job) => [path.basename(file), job] as const),
  );
  expect(asking.map(([file]) => file)).toEqual(['apply.yml', 'drift.yml', 'expire.yml']);
  for (const [, { environment, permissions }] of asking) {
    expect(environment).toBeUndefined();
    expect(permissions).toEqual({ actions: 'read', contents: 'read' });
  }
});

it('a plan is made by the workflow and the tool of the default branch', () => {
  const [, plan] = workflows.find(([file]) => file.endsWith('plan.yml')) ?? [];
  // For the merge queue, whose branch can have another workflow, no job of this one runs: the stories show it.
  expect(Object.keys(plan?.on ?? {})).toEqual(['pull_request_target', 'merge_group', 'workflow_dispatch']);
  for (const { steps } of Object.values(plan?.jobs ?? {})) {
    for (const { uses, with: input } of steps) {
      if (uses?.startsWith('actions/checkout@')) expect(input).toEqual({ 'persist-credentials': false });
    }
  }
});

it('a plan and an apply are made whatever file has changed, so that the check `plan` can be required', () => {
  const started = workflows.filter(([file]) => /\/(plan|apply)\.yml$/.test(file));
  expect(started).toHaveLength(2);
  for (const [, { on }] of started) {
    for (const trigger of Object.values(on)) {
      for (const key of ['paths', 'paths-ignore']) expect(trigger ?? {}).not.toHaveProperty(key);
    }
  }
});

it('another version of the tool is looked at by drift.yml at once', () => {
  const [, drift] = workflows.find(([file]) => file.endsWith('drift.yml')) ?? [];
  expect(drift?.on['push']).toEqual({ branches: ['main'], paths: ['package-lock.json'] });
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { validate } from '@actions/languageservice';
import { expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { teamFiles } from '../support/team-files.ts';

const own = readdirSync('.github', { recursive: true, encoding: 'utf8' })
  .map((file) => path.posix.join('.github', ...file.split(path.sep)))
  .filter((file) => /^\.github\/(workflows|actions)\/.*\.yml$/.test(file))
  .map((file): [string, string] => [file, readFileSync(file, 'utf8')]);
const ofTeams = Object.entries(teamFiles())
  .filter(([file]) => /^\.github\/.*\.yml$/.test(file) && !file.endsWith('dependabot.yml'))
  .map(([file, text]): [string, string] => [`templates/${file}`, text]);
const all = [...own, ...ofTeams];

/** GitHub's own language service, as it judges the file in an editor. It remembers a file by its URI. */
async function lint(file: string, text: string, folder = 'as-it-is'): Promise<string[]> {
  const found = await validate(TextDocument.create(`file:///${folder}/${file}`, 'yaml', 1, text));
  return found.map(({ range, message }) => `${file}:${range.start.line + 1}: ${message}`);
}

it.each(all)('%s passes the linter', async (file, text) => {
  expect(await lint(file.replace(/^templates\//, ''), text, file.startsWith('templates/') ? 'team' : 'own')).toEqual(
    [],
  );
});

it('the linter sees a wrong key, a wrong context and an undefined job', async () => {
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
const isWorkflow = ([file]: [string, string]): boolean => file.includes('.github/workflows/');
const parsed = (files: [string, string][]): (readonly [string, Workflow])[] =>
  files.filter(isWorkflow).map(([file, text]) => [file, parse(text) as Workflow] as const);
const ownWorkflows = parsed(own);
const workflows = [...ownWorkflows, ...parsed(ofTeams)];
const stepsOf = (text: string): Job['steps'] => {
  const { jobs, runs } = parse(text) as { jobs?: Record<string, Job>; runs?: Job };
  return [...Object.values(jobs ?? {}), ...(runs ? [runs] : [])].flatMap((job) => job.steps);
};

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

it.each(all)('%s: actions are pinned by commit, with their version beside them', (_file, text) => {
  const uses = [...text.matchAll(/\buses: (.*)/g)].map(([, action]) => action ?? '');
  for (const action of uses) {
    if (action.startsWith('./')) continue;
    expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});

it.each(all)('%s: no value is pasted into a command, only passed in the environment', (_file, text) => {
  for (const { run } of stepsOf(text)) expect(run ?? '').not.toContain('${{');
});

it.each(ofTeams)(
  '%s: npm starts nothing, since it obeys files that lie beside those of a pull request',
  (file, text) => {
    const commands = stepsOf(text).flatMap(({ run }) => run?.split('\n') ?? []);
    const byPackageManager = commands.filter((one) =>
      /\b(npm|npx|pnpm|pnpx|yarn|bunx?|corepack|deno)\b|node --run/.test(one),
    );
    expect(byPackageManager).toEqual(file.endsWith('actions/setup/action.yml') ? ['npm ci --ignore-scripts'] : []);
  },
);

it.each(ofTeams.filter(isWorkflow))(
  '%s: idc is installed before any role is taken or file is fetched',
  (_file, text) => {
    const { jobs } = parse(text) as Workflow;
    for (const { steps } of Object.values(jobs)) {
      const order = steps.map(({ uses, run }) => uses?.replace(/@.*/, '') ?? run ?? '');
      expect(order.slice(0, 2)).toEqual(['actions/checkout', './.github/actions/setup']);
    }
  },
);

it.each(workflows.filter(([file]) => !/\/(ci|release)\.yml$/.test(file)))(
  '%s: whatever a step makes or fetches is outside of the checkout, where nothing that is committed can pass for it',
  (_file, { jobs }) => {
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    const paths = steps.flatMap(({ uses = '', with: input = {} }) =>
      /\/(upload|download)-artifact@/.test(uses) ? (input['path'] ?? '').trim().split('\n') : [],
    );
    for (const one of paths) expect(one.trim()).toMatch(/^\$\{\{ runner\.temp \}\}(\/[\w-]+(\.[a-z]+)?)*$/);
    const made = steps.flatMap(({ run = '' }) => [
      ...run.matchAll(
        /(?:>>? ?|--(?:out|patch|record|profiles|reviewed|plan|body|review) |test -[fs] |\bcp \S+ |git apply )(\S+)/g,
      ),
    ]);
    expect(paths.length + made.length).toBeGreaterThan(0);
    for (const [whole, one = ''] of made) {
      const isKnown = /^("\$RUNNER_TEMP\/|"\$GITHUB_(OUTPUT|STEP_SUMMARY)"|\.github\/comments\/|"\$RECORD"|&1)/.test(
        one,
      );
      // A command of `git apply` is of a patch that lies outside of it, as all else.
      expect(isKnown, whole).toBe(true);
    }
    // It looks into the checkout alone.
    expect(JSON.stringify(jobs)).not.toContain('hashFiles(');
  },
);

it.each(ofTeams)('%s: nothing is kept for the next job, and no variable is needed', (_file, text) => {
  for (const { uses, with: input } of stepsOf(text)) {
    if (uses?.startsWith('actions/setup-node@')) expect(input?.['package-manager-cache']).toBe(false);
    expect(input ?? {}).not.toHaveProperty('cache');
    expect(uses ?? '').not.toContain('actions/cache');
  }
  expect(text).not.toContain('vars.');
});

it.each(workflows)('%s: what says who can reach what is not kept for longer than 30 days', (_file, { jobs }) => {
  const uploads = Object.values(jobs).flatMap(({ steps }) =>
    steps.filter(({ uses }) => uses?.includes('/upload-artifact@')),
  );
  expect(uploads.filter((step) => Number(step.with?.['retention-days']) !== 30)).toEqual([]);
});

it('an apply is never cancelled by a newer one', () => {
  const applies = workflows.filter(([file]) => file.endsWith('apply.yml'));
  expect(applies.map(([, { concurrency }]) => concurrency?.['cancel-in-progress'])).toEqual([false, false]);
});

it('what runs by a schedule has no group that another workflow could cancel or hold it by', () => {
  const scheduled = workflows.filter(([, { on }]) => Object.hasOwn(on, 'schedule'));
  const names = ['drift.yml', 'expire.yml', 'review.yml'];
  expect(scheduled.map(([file]) => path.basename(file))).toEqual([...names, ...names]);
  for (const [, { concurrency, jobs }] of scheduled) {
    expect(concurrency).toBeUndefined();
    for (const job of Object.values(jobs)) expect(job).not.toHaveProperty('concurrency');
  }
});

it('whether it is set up is asked by a job that has no environment, since GitHub makes one that is missing', () => {
  const asking = ownWorkflows.flatMap(([file, { jobs }]) =>
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
  const plans = workflows.filter(([file]) => file.endsWith('plan.yml'));
  expect(plans).toHaveLength(2);
  // For the merge queue, whose branch can have another workflow, no job of this one runs: the stories show it.
  for (const [, { on }] of plans)
    expect(Object.keys(on)).toEqual(['pull_request_target', 'merge_group', 'workflow_dispatch']);
  for (const { steps } of plans.flatMap(([, { jobs }]) => Object.values(jobs))) {
    for (const { uses, with: input } of steps) {
      if (uses?.startsWith('actions/checkout@')) expect(input).toEqual({ 'persist-credentials': false });
    }
  }
});

it('a plan and an apply are made whatever file has changed, so that the check `plan` can be required', () => {
  const started = workflows.filter(([file]) => /\/(plan|apply)\.yml$/.test(file));
  expect(started).toHaveLength(4);
  for (const [, { on }] of started) {
    for (const trigger of Object.values(on)) {
      for (const key of ['paths', 'paths-ignore']) expect(trigger ?? {}).not.toHaveProperty(key);
    }
  }
});

it('another version of the tool is looked at by drift.yml at once', () => {
  const drifts = workflows.filter(([file]) => file.endsWith('drift.yml'));
  expect(drifts.map(([, { on }]) => on['push'])).toEqual([
    { branches: ['main'], paths: ['package-lock.json'] },
    { branches: ['trunk'], paths: ['package-lock.json'] },
  ]);
});

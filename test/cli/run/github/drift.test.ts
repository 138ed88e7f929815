import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Plan } from '../../../../src/core/plan.ts';
import { renderJson } from '../../../support/render-json.ts';
import { buildPlan, buildStep } from '../../../render/plan-builder.ts';
import { actionsBot, octocat, startGitHub, type GitHubStandIn } from '../../../support/github/index.ts';
import { createFolder, runStep } from '../../../support/github/run.ts';

const marker = '<!-- idc:drift -->';
const pending = buildPlan([buildStep('create', 'user/hanako')]);
const refused = buildPlan([], { violations: [{ code: 'last-administrator', message: 'M', allow: 'A' }] });
const nothing = buildPlan([]);

function drift(
  github: GitHubStandIn,
  plan: Plan,
  body = '<!-- idc:plan -->\nhanako\n',
  env: Record<string, string> = {},
  ...flags: string[]
): ReturnType<typeof runStep> {
  const folder = createFolder();
  const [planFile, bodyFile] = [path.join(folder, 'plan.json'), path.join(folder, 'body.md')];
  writeFileSync(planFile, renderJson(plan));
  writeFileSync(bodyFile, body);
  return runStep(github, ['drift', '--plan', planFile, '--body', bodyFile, ...flags], env);
}

const writesOf = (github: GitHubStandIn): string[] =>
  github.requests
    .map(({ method, path }) => `${method} ${path.split('/').slice(4).join('/')}`)
    .filter((one) => !one.startsWith('GET'));

it('opens an issue, updates it in place, closes it, and opens a new one for the next drift', async () => {
  const github = await startGitHub();
  const { issues } = github.world;
  expect((await drift(github, nothing)).err).toBe('Nothing is pending, and no issue is open.\n');
  expect(issues.size).toBe(0);

  expect((await drift(github, pending)).err).toContain(
    'The issue is created: https://github.com/octo-org/access/issues/1',
  );
  expect(issues.get(1)).toMatchObject({
    title: 'Identity Center has drifted from identity.yaml',
    body: `${marker}\nhanako\n`,
    state: 'open',
  });
  expect((await drift(github, pending)).err).toContain('unchanged');
  expect((await drift(github, pending, '<!-- idc:plan -->\ntaro\n')).err).toContain('updated');
  expect(issues.get(1)?.body).toBe(`${marker}\ntaro\n`);

  expect((await drift(github, nothing)).err).toContain('closed');
  expect(issues.get(1)).toMatchObject({ state: 'closed', stateReason: 'completed' });
  expect(issues.get(1)?.comments.map(({ body }) => body)).toEqual(['Identity Center matches identity.yaml again.']);
  await drift(github, pending);
  expect(issues.get(2)?.state).toBe('open');
  expect(writesOf(github)).toEqual([
    'POST issues',
    'PATCH issues/1',
    'PATCH issues/1',
    'POST issues/1/comments',
    'POST issues',
  ]);
});

it('a plan that is refused is drift as well', async () => {
  const github = await startGitHub();
  expect((await drift(github, refused)).code).toBe(0);
  expect(github.world.issues.size).toBe(1);
});

it('each file has an issue of its own: a clean run of one closes no other', async () => {
  const github = await startGitHub();
  const open = (): string[] =>
    [...github.world.issues.values()].filter(({ state }) => state === 'open').map(({ title }) => title);
  const files = [undefined, 'prod.yaml', 'prod/identity.yaml', 'sandbox/identity.yaml'];
  const of = <Some extends object>(plan: Some, file: string | undefined) => ({ ...plan, ...(file && { file }) });
  for (const file of files) await drift(github, of(pending, file));
  const titles = files.map((file) => `Identity Center has drifted from ${file ?? 'identity.yaml'}`);
  expect(open()).toEqual(titles);
  expect(github.world.issues.get(3)?.body).toBe('<!-- idc:drift:prod/identity.yaml -->\nhanako\n');

  expect((await drift(github, of(nothing, 'sandbox.yaml'))).err).toContain('no issue is open');
  expect(open()).toEqual(titles);
  expect((await drift(github, of(nothing, 'prod/identity.yaml'))).err).toContain('issues/3');
  expect(github.world.issues.get(3)?.comments.map(({ body }) => body)).toEqual([
    'Identity Center matches `prod/identity.yaml` again.',
  ]);
  await drift(github, of(nothing, undefined));
  expect(open()).toEqual([titles[1], titles[3]]);
});

it('--file says which file it is, where the plan was made inside its folder', async () => {
  const github = await startGitHub();
  await drift(github, pending, undefined, {}, '--file', './prod//identity.yaml');
  await drift(github, nothing);
  expect([...github.world.issues.values()]).toMatchObject([
    { state: 'open', title: 'Identity Center has drifted from prod/identity.yaml' },
  ]);
});

it('the issue that an idc opened before files had issues of their own is identity.yaml’s', async () => {
  const github = await startGitHub();
  const old = github.world.addIssue({
    author: actionsBot,
    title: 'Identity Center has drifted from identity.yaml',
    body: '<!-- idc:drift -->\nold',
  });
  await drift(github, { ...pending, file: 'prod.yaml' });
  expect(old.body).toBe('<!-- idc:drift -->\nold');
  expect((await drift(github, pending)).err).toContain(
    `updated: https://github.com/octo-org/access/issues/${old.number}`,
  );
  await drift(github, nothing);
  expect(old.state).toBe('closed');
});

it('takes only an open issue of its own: not a pull request, not one of another author, not one with the marker further down', async () => {
  const github = await startGitHub();
  const { world } = github;
  world.addIssue({ author: octocat, body: `${marker}\nforged` });
  world.addIssue({ author: actionsBot, body: `> quoted\n${marker}` });
  world.addIssue({ author: actionsBot, body: null });
  world.addIssue({ author: actionsBot, body: `${marker}\nlong ago`, state: 'closed' });
  world.addIssue({ author: actionsBot, body: `${marker}\na pull request`, isPull: true });
  expect((await drift(github, pending)).err).toContain('created');
  expect(world.issues.size).toBe(6);
  await drift(github, nothing);
  expect([...world.issues.values()].map(({ state }) => state)).toEqual([
    'open',
    'open',
    'open',
    'closed',
    'open',
    'closed',
  ]);
});

it('is found among hundreds; of two, the older is kept and the newer said', async () => {
  const github = await startGitHub();
  const { world } = github;
  const first = world.addIssue({ author: actionsBot, body: `${marker}\nfirst` });
  const second = world.addIssue({ author: actionsBot, body: `${marker}\nsecond` });
  for (let count = 0; count < 230; count += 1) world.addIssue({ body: `${marker}\n${count}` });
  const { err } = await drift(github, pending);
  expect(err).toContain(
    `Left as it is, another issue of ours: https://github.com/octo-org/access/issues/${second.number}`,
  );
  expect([first.body, second.body]).toEqual([`${marker}\nhanako\n`, `${marker}\nsecond`]);
});

it('an issue whose creation went unanswered is not made twice', async () => {
  const github = await startGitHub();
  github.fail({ route: 'POST /repos/{owner}/{repo}/issues', status: 502, carriedOut: true });
  expect((await drift(github, pending)).code).toBe(0);
  expect(github.world.issues.size).toBe(1);
});

it.each([
  ['a plan that is none', { steps: [] } as unknown as Plan, undefined, 'plan-shape'],
  ['a text without a marker', pending, 'hanako', 'no-marker'],
  ['a text that GitHub would not take', pending, `<!-- idc:plan -->\n${'x'.repeat(65_536)}`, 'text-too-long'],
])('%s is refused before anything is asked', async (_what, plan, body, code) => {
  const github = await startGitHub();
  const ran = await drift(github, plan, body);
  expect(ran.code).toBe(1);
  expect(ran.err).toContain(`(${code})`);
  expect(github.requests).toEqual([]);
});

it('a permission that is missing is named', async () => {
  const github = await startGitHub();
  const token = github.grant({ contents: 'read' });
  const folder = createFolder();
  writeFileSync(path.join(folder, 'plan.json'), renderJson(nothing));
  const args = ['drift', '--plan', path.join(folder, 'plan.json'), '--body', 'unused.md'];
  const { code, err } = await runStep(github, args, { GITHUB_TOKEN: token });
  expect(code).toBe(1);
  expect(err).toContain('the job needs `permissions: { issues: write }`');
});

it('where the repository has no issues, the summary shows the drift and the run is red; without drift it is green', async () => {
  const github = await startGitHub();
  github.world.hasIssues = false;
  const summary = path.join(createFolder(), 'summary.md');
  const { code, err } = await drift(github, pending, undefined, { GITHUB_STEP_SUMMARY: summary });
  expect(code).toBe(1);
  expect(err).toContain('Issues are disabled in this repository, so no issue can show the drift. (issues-disabled)');
  expect(err).toContain('Settings > General > Features');
  expect(readFileSync(summary, 'utf8')).toBe(
    'Issues are disabled in this repository, so no issue shows this drift.\n\n<!-- idc:plan -->\nhanako\n\n',
  );
  expect(await drift(github, nothing)).toMatchObject({ code: 0, err: 'Nothing is pending, and no issue is open.\n' });
});

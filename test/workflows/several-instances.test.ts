import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { answersOf } from '../../src/repository/places.ts';
import { plant } from '../support/organisation.ts';
import { teamFiles } from '../support/team-files.ts';
import { createRepository } from '../support/workflow/repository.ts';

const arnOf = (id: string): string => `arn:aws:sso:::instance/ssoins-${id.repeat(16)}`;
const fileFor = (instanceArn: string, groups: object): string =>
  stringify({ version: 1, identityCenter: { region: 'us-east-1', instanceArn }, groups: { ops: {}, ...groups } });
const production = (groups: object): string => fileFor('arn:aws:sso:::instance/ssoins-0123456789abcdef', groups);
const trial = (groups: object): string => fileFor(arnOf('b'), groups);

/** As `idc init` writes it, and then `idc init --file sandbox/identity.yaml`: two instances, each with its own roles. */
const files = {
  ...teamFiles({
    branch: 'main',
    ...answersOf('sandbox/identity.yaml'),
    planRole: 'arn:aws:iam::222233334444:role/idc-plan',
    applyRole: 'arn:aws:iam::222233334444:role/idc-apply',
  }),
  ...teamFiles({ branch: 'main' }),
  'identity.yaml': production({}),
  'sandbox/identity.yaml': trial({}),
};

async function twoInstances() {
  const repository = await createRepository(files);
  const sandbox = await repository.addInstance('222233334444', arnOf('b'));
  for (const emulator of [repository.emulator, sandbox]) await plant(emulator, { groups: { ops: {} } });
  const { world } = repository.github;
  const comments = (pull: number): string[] => (world.issues.get(pull)?.comments ?? []).map(({ body }) => body);
  const issues = (): string[] =>
    [...world.issues.values()].filter(({ isPull, state }) => !isPull && state === 'open').map(({ body }) => body ?? '');
  const groups = () =>
    [repository.emulator, sandbox].map(({ world: { groups: all } }) =>
      all
        .rows()
        .map(({ DisplayName }) => DisplayName)
        .sort(),
    );
  return { repository, of: repository.ofFile('-sandbox'), sandbox, world, comments, issues, groups };
}

it('two files of a repository have a plan, an apply and an issue each, and neither touches the other', async () => {
  const { repository, of, sandbox, world, comments, issues, groups } = await twoInstances();
  const pull = world.openPull({
    'identity.yaml': production({ production: {} }),
    'sandbox/identity.yaml': trial({ trial: {} }),
  });
  for (const planned of [await repository.plan(pull), await of.plan(pull)])
    expect(planned.jobs, planned.log).toMatchObject({ plan: { result: 'success' }, comment: { result: 'success' } });
  const [one = '', other = '', ...more] = comments(pull.number);
  expect(more).toEqual([]);
  expect(one).toMatch(/^<!-- idc:plan -->\n/);
  expect(one).toContain('production');
  expect(one).not.toContain('trial');
  expect(other).toMatch(/^<!-- idc:plan:sandbox\/identity\.yaml -->\n/);
  expect(other).toContain('trial');
  for (const suffix of ['', '-sandbox'])
    expect(readdirSync(repository.artifactFolder(`idc-plan-1-${pull.headSha}${suffix}`) ?? '')).toEqual(['plan.json']);

  world.addReview(pull);
  world.merge(pull);
  // Nothing was applied before, so there is no base, and each waits for an approval of its own.
  const rejected = await repository.apply({ onEnvironment: async (name) => name !== 'identity-center-approve' });
  expect(rejected.jobs).toMatchObject({ apply: { result: 'failure' } });
  const merged = await of.apply();
  expect(merged.jobs, merged.log).toMatchObject({ apply: { result: 'success' }, report: { result: 'success' } });
  expect(groups()).toEqual([['ops'], ['ops', 'trial']]);
  expect(comments(pull.number).slice(2)).toEqual([
    expect.stringMatching(/^<!-- idc:apply -->\n## Not applied\n/),
    expect.stringMatching(
      /^<!-- idc:apply:sandbox\/identity\.yaml -->\n## Done: 1 created.* \(`sandbox\/identity\.yaml`\)/,
    ),
  ]);

  // That one is applied is no base for the other.
  world.push('main', { 'README.md': 'new' });
  expect((await of.apply()).jobs).toMatchObject({ plan: { result: 'success' }, apply: { result: 'skipped' } });
  expect((await repository.apply()).jobs).toMatchObject({ apply: { result: 'success' } });
  expect(groups()).toEqual([
    ['ops', 'production'],
    ['ops', 'trial'],
  ]);

  await plant(repository.emulator, { groups: { 'stray-production': {} } });
  await plant(sandbox, { groups: { 'stray-trial': {} } });
  await repository.drift();
  await of.drift();
  expect(issues()).toEqual([
    expect.stringContaining('- stray-production') as string,
    expect.stringMatching(/^<!-- idc:drift:sandbox\/identity\.yaml -->[^]*- stray-trial/) as string,
  ]);
  await of.apply({ event: 'workflow_dispatch' });
  await of.drift();
  expect(issues()).toEqual([expect.stringContaining('- stray-production')]);
});

it('a pull request that a second person approved is applied by both files, without another approval', async () => {
  const { repository, of, world, groups } = await twoInstances();
  for (const suffix of ['', '-sandbox']) {
    const { id } = world.addRun({
      event: 'push',
      path: `.github/workflows/apply${suffix}.yml`,
      jobs: [{ name: 'apply', conclusion: 'success', attempt: 1 }],
    });
    world.addArtifact({ name: `idc-merged-plan${suffix}`, runId: id });
  }
  const pull = world.openPull({
    'identity.yaml': production({ production: {} }),
    'sandbox/identity.yaml': trial({ trial: {} }),
  });
  await repository.plan(pull);
  await of.plan(pull);
  world.addReview(pull);
  world.merge(pull);
  for (const merged of [await repository.apply(), await of.apply()])
    expect(merged.environments, merged.log).toEqual(['identity-center-plan', 'identity-center-apply']);
  expect(groups()).toEqual([
    ['ops', 'production'],
    ['ops', 'trial'],
  ]);
});

it('the reviews of two files have a branch, a pull request and artifacts each', async () => {
  const { repository, of, world } = await twoInstances();
  world.workflowPermissions.approves = true;
  const person = { givenName: 'Taro', familyName: 'Test', email: 'taro@example.com' };
  const reviewed = (text: string): string =>
    stringify({
      ...(parse(text) as object),
      accounts: { production: '111122223333' },
      users: { taro: person },
      permissionSets: { Read: { managedPolicies: ['ReadOnlyAccess'] } },
      assignments: [{ users: ['taro'], permissionSets: ['Read'], accounts: ['production'] }],
      rules: { maxReviewAge: [{ permissionSets: ['Read'], age: '180d' }] },
    });
  world.push('main', {
    'identity.yaml': reviewed(production({})),
    'sandbox/identity.yaml': reviewed(trial({})),
  });
  for (const emulator of repository.emulators.values()) {
    await plant(emulator, {
      users: { taro: { Name: { GivenName: 'Taro', FamilyName: 'Test' }, DisplayName: 'Taro Test' } },
      permissionSets: { Read: { managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] } },
      assignments: ['USER taro Read 111122223333'],
    });
  }
  for (const one of [repository, of]) {
    const ran = await one.review();
    expect(
      Object.values(ran.jobs).map(({ result }) => result),
      ran.log,
    ).toEqual(Array(4).fill('success'));
  }
  const [first, second, ...others] = [...world.pulls.values()];
  expect(others).toEqual([]);
  expect([first?.branch, second?.branch]).toEqual([
    expect.stringMatching(/^idc\/review\/\d{4}-\d{2}$/),
    expect.stringMatching(/^idc\/review-sandbox\/\d{4}-\d{2}$/),
  ]);
  expect(world.issues.get(second?.number ?? 0)?.body).toMatch(/^<!-- idc:review:sandbox\/identity\.yaml -->/);
  expect(repository.artifactFolder(`idc-made-${second?.headSha}-sandbox`)).toBeDefined();
  expect(world.dispatches.map(({ file }) => file)).toEqual(['plan.yml', 'plan-sandbox.yml']);
  const changed = world.commits.get(second?.headSha ?? '')?.tree;
  expect(changed?.['identity.yaml']).toBe(reviewed(production({})));
  expect(changed?.['sandbox/identity.yaml']).toContain('reviewed: ');
});

it('a pull request of one file is green for the other at once, with no comment of it', async () => {
  const { repository, of, world, comments } = await twoInstances();
  const pull = world.openPull({ 'sandbox/identity.yaml': trial({ trial: {} }) });
  const planned = await repository.plan(pull);
  expect(planned.jobs, planned.log).toMatchObject({ plan: { result: 'success' } });
  expect(comments(pull.number)).toEqual([]);
  await of.plan(pull);
  expect(comments(pull.number)).toEqual([expect.stringContaining('<!-- idc:plan:sandbox/identity.yaml -->')]);
});

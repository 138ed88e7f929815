import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { recordText } from '../../src/formats/record.ts';
import { applyRecord } from '../support/records.ts';
import type { Entry } from '../support/github/index.ts';
import { applied, commentsOn, files, members, withTaro } from '../support/workflow/company.ts';

// Files that a pull request brings under the names of what a run makes: no step takes them for that.

it('a reviewed plan in the repository lets nothing through', async () => {
  const repository = await applied();
  const { world } = repository.github;
  const pull = world.openPull(withTaro);
  await repository.plan(pull);
  const name = [...world.artifacts.values()].map((one) => one.name).find((one) => one.startsWith('idc-plan-')) ?? '';
  const plan = readFileSync(path.join(repository.artifactFolder(name) ?? '', 'plan.json'), 'utf8');
  world.pushTo(pull, { ...withTaro, 'reviewed/plan.json': plan });
  world.merge(pull);
  const merged = await repository.apply({ onEnvironment: async (one) => one !== 'identity-center-approve' });
  expect(merged.environments, merged.log).toEqual(['identity-center-plan', 'identity-center-approve']);
  expect(members(repository)).toBe(1);
});

it('a record in the repository is not added to the history by a run that began nothing', async () => {
  const repository = await applied(undefined, { 'record.json': recordText(applyRecord('planted')) });
  repository.variables['IDC_HISTORY'] = 'true';
  const { world } = repository.github;
  const pull = world.openPull(withTaro);
  await repository.plan(pull);
  world.addReview(pull);
  world.merge(pull);
  const merged = await repository.apply({
    // Something newer is merged while it waits, so it ends before its first step.
    onEnvironment: async (one) => {
      if (one === 'identity-center-apply') world.merge(world.openPull(files({ groups: {} })));
    },
  });
  expect(merged.jobs, merged.log).toMatchObject({ apply: { result: 'failure' }, history: { result: 'success' } });
  expect(world.branches.has('identity-center-history')).toBe(false);
});

const planted: Record<string, Entry> = {
  ...Object.fromEntries(
    [
      'comment.md',
      'dates.patch',
      'drift.md',
      'plan.json',
      'record.json',
      'result.md',
      'review.json',
      'reviewed.txt',
    ].map((name) => [name, 'planted']),
  ),
  // What is written into these would be somewhere else.
  ...Object.fromEntries(
    ['base', 'planned', 'profiles', 'pull-request', 'reviewed'].map((name) => [name, { link: '../planted' }]),
  ),
};

it('files and symbolic links by all these names change nothing of a merge, its history, a review and a night', async () => {
  const repository = await applied();
  repository.variables['IDC_HISTORY'] = 'true';
  const { world } = repository.github;
  world.merge(world.openPull(planted));
  const unchanged = await repository.apply();
  expect(unchanged.summary, unchanged.log).toContain('Nothing of the file has changed');
  const pull = world.openPull(withTaro);
  await repository.plan(pull);
  world.addReview(pull);
  world.merge(pull);
  const merged = await repository.apply();
  expect(merged.environments, merged.log).toEqual(['identity-center-plan', 'identity-center-apply']);
  expect(merged.jobs, merged.log).toMatchObject({
    apply: { result: 'success' },
    history: { result: 'success' },
    report: { result: 'success' },
  });
  expect(members(repository)).toBe(2);
  for (const ran of [await repository.review(), await repository.expire()])
    for (const [name, job] of Object.entries(ran.jobs)) expect(job.result, `${name}\n${ran.log}`).not.toBe('failure');
  const { jobs, log } = await repository.drift();
  expect(jobs, log).toMatchObject({ plan: { result: 'success' }, issue: { result: 'success' } });
  const said = [merged.summary, ...commentsOn(repository, pull.number)].join('\n');
  expect(said).toContain('## Done: 1 created');
  expect(said).not.toContain('planted');
});

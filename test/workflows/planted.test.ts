import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { recordText } from '../../src/formats/record.ts';
import { applyRecord } from '../support/records.ts';
import { applied, files, members, withTaro } from '../support/workflow/company.ts';

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

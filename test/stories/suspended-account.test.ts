import { expect, it } from 'vitest';
import type { Plan } from '../../src/core/plan.ts';
import { createLocalFolder } from '../support/local-folder.ts';

it('what an entry still asks for in a suspended account is not listed as a blocked removal for 90 days', async () => {
  const local = createLocalFolder({});
  await local.plant(
    {},
    {
      accounts: [
        { id: '999988887777', name: 'management' },
        { id: '555555555555', name: 'old', state: 'SUSPENDED' },
      ],
      groups: [{ name: 'ops' }],
      permissionSets: [{ name: 'Read' }],
      assignments: [{ groups: ['ops'], permissionSets: ['Read'], accounts: ['management', 'old'] }],
    },
  );
  const planWith = async (target: object): Promise<Plan> => {
    local.write({
      accounts: undefined,
      groups: { ops: {} },
      permissionSets: { Read: {} },
      assignments: [{ groups: ['ops'], permissionSets: ['Read'], ...target }],
    });
    const { out, err } = await local.idc(['plan', '--format', 'json']);
    expect(err).toBe('');
    return JSON.parse(out) as Plan;
  };
  expect(await planWith({ all: true })).toMatchObject({ steps: [], blocked: [], warnings: [] });
  const label = 'Read in old to group ops';
  expect((await planWith({ all: true, except: { accounts: ['old'] } })).blocked).toMatchObject([{ label }]);
  expect((await planWith({ all: true, expires: '2020-01-01' })).blocked).toMatchObject([{ label }]);
});

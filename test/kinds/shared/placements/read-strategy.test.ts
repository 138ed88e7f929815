import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadStrategy } from '../../../../src/aws/connect.ts';
import { makePlan } from '../../../../src/planner/make-plan.ts';
import { liveSource } from '../../../../src/source/live.ts';
import type { Plan } from '../../../../src/core/plan.ts';
import { cheapestStrategy } from '../../../../src/kinds/shared/placements/read-strategy.ts';
import { accounts, load, now, person, startLive, type LiveSetup } from '../../../support/live.ts';
import { plant } from '../../../support/organisation.ts';

describe('the cheapest strategy', () => {
  // The examples of an organisation's dimensions, with the calls of each way counted by hand.
  it.each<[string, Parameters<typeof cheapestStrategy>[0], ReadStrategy]>([
    ['few principals: 52 calls, not 68', { accounts: 10, permissionSets: 8, principals: 52, pairs: 60 }, 'principal'],
    [
      'many users: 950, not 5,200',
      { accounts: 100, permissionSets: 50, principals: 5200, pairs: 900 },
      'permission-set',
    ],
    ['fewer accounts than sets', { accounts: 5, permissionSets: 50, principals: 5200, pairs: 60 }, 'account'],
    [
      'accounts that are not known',
      { accounts: undefined, permissionSets: 50, principals: 52, pairs: 1 },
      'permission-set',
    ],
    [
      'principals that may not be asked',
      { accounts: 9, permissionSets: 50, principals: undefined, pairs: 900 },
      'account',
    ],
  ])('%s', (_name, counts, strategy) => {
    expect(cheapestStrategy(counts)).toBe(strategy);
  });
});

const document = {
  users: { ann: person('ann'), bob: person('bob') },
  groups: { ops: { members: ['ann'] } },
  permissionSets: { Read: {}, Write: { sessionDuration: '2h' } },
  assignments: [
    { users: ['ann'], permissionSets: ['Read'], accounts: ['production'] },
    { groups: ['ops'], permissionSets: ['Write'], accounts: ['production', 'staging'] },
  ],
  ignore: { permissionSets: ['AWS*'] },
};

const named = { DisplayName: 'Somebody', Name: { GivenName: 'Some', FamilyName: 'Body' } };

let live: LiveSetup;
beforeAll(async () => {
  live = await startLive({ behaviour: { shortPages: 7 } });
  await plant(live.emulator, {
    users: { ann: named, bob: named, eve: named },
    groups: { ops: { members: ['ann', 'eve'] }, old: { members: ['bob'] } },
    permissionSets: { Read: {}, Write: {}, Old: {}, AWSAdmin: {} },
    assignments: [
      `USER ann Read ${accounts.production}`,
      `GROUP ops Write ${accounts.production}`,
      `GROUP old Write ${accounts.staging}`,
      `USER bob Old ${accounts.staging}`,
      `GROUP ops AWSAdmin ${accounts.management}`,
    ],
  });
});
afterAll(() => live.emulator.close());

async function planBy(readStrategy: ReadStrategy | undefined): Promise<{ plan: Plan; calls: string[] }> {
  const before = live.emulator.calls.length;
  const { plan } = await makePlan(
    liveSource({ ...live.aws, ...(readStrategy && { readStrategy }) }, { isLocal: true }),
    load(document),
    {
      removeOrphans: false,
      now,
    },
  );
  return {
    plan,
    calls: live.emulator.calls.slice(before).map(({ operation, input }) => `${operation} ${JSON.stringify(input)}`),
  };
}

it('a plan is the same whichever way the state was read, and no way makes a call twice', async () => {
  const [bySet, byAccount, byPrincipal] = [
    await planBy('permission-set'),
    await planBy('account'),
    await planBy('principal'),
  ];
  expect(bySet.plan.steps.length).toBeGreaterThan(5);
  expect(byAccount.plan).toEqual(bySet.plan);
  const { orphans, ...rest } = bySet.plan;
  expect(orphans).toBe(0);
  // By principal nobody can tell of orphans, so nothing is said of them; nor does a digest.
  expect(byPrincipal.plan).toEqual(rest);
  const asks = (operation: string) => (call: string) => call.startsWith(`${operation} `);
  expect(bySet.calls.some(asks('ListPermissionSetsProvisionedToAccount'))).toBe(false);
  expect(byAccount.calls.some(asks('ListPermissionSetsProvisionedToAccount'))).toBe(true);
  expect(byPrincipal.calls.some(asks('ListAccountAssignmentsForPrincipal'))).toBe(true);
  for (const { calls } of [bySet, byAccount, byPrincipal]) expect(new Set(calls).size).toBe(calls.length);
});

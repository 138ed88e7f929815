import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testClock } from '../support/clock.ts';
import { planChanges } from '../../src/planner/plan.ts';
import { readOptionsOf, renamesInPlace, compileDesired } from '../../src/source/compile.ts';
import { accountIdsByName } from '../../src/config/schema/accounts-section.ts';
import { loadIdentityFile } from '../../src/config/load.ts';
import { ConfigError } from '../../src/core/errors.ts';
import type { Plan } from '../../src/core/plan.ts';
import { readLive } from '../../src/reconcile/read.ts';
import { nameLive } from '../../src/reconcile/state.ts';
import { policies } from '../support/policies.ts';
import { startEmulator } from '../support/emulator.ts';
import { kinds } from '../../src/kinds/index.ts';
import { accounts, now, person, startLive, type LiveSetup } from '../support/live.ts';

const base = {
  users: { ann: person('ann'), bob: person('bob') },
  groups: { ops: { members: ['ann'] }, dev: { members: ['bob'] } },
  permissionSets: {
    Admin: { managedPolicies: ['AdministratorAccess'] },
    Deploy: { managedPolicies: ['PowerUserAccess'] },
  },
  assignments: [
    { groups: ['ops'], permissionSets: ['Admin'], accounts: ['management', 'production'] },
    { groups: ['dev'], permissionSets: ['Deploy'], accounts: ['staging'] },
  ],
  // By its id: a name can be given to another account.
  safety: { protected: [{ user: 'bob', account: accounts.staging, permissionSet: 'Deploy' }] },
};
const { users, groups, permissionSets, assignments } = base;
const [toOps, toDev] = assignments as [(typeof assignments)[0], (typeof assignments)[0]];

let live: LiveSetup;
beforeAll(async () => {
  live = await startLive();
  await live.apply(base);
});
afterAll(() => live.emulator.close());

describe('every way to lose access is refused', () => {
  it.each<[string, object, string[]]>([
    ['the group of the administrators is emptied', { groups: { ...groups, ops: {} } }, ['last-administrator']],
    ['the group of a protected person is emptied', { groups: { ...groups, dev: {} } }, ['protected-access-lost']],
    [
      'the person is taken out of the group',
      { groups: { ...groups, dev: { members: ['ann'] } } },
      ['protected-access-lost'],
    ],
    ['the person is gone', { users: { ann: users.ann }, groups: { ...groups, dev: {} } }, ['unknown-user']],
    [
      'the person is another',
      { users: { ann: users.ann, rob: person('rob') }, groups: { ...groups, dev: { members: ['rob'] } } },
      ['unknown-user'],
    ],
    [
      'the group is another',
      { groups: { ops: groups.ops, devs: groups.dev }, assignments: [toOps] },
      ['protected-access-lost'],
    ],
    ['the assignment is gone', { assignments: [toOps] }, ['protected-access-lost']],
    [
      'the assignment is for another account',
      { assignments: [toOps, { ...toDev, accounts: ['production'] }] },
      ['protected-access-lost'],
    ],
    [
      'administrators have it elsewhere only',
      { assignments: [{ ...toOps, accounts: ['production'] }, toDev] },
      ['last-administrator'],
    ],
    [
      'the set of the administrators gives less',
      { permissionSets: { ...permissionSets, Admin: { managedPolicies: ['ReadOnlyAccess'] } } },
      ['last-administrator'],
    ],
    ['a protected set gives nothing', { permissionSets: { ...permissionSets, Deploy: {} } }, ['protected-access-lost']],
    [
      'a set has another name, and nobody says that it is the same',
      {
        permissionSets: { Admin: permissionSets.Admin, Deployer: permissionSets.Deploy },
        assignments: [toOps, { ...toDev, permissionSets: ['Deployer'] }],
      },
      ['unknown-permission-set'],
    ],
    [
      'the account has another id',
      { accounts: { ...accounts, staging: accounts.production, production: accounts.staging } },
      ['protected-access-lost'],
    ],
    [
      'nothing is left',
      { users: {}, groups: {}, permissionSets: {}, assignments: [] },
      ['unknown-user', 'unknown-permission-set'],
    ],
  ])('%s', async (_name, change, expected) => {
    const told = await live.plan({ ...base, ...change }).then(
      ({ plan }) => plan.violations.map(({ code }) => code),
      (error: unknown) => (error as ConfigError).diagnostics.map(({ code }) => code),
    );
    for (const code of expected) expect(told).toContain(code);
  });

  it('and what is only renamed is not a loss', async () => {
    const { plan } = await live.plan({
      ...base,
      users: { ann: users.ann, rob: { ...person('rob'), previously: 'bob' } },
      groups: { ops: groups.ops, devs: { previously: 'dev', members: ['rob'] } },
      permissionSets: { Admin: permissionSets.Admin, Deployer: { ...permissionSets.Deploy, previously: 'Deploy' } },
      assignments: [toOps, { groups: ['devs'], permissionSets: ['Deployer'], accounts: ['staging'] }],
      safety: { protected: [{ user: 'rob', account: 'staging', permissionSet: 'Deployer' }] },
    });
    expect(plan.violations).toEqual([]);
  });

  it('a limit that is none is said in every plan', async () => {
    const { plan } = await live.plan({ ...base, safety: { maxRemovals: '100%' } });
    expect(plan.warnings.map(({ code }) => code)).toContain('removals-unlimited');
  });
});

it('a file that ends after any of its lines is wrong, refused, or takes next to nothing', async () => {
  const text = readFileSync('identity.yaml', 'utf8');
  const read = (part: string) =>
    loadIdentityFile('identity.yaml', (file) => (file.endsWith('.yaml') ? part : readFileSync(file, 'utf8')));
  const whole = read(text);
  const named = Array.from(accountIdsByName(whole.document), ([name, id]) => ({ name, id }));
  const emulator = await startEmulator({
    seed: {
      region: 'us-east-1',
      instanceArn: whole.document.identityCenter.instanceArn ?? '',
      accounts: named,
      managementAccountId: '999988887777',
    },
    behaviour: { asyncMs: 1 },
  });
  try {
    const setup = { ...live, emulator };
    const { connect } = await import('../../src/aws/connect.ts');
    const { applySteps } = await import('../../src/reconcile/apply.ts');
    const aws = await connect({
      clock: testClock,
      region: 'us-east-1',
      local: { endpoint: setup.emulator.url },
      askCaller: true,
    });
    const first = compileDesired(whole, aws, now);
    const planOf = (
      file: typeof first,
      { reading }: Awaited<ReturnType<typeof readLive>>,
    ): { plan: Plan; live: ReturnType<typeof nameLive> } => {
      const state = nameLive(kinds, reading, renamesInPlace(file));
      return {
        live: state,
        plan: planChanges(file, state, aws, { removeOrphans: false, isLocal: true, now, policies }).plan,
      };
    };
    const empty = planOf(first, await readLive(kinds, aws, readOptionsOf(first, false)));
    await applySteps(kinds, aws, empty.plan.steps, empty.live, () => {});
    const reading = await readLive(kinds, aws, readOptionsOf(first, false));
    expect(planOf(first, reading).plan.steps).toEqual([]);

    const ends = { wrong: 0, refused: 0, passes: 0 };
    const lines = text.split('\n');
    for (let length = 0; length < lines.length; length += 1) {
      const part = lines.slice(0, length).join('\n');
      try {
        const { plan } = planOf(compileDesired(read(part), aws, now), reading);
        if (plan.violations.length > 0) ends.refused += 1;
        else {
          ends.passes += 1;
          expect(plan.summary.delete, `${length} lines`).toBeLessThanOrEqual(6);
          expect(plan.access.lost.length, `${length} lines`).toBeLessThanOrEqual(6);
        }
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        ends.wrong += 1;
      }
    }
    expect(ends.wrong).toBeGreaterThan(10);
    expect(ends.refused).toBeGreaterThan(10);
  } finally {
    await emulator.close();
  }
});

import { afterEach, describe, expect, it } from 'vitest';
import { applySteps, type ApplyEvent } from '../../../src/reconcile/apply.ts';
import { kinds } from '../../../src/kinds/index.ts';
import { accounts, person, startLive, type LiveSetup } from '../../support/live.ts';
import { observe, plant } from '../../support/organisation.ts';

let setup: LiveSetup | undefined;
afterEach(async () => {
  await setup?.emulator.close();
  setup = undefined;
});

const names = (count: number, letter: string): string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${index}`);

it('a failure shows AWS’s own reason, skips only what waits for it, and running again continues', async () => {
  setup = await startLive({
    seed: {
      accounts: [
        { id: accounts.management, name: 'management' },
        { id: accounts.production, name: 'production', customerManagedPolicies: [] },
        { id: accounts.staging, name: 'staging' },
      ],
    },
  });
  const file = {
    users: { ann: person('ann'), bob: person('bob') },
    groups: { ops: { members: [] as string[] } },
    permissionSets: { Deploy: { customerManagedPolicies: [{ name: 'deployer' }] } },
    assignments: [{ users: ['ann', 'bob'], permissionSets: ['Deploy'], accounts: ['production', 'staging'] }],
  };
  const failures = await setup.apply(file);
  expect(failures.map(({ type, step }) => `${type} ${step.label}`).sort()).toEqual([
    'failed Deploy in production to ann',
    'failed Deploy in production to bob',
  ]);
  expect(failures.map((event) => (event.type === 'failed' ? String(event.error) : '')).join()).toContain('deployer');
  const { emulator } = setup;
  expect(observe(emulator.world).assignments).toEqual([
    `USER ann Deploy ${accounts.staging}`,
    `USER bob Deploy ${accounts.staging}`,
  ]);
  const production = emulator.world.accounts.get(accounts.production);
  if (production) emulator.world.accounts.put({ ...production, CustomerManagedPolicies: ['/deployer'] });
  expect(await setup.apply(file)).toEqual([]);
  expect((await setup.plan(file)).plan.steps).toEqual([]);
});

it('never has more than 15 assignment requests outstanding, and none is refused', async () => {
  let most = 0;
  let count = (): number => 0;
  setup = await startLive({
    behaviour: { asyncMs: 5, deletionsCountAsOutstanding: true },
    onCall: () => void (most = Math.max(most, count())),
  });
  const { emulator } = setup;
  const { requests } = emulator.world;
  count = () =>
    requests.by('kindAndStatus', 'assignment-creation IN_PROGRESS').length +
    requests.by('kindAndStatus', 'assignment-deletion IN_PROGRESS').length;
  const file = (users: string[]) => ({
    users: Object.fromEntries(names(20, 'u').map((name) => [name, person(name)])),
    permissionSets: { Read: {}, Write: {} },
    assignments:
      users.length === 0 ? [] : [{ users, permissionSets: ['Read', 'Write'], accounts: Object.keys(accounts) }],
  });
  expect(await setup.apply(file(names(20, 'u')))).toEqual([]);
  expect(await setup.apply(file(names(10, 'u')))).toEqual([]);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(15);
  expect(emulator.calls.filter(({ outcome }) => outcome === 'ThrottlingException')).toEqual([]);
  expect(emulator.world.assignments.size).toBe(60);
});

it('provisions once for a change of a permission set in all its parts', async () => {
  setup = await startLive();
  const file = (set: object) => ({
    users: { ann: person('ann') },
    permissionSets: { Read: set },
    assignments: [{ users: ['ann'], permissionSets: ['Read'], accounts: Object.keys(accounts) }],
  });
  await setup.apply(file({ managedPolicies: ['ReadOnlyAccess'] }));
  const before = setup.emulator.calls.length;
  await setup.apply(
    file({
      sessionDuration: '4h',
      managedPolicies: ['SecurityAudit', 'job-function/Billing'],
      permissionsBoundary: { managedPolicy: 'PowerUserAccess' },
      inlinePolicy: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } },
      tags: { a: '1' },
    }),
  );
  const calls = setup.emulator.calls.slice(before).map(({ operation }) => operation);
  expect(calls.filter((operation) => operation === 'ProvisionPermissionSet')).toHaveLength(1);
});

it('finishes what is under way when it is interrupted, and the next run does the rest', async () => {
  setup = await startLive({ behaviour: { asyncMs: 20 } });
  const file = {
    users: Object.fromEntries(names(5, 'u').map((name) => [name, person(name)])),
    permissionSets: { Read: {} },
    assignments: [{ users: names(5, 'u'), permissionSets: ['Read'], accounts: Object.keys(accounts) }],
  };
  const interruption = new AbortController();
  const seen: ApplyEvent[] = [];
  const left = await setup.apply(file, interruption.signal, (event) => {
    seen.push(event);
    if (event.type === 'succeeded' && event.step.kind === 'user') interruption.abort();
  });
  const count = (type: string): number => seen.filter((event) => event.type === type).length;
  expect(count('started')).toBe(count('succeeded'));
  expect(left.length).toBe(21 - count('succeeded'));
  expect(left.every((event) => event.type === 'skipped')).toBe(true);
  expect(await setup.apply(file)).toEqual([]);
  expect((await setup.plan(file)).plan.steps).toEqual([]);
});

describe('adopts what another person created between the plan and the apply', () => {
  const file = {
    users: { ann: { ...person('ann'), title: 'Lead' } },
    groups: { ops: { description: 'Runs it', members: ['ann'] } },
    permissionSets: {
      Read: { managedPolicies: ['ReadOnlyAccess'], customerManagedPolicies: [{ name: 'x' }], tags: { a: '1' } },
    },
    assignments: [{ groups: ['ops'], permissionSets: ['Read'], accounts: ['production'] }],
  };

  it('and made what the file says', async () => {
    setup = await startLive();
    const { plan, live } = await setup.plan(file);
    await plant(setup.emulator, {
      users: { ANN: { DisplayName: 'x', Name: { GivenName: 'x', FamilyName: 'x' } } },
      groups: { ops: { members: ['ANN'] } },
      permissionSets: { Read: { managedPolicies: ['arn:aws:iam::aws:policy/SecurityAudit'], sessionDuration: 'PT2H' } },
      assignments: [`GROUP ops Read ${accounts.production}`],
    });
    const failures: ApplyEvent[] = [];
    await applySteps(kinds, setup.aws, plan.steps, live, (event) => {
      if (event.type === 'failed' || event.type === 'skipped') failures.push(event);
    });
    expect(failures).toEqual([]);
    expect((await setup.plan(file)).plan.steps).toEqual([]);
  });

  it('also where it is an attachment', async () => {
    setup = await startLive();
    const bare = { permissionSets: { Read: {} } };
    const full = {
      permissionSets: { Read: { managedPolicies: ['ReadOnlyAccess'], customerManagedPolicies: [{ name: 'x' }] } },
    };
    await setup.apply(bare);
    const { plan, live } = await setup.plan(full);
    await setup.apply(full);
    const failures: ApplyEvent[] = [];
    await applySteps(kinds, setup.aws, plan.steps, live, (event) => {
      if (event.type === 'failed') failures.push(event);
    });
    expect(failures).toEqual([]);
    expect((await setup.plan(full)).plan.steps).toEqual([]);
  });
});

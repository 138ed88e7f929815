import { holdsIn } from '../support/named-access.ts';
import { afterEach, expect, it } from 'vitest';
import { makePlan } from '../../src/planner/make-plan.ts';
import { liveSource } from '../../src/source/live.ts';
import { accounts, load, person, startLive, type LiveSetup, now } from '../support/live.ts';
import { observe, plant } from '../support/organisation.ts';

// Ways to lose something; each is named by what must not happen.

let setup: LiveSetup | undefined;
afterEach(async () => {
  await setup?.emulator.close();
  setup = undefined;
});

const user = (name: string) => ({
  DisplayName: `${name} ${name}`,
  Name: { GivenName: name, FamilyName: name },
  Emails: [{ Value: `${name}@example.com` }],
});

it('a set that takes the place of one that is live as well hides no loss', async () => {
  setup = await startLive();
  await plant(setup.emulator, {
    users: { ann: user('ann') },
    permissionSets: { Admin: { managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] }, Read: {} },
    assignments: [`USER ann Admin ${accounts.production}`, `USER ann Read ${accounts.production}`],
  });
  const { plan } = await setup.plan({
    users: { ann: person('ann') },
    permissionSets: { Read: { previously: 'Admin' } },
    assignments: [{ users: ['ann'], permissionSets: ['Read'], accounts: ['production'] }],
    safety: { maxRemovals: 0 },
  });
  expect(holdsIn(plan.access, plan.access.lost).map((one) => `${one.user} ${one.permissionSet}`)).toEqual([
    'ann Admin',
  ]);
  expect(plan.violations.map(({ code }) => code)).toEqual(['too-many-removals', 'too-many-people']);
});

it('an account pattern that can’t be matched protects something or stops the plan', async () => {
  setup = await startLive();
  const file = (pattern: string) => load({ assignments: [], ignore: { accounts: [pattern] } });
  const { accounts: _known, ...unreadable } = setup.aws.organization;
  const denied = { ...setup.aws, organization: unreadable };
  const options = { removeOrphans: false, now };
  await expect(makePlan(liveSource(denied, { isLocal: true }), file('prod*'), options)).rejects.toThrow(
    "can't be matched with accounts",
  );
  await expect(makePlan(liveSource(denied, { isLocal: true }), file('*'), options)).resolves.toBeDefined();
});

it('an account pattern matches the name in Organizations too, where the file gives it another', async () => {
  setup = await startLive();
  await plant(setup.emulator, {
    users: { ann: user('ann') },
    permissionSets: { Read: {} },
    assignments: [`USER ann Read ${accounts.production}`],
  });
  const { plan } = await setup.plan({
    accounts: { p: accounts.production },
    assignments: [],
    ignore: { accounts: ['prod*'] },
  });
  expect(plan.steps).toEqual([]);
});

it('a group is not made and removed in one where its name differs by case alone', async () => {
  setup = await startLive();
  await plant(setup.emulator, { groups: { Platform: {} } });
  await expect(setup.plan({ groups: { platform: {} } })).rejects.toThrow(
    'differs only by case or Unicode normalization',
  );
  expect((await setup.plan({ groups: { platform: { previously: 'Platform' } } })).plan.summary).toEqual({
    create: 0,
    update: 1,
    delete: 0,
  });
});

it('one account that can’t be provisioned does not keep the edit from the others', async () => {
  setup = await startLive();
  const file = (policies: object[]) => ({
    users: { ann: person('ann') },
    permissionSets: { Deploy: { customerManagedPolicies: policies } },
    assignments: [{ users: ['ann'], permissionSets: ['Deploy'], accounts: Object.keys(accounts) }],
  });
  await setup.apply(file([]));
  const { world } = setup.emulator;
  const production = world.accounts.get(accounts.production);
  if (production) world.accounts.put({ ...production, CustomerManagedPolicies: [] });
  const staging = world.accounts.get(accounts.staging);
  if (staging) world.accounts.put({ ...staging, State: 'SUSPENDED' });
  await setup.reconnect();
  const [failure] = await setup.apply(file([{ name: 'deployer' }]));
  expect(failure?.type === 'failed' ? String(failure.error) : '').toContain(accounts.production);
  expect(observe(world).provisioned).toMatchObject({
    [`Deploy ${accounts.management}`]: 'current',
    [`Deploy ${accounts.production}`]: 'stale',
  });
});

it('orphans outside the file’s say stay, and those inside go before their set is edited', async () => {
  setup = await startLive();
  await plant(setup.emulator, {
    users: { gone: user('gone') },
    permissionSets: { Read: {} },
    orphans: [`USER gone Read ${accounts.production}`],
  });
  const { aws } = setup;
  const plan = async (document: object) =>
    (await makePlan(liveSource(aws, { isLocal: true }), load(document), { removeOrphans: true, now })).plan;
  expect((await plan({ permissionSets: { Read: {} } })).steps).toEqual([]);
  expect((await plan({ assignments: [], ignore: { accounts: ['production'] } })).steps).toEqual([]);
  const { steps } = await plan({ permissionSets: { Read: { sessionDuration: '2h' } }, assignments: [] });
  const [edit, removal] = [
    steps.find(({ action }) => action === 'update'),
    steps.find(({ action }) => action === 'delete'),
  ];
  expect(edit?.dependsOn).toEqual([removal?.id]);
});

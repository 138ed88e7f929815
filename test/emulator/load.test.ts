import { expect, test } from 'vitest';
import { type Load, realisticLoad, startEmulator } from '../../src/emulator/index.ts';
import { type Fixture, manualClock, production, start, staging } from './clients.ts';

const tooFast = { name: 'ThrottlingException', message: 'Rate exceeded', $metadata: { httpStatusCode: 400 } };

/** Sleeps no real time, and tells how long it was asked to. */
async function startUnder(load: Load): Promise<Fixture & { slept: number[] }> {
  const slept: number[] = [];
  const sleep = (ms: number): Promise<void> => (slept.push(ms), Promise.resolve());
  return { ...(await start({ behaviour: { load, sleep } })), slept };
}

const target = (TargetId: string) => ({ TargetId, TargetType: 'AWS_ACCOUNT' }) as const;

test("sso-admin's rate is collective, and what it refuses takes no effect", async () => {
  const { sso, emulator, clock, InstanceArn, group } = await startUnder({
    seed: 1,
    ratesPerSecond: { ssoAdmin: 20 },
    burst: 2,
  });
  await sso.listInstances();
  await sso.listPermissionSets({ InstanceArn });
  await expect(sso.createPermissionSet({ InstanceArn, Name: 'Admin' })).rejects.toMatchObject(tooFast);
  expect(emulator.world.permissionSets.size).toBe(0);
  await group('platform');
  clock.pass(49);
  await expect(sso.createPermissionSet({ InstanceArn, Name: 'Admin' })).rejects.toMatchObject(tooFast);
  clock.pass(1);
  await sso.createPermissionSet({ InstanceArn, Name: 'Admin' });
  expect(emulator.world.permissionSets.size).toBe(1);
  expect(emulator.calls.map(({ operation, outcome }) => [operation, outcome])).toEqual([
    ['ListInstances', 'ok'],
    ['ListPermissionSets', 'ok'],
    ['CreatePermissionSet', 'ThrottlingException'],
    ['CreateGroup', 'ok'],
    ['CreatePermissionSet', 'ThrottlingException'],
    ['CreatePermissionSet', 'ok'],
  ]);
  expect(emulator.stats).toMatchObject({ calls: 6, throttled: { 'sso-admin': 2 } });
});

test("the Identity Store's rate is each operation's own, and says when to come again", async () => {
  const { store, IdentityStoreId, emulator } = await startUnder({
    seed: 1,
    ratesPerSecond: { identityStorePerOperation: 20 },
    burst: 1,
  });
  await store.listUsers({ IdentityStoreId });
  await store.listGroups({ IdentityStoreId });
  await expect(store.listUsers({ IdentityStoreId })).rejects.toMatchObject({
    ...tooFast,
    RetryAfterSeconds: 1,
    RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(emulator.stats.throttled).toEqual({ identitystore: 1 });
});

test("Organizations has a name of its own for it, and a rate of the test's choice", async () => {
  const { organizations, clock } = await startUnder({ seed: 1, ratesPerSecond: { organizations: 4 }, burst: 1 });
  await organizations.listRoots();
  clock.pass(249);
  await expect(organizations.listAccounts()).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    $metadata: { httpStatusCode: 400 },
  });
  clock.pass(1);
  await organizations.listAccounts();
});

test('latency is drawn from the range of the operation, by the seed', async () => {
  const latencies = async (seed: number, timeScale?: number): Promise<number[]> => {
    const { sso, InstanceArn, slept } = await startUnder({
      seed,
      ...(timeScale !== undefined && { timeScale }),
      latencyMs: { default: [60, 140], byOperation: { ListPermissionSets: [1000, 2000] } },
    });
    for (let call = 0; call < 5; call++) await sso.listInstances();
    await sso.listPermissionSets({ InstanceArn });
    return slept;
  };
  const slept = await latencies(1);
  expect(slept).toHaveLength(6);
  for (const ms of slept.slice(0, 5)) expect([ms >= 60, ms < 140]).toEqual([true, true]);
  expect(new Set(slept).size).toBe(6);
  expect(slept[5]).toBeGreaterThanOrEqual(1000);
  expect(await latencies(1)).toEqual(slept);
  expect(await latencies(2)).not.toEqual(slept);
  expect(await latencies(1, 10)).toEqual(slept.map((ms) => ms / 10));
});

test('a call takes effect when it comes, and is answered and recorded when its latency is over', async () => {
  let answer = (): void => {};
  const sleeping = new Promise<void>((resolve) => (answer = resolve));
  const { emulator, changes, group } = await start({
    behaviour: { load: { seed: 1, latencyMs: { default: [1, 1] } }, sleep: () => sleeping },
  });
  let isAnswered = false;
  const created = group('platform').finally(() => (isAnswered = true));
  await expect.poll(() => changes).toHaveLength(1);
  expect({ isAnswered, calls: emulator.calls }).toEqual({ isAnswered: false, calls: [] });
  answer();
  await created;
  expect(emulator.calls).toHaveLength(1);
});

test('a throttled answer takes as long as any other', async () => {
  const { sso, slept } = await startUnder({
    seed: 1,
    latencyMs: { default: [50, 50] },
    ratesPerSecond: { ssoAdmin: 1 },
    burst: 1,
  });
  await sso.listInstances();
  await expect(sso.listInstances()).rejects.toMatchObject(tooFast);
  expect(slept).toEqual([50, 50]);
});

test('requests take the time of their kind, by the seed, one after the other in an account', async () => {
  const dueAfter = async (seed: number, timeScale: number): Promise<number[]> => {
    const requestMs = { creation: [1000, 2000], deletion: [100, 200], provisioning: [10, 20] } as const;
    const { sso, emulator, clock, InstanceArn, user, permissionSet } = await startUnder({ seed, timeScale, requestMs });
    const startedAt = clock.now();
    const [PrincipalId, one, two] = [await user('hanako'), await permissionSet('One'), await permissionSet('Two')];
    const who = { InstanceArn, PrincipalType: 'USER', PrincipalId } as const;
    const due = () => emulator.world.jobs.rows().map(({ DueAt }) => DueAt - startedAt);
    await sso.createAccountAssignment({ ...who, ...target(production), PermissionSetArn: one });
    await sso.createAccountAssignment({ ...who, ...target(production), PermissionSetArn: two });
    const creations = due();
    clock.pass(4000);
    await sso.deleteAccountAssignment({ ...who, ...target(production), PermissionSetArn: one });
    await sso.provisionPermissionSet({ InstanceArn, ...target(staging), PermissionSetArn: two });
    return [...creations, ...due().map((ms) => ms - 4000)];
  };
  const due = await dueAfter(1, 1);
  const [first = 0, second = 0, deletion = 0, provisioning = 0] = due;
  const lengths = [first / 1000, (second - first) / 1000, deletion / 100, provisioning / 10];
  expect(lengths.map(Math.floor)).toEqual([1, 1, 1, 1]);
  expect(await dueAfter(1, 1)).toEqual(due);
  expect(await dueAfter(2, 1)).not.toEqual(due);
  const tenth = await dueAfter(1, 10);
  for (const [index, ms] of tenth.entries()) expect(ms).toBeCloseTo((due[index] ?? 0) / 10, 1);
});

test('another client can use up a share of a rate', async () => {
  const { sso, clock, emulator } = await startUnder({
    seed: 1,
    ratesPerSecond: { ssoAdmin: 20 },
    otherClient: { ssoAdmin: 1 },
  });
  for (let call = 0; call < 50; call++) {
    clock.pass(100);
    await sso.listInstances().catch(() => {});
  }
  // The same calls alone would keep to half of the rate.
  expect(emulator.stats.throttled['sso-admin']).toBeGreaterThan(0);
});

test('a time scale makes the rates higher', async () => {
  const { sso, clock } = await startUnder({ seed: 1, timeScale: 10, ratesPerSecond: { ssoAdmin: 20 }, burst: 1 });
  await sso.listInstances();
  clock.pass(4);
  await expect(sso.listInstances()).rejects.toMatchObject(tooFast);
  clock.pass(1);
  await sso.listInstances();
});

test('the limits on requests under way hold under load, and the most of them is known', async () => {
  const { sso, emulator, clock, InstanceArn, user, permissionSet } = await startUnder({
    seed: 1,
    requestMs: { creation: [1000, 1000], provisioning: [1000, 1000] },
  });
  const PrincipalId = await user('hanako');
  const sets: string[] = [];
  for (let index = 0; index < 16; index++) sets.push(await permissionSet(`Set${index}`));
  const create = (PermissionSetArn: string | undefined) =>
    sso.createAccountAssignment({
      InstanceArn,
      ...target(production),
      PermissionSetArn,
      PrincipalType: 'USER',
      PrincipalId,
    });
  const provision = (PermissionSetArn: string | undefined) =>
    sso.provisionPermissionSet({ InstanceArn, ...target(staging), PermissionSetArn });
  const tooMany = {
    name: 'ThrottlingException',
    message: 'There are too many requests processing. Please try again later.',
  };
  for (const set of sets.slice(0, 15)) await create(set);
  await expect(create(sets[15])).rejects.toMatchObject(tooMany);
  for (const set of sets.slice(0, 3)) await provision(set);
  await expect(provision(sets[3])).rejects.toMatchObject(tooMany);
  clock.pass(1000);
  await create(sets[15]);
  await provision(sets[3]);
  expect(emulator.stats.mostInProgress).toEqual({ creations: 15, deletions: 0, assignments: 15, provisionings: 3 });
  expect(emulator.stats.throttled).toEqual({ 'sso-admin': 2 });
});

test('an emulator with the preset refuses what comes too fast, and counts calls that it does not keep', async () => {
  const clock = manualClock();
  const emulator = await startEmulator({ behaviour: { load: realisticLoad(1), now: clock.now }, keepCalls: false });
  const headers = { 'x-amz-target': 'SWBExternalService.ListInstances' };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => fetch(emulator.url, { method: 'POST', headers, body: '{}' })),
  );
  await emulator.close();
  const refused = answers.filter(({ status }) => status === 400).length;
  expect(refused).toBe(15);
  expect(emulator.stats.calls).toBe(20);
  expect(emulator.stats.throttled['sso-admin']).toBe(refused);
  expect(emulator.calls).toEqual([]);
});

test.each<[Partial<Load>, RegExp]>([
  [{ timeScale: 0.5 }, /timeScale/],
  [{ timeScale: 11 }, /timeScale/],
  [{ burst: 0 }, /burst/],
  [{ ratesPerSecond: { ssoAdmin: 0 } }, /rate/],
  [{ otherClient: { organizations: 2 } }, /share/],
  [{ latencyMs: { byOperation: { ListUsers: [2, 1] } } }, /range/],
  [{ requestMs: { deletion: [-1, 1] } }, /range/],
])('a load of %j makes no sense', async (part, message) => {
  await expect(startEmulator({ behaviour: { load: { seed: 1, ...part } } })).rejects.toThrow(message);
});

import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import {
  type Behaviour,
  type CallRecord,
  type Emulator,
  everyFault,
  type Fault,
  type Faults,
  type ScriptedFault,
  startEmulator,
} from '../../src/emulator/index.ts';
import { type Fixture, production, staging, start } from './clients.ts';
import { send } from './wire.ts';
import { depth } from '../support/depth.ts';

const scripted = (...script: ScriptedFault[]): Faults => ({ seed: 1, script });
const first = (operation: string, fault: Fault): Faults => scripted({ at: { operation, nth: 1 }, fault });

async function startWith(faults: Faults, behaviour: Partial<Behaviour> = {}): Promise<Fixture> {
  return start({ behaviour: { faults, ...behaviour } });
}

const createGroup = ({ emulator, IdentityStoreId }: Fixture, DisplayName = 'ops') =>
  send(emulator.url, 'AWSIdentityStore.CreateGroup', { IdentityStoreId, DisplayName });

const faultsOf = ({ calls }: Emulator) => calls.map(({ operation, outcome, fault }) => [operation, outcome, fault]);

test.each<[Fault, number, object]>([
  ['throttle', 400, { __type: 'ThrottlingException', Message: 'Rate exceeded', RetryAfterSeconds: 1 }],
  ['internal', 500, { __type: 'InternalServerException' }],
  ['busy', 400, { __type: 'ConflictException', Reason: 'CONCURRENT_MODIFICATION' }],
  ['credentialsExpired', 400, { __type: 'ExpiredTokenException' }],
])('%s is refused without effect, once', async (fault, status, body) => {
  const fixture = await startWith(first('CreateGroup', fault));
  const refused = await createGroup(fixture);
  expect({ status: refused.status, body: JSON.parse(refused.text) as object }).toMatchObject({ status, body });
  expect(fixture.emulator.world.groups.size).toBe(0);
  expect((await createGroup(fixture)).status).toBe(200);
  expect(faultsOf(fixture.emulator)).toEqual([
    ['CreateGroup', (body as { __type: string }).__type, fault],
    ['CreateGroup', 'ok', undefined],
  ]);
});

test.each<[Fault, number, object]>([
  ['throttle', 400, { __type: 'TooManyRequestsException' }],
  ['internal', 500, { __type: 'ServiceException' }],
  ['tokenExpired', 400, { __type: 'InvalidInputException', Reason: 'INVALID_NEXT_TOKEN' }],
])('Organizations has words of its own for %s', async (fault, status, body) => {
  const { emulator } = await startWith(scripted({ at: 1, fault }));
  const refused = await send(emulator.url, 'AWSOrganizationsV20161128.ListAccounts', {});
  expect({ status: refused.status, body: JSON.parse(refused.text) as object }).toMatchObject({ status, body });
});

test('a connection that is cut takes the write with it, or only its answer', async () => {
  const fixture = await startWith(scripted({ at: 1, fault: 'cutBefore' }, { at: 2, fault: 'cutAfter' }));
  const { groups } = fixture.emulator.world;
  await expect(createGroup(fixture)).rejects.toThrow('fetch failed');
  expect(groups.size).toBe(0);
  await expect(createGroup(fixture)).rejects.toThrow('fetch failed');
  expect(groups.size).toBe(1);
  expect((await createGroup(fixture)).text).toContain('Duplicate GroupDisplayName');
  expect(faultsOf(fixture.emulator)).toEqual([
    ['CreateGroup', 'LostAnswer', 'cutBefore'],
    ['CreateGroup', 'LostAnswer', 'cutAfter'],
    ['CreateGroup', 'ConflictException', undefined],
  ]);
});

test('an answer that never comes: the write took effect, and the connection stays open until the client gives up', async () => {
  const fixture = await startWith(first('CreateGroup', 'silent'));
  const client = new AbortController();
  let hasEnded = false;
  const silent = fetch(fixture.emulator.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSIdentityStore.CreateGroup' },
    body: JSON.stringify({ IdentityStoreId: fixture.IdentityStoreId, DisplayName: 'ops' }),
    signal: client.signal,
  }).finally(() => (hasEnded = true));
  await expect.poll(() => fixture.emulator.calls.length).toBe(1);
  await createGroup(fixture, 'another');
  expect(hasEnded).toBe(false);
  expect(fixture.emulator.world.groups.size).toBe(2);
  client.abort();
  await expect(silent).rejects.toThrow('aborted');
});

test('a write that arrives twice is answered as the second', async () => {
  const fixture = await startWith({
    seed: 1,
    byOperation: { CreateGroup: { repeated: 1 }, DeleteGroup: { repeated: 1 } },
  });
  const { store, IdentityStoreId, emulator } = fixture;
  await expect(store.createGroup({ IdentityStoreId, DisplayName: 'ops' })).rejects.toMatchObject({
    name: 'ConflictException',
    Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
  });
  const [group] = emulator.world.groups.rows();
  await expect(store.deleteGroup({ IdentityStoreId, GroupId: group?.GroupId })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  expect(emulator.world.groups.size).toBe(0);
});

test('an asynchronous request fails for a known reason; the next for the same succeeds', async () => {
  const { emulator, assign, permissionSet, user } = await startWith(first('CreateAccountAssignment', 'failed'));
  const input = { PermissionSetArn: await permissionSet('Admin'), PrincipalId: await user('ann') };
  const { Status, FailureReason } = await assign(input);
  expect(Status).toBe('FAILED');
  expect(FailureReason).toMatch(/unexpected internal service exception|takes longer than usual|404 status error/);
  expect(emulator.world.assignments.size + emulator.world.provisioned.size).toBe(0);
  expect((await assign(input)).Status).toBe('SUCCEEDED');
  expect(emulator.world.assignments.size).toBe(1);
});

test('what fails for good fails for the same reason however often it is tried, and others succeed', async () => {
  const failedForGood = 0.5;
  const { assign, permissionSet, user, emulator } = await startWith({ seed: 1, rates: { failedForGood } });
  const PrincipalId = await user('ann');
  const ends: string[][] = [];
  for (const name of ['A', 'B', 'C', 'D', 'E', 'F']) {
    const PermissionSetArn = await permissionSet(name);
    const tries: string[] = [];
    for (let nth = 0; nth < 5; nth += 1)
      tries.push((await assign({ PermissionSetArn, PrincipalId })).FailureReason ?? '');
    ends.push([...new Set(tries)]);
  }
  expect(ends.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(ends.flat()).toContain('');
  expect(emulator.world.assignments.size).toBe(ends.flat().filter((reason) => reason === '').length);
});

test('all provisioned accounts fail as one, also because one of them has lost its role', async () => {
  const faults = { seed: 1, byOperation: { ProvisionPermissionSet: { failed: 1 } }, mostInARow: Infinity };
  const { assign, permissionSet, user, sso, InstanceArn, emulator, clock } = await startWith(faults);
  const PermissionSetArn = await permissionSet('Admin');
  await assign({ PermissionSetArn, PrincipalId: await user('ann') });
  await assign({ PermissionSetArn, PrincipalId: await user('bob'), TargetId: staging });
  await sso.updatePermissionSet({ InstanceArn, PermissionSetArn, SessionDuration: 'PT2H' });
  const reasons = new Set<string>();
  for (let nth = 0; nth < 30; nth += 1) {
    await sso.provisionPermissionSet({ InstanceArn, PermissionSetArn, TargetType: 'ALL_PROVISIONED_ACCOUNTS' });
    clock.pass(200);
    await sso.listPermissionSetProvisioningStatus({ InstanceArn });
  }
  for (const { FailureReason = '' } of emulator.world.requests.by('kind', 'provisioning')) reasons.add(FailureReason);
  expect([...reasons].filter((reason) => reason.includes('Assignment not found'))).toHaveLength(1);
  expect(reasons.size).toBe(4);
  expect(emulator.world.provisioned.rows().map(({ Content }) => Content.SessionDuration)).toEqual(['PT1H', 'PT1H']);
});

test('a status is unknown, or missing from the list, until the bound', async () => {
  const script: ScriptedFault[] = [
    { at: { operation: 'CreateAccountAssignment', nth: 1 }, fault: 'statusUnknown' },
    { at: { operation: 'CreateAccountAssignment', nth: 2 }, fault: 'statusUnlisted' },
  ];
  const { sso, InstanceArn, permissionSet, user, clock } = await startWith({ seed: 1, script, behindMs: 100 });
  const begin = async (TargetId: string): Promise<string | undefined> => {
    const { AccountAssignmentCreationStatus: status } = await sso.createAccountAssignment({
      InstanceArn,
      TargetId,
      TargetType: 'AWS_ACCOUNT',
      PermissionSetArn,
      PrincipalType: 'USER',
      PrincipalId,
    });
    return status?.RequestId;
  };
  const describe = async (AccountAssignmentCreationRequestId: string | undefined) =>
    (await sso.describeAccountAssignmentCreationStatus({ InstanceArn, AccountAssignmentCreationRequestId }))
      .AccountAssignmentCreationStatus?.Status;
  const list = async () =>
    (await sso.listAccountAssignmentCreationStatus({ InstanceArn })).AccountAssignmentsCreationStatus?.map(
      ({ RequestId }) => RequestId,
    );
  const PermissionSetArn = await permissionSet('Admin');
  const PrincipalId = await user('ann');
  const unknown = await begin(production);
  const unlisted = await begin(staging);
  await expect(describe(unknown)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect(await describe(unlisted)).toBe('IN_PROGRESS');
  expect(await list()).toEqual([unknown]);
  clock.pass(100);
  expect(await describe(unknown)).toBe('SUCCEEDED');
  expect(await list()).toEqual([unknown, unlisted]);
});

test('a host that is behind reads what was, and knows nothing of what is new, until the bound', async () => {
  const { sso, store, InstanceArn, IdentityStoreId, clock, emulator, permissionSet, user, group } = await startWith({
    seed: 1,
    rates: { stale: 1 },
    behindMs: 100,
    mostInARow: Infinity,
  });
  const userNames = async () => (await store.listUsers({ IdentityStoreId })).Users?.map(({ UserName }) => UserName);
  const UserId = await user('ann');
  const GroupId = await group('ops');
  const PermissionSetArn = await permissionSet('Admin');
  const unknown = { name: 'ResourceNotFoundException' };
  expect(await userNames()).toEqual([]);
  await expect(sso.describePermissionSet({ InstanceArn, PermissionSetArn })).rejects.toMatchObject(unknown);
  const join = () => store.createGroupMembership({ IdentityStoreId, GroupId, MemberId: { UserId } });
  await expect(join()).rejects.toMatchObject({ ...unknown, ResourceType: 'GROUP' });
  const target = { InstanceArn, TargetId: production, TargetType: 'AWS_ACCOUNT' } as const;
  await expect(
    sso.createAccountAssignment({ ...target, PermissionSetArn, PrincipalType: 'USER', PrincipalId: UserId }),
  ).rejects.toMatchObject(unknown);
  expect(emulator.world.memberships.size + emulator.world.requests.size).toBe(0);

  clock.pass(100);
  expect(await userNames()).toEqual(['ann']);
  await sso.describePermissionSet({ InstanceArn, PermissionSetArn });
  await join();
  await store.deleteUser({ IdentityStoreId, UserId });
  expect(await userNames()).toEqual(['ann']);
  clock.pass(99);
  expect(await userNames()).toEqual(['ann']);
  clock.pass(1);
  expect(await userNames()).toEqual([]);
});

test('a listing goes on from a host that is behind to one that is not', async () => {
  const script: ScriptedFault[] = [{ at: { operation: 'ListUsers', nth: 1 }, fault: 'stale' }];
  const { store, IdentityStoreId, clock, user } = await startWith({ seed: 1, script, behindMs: 100 });
  for (const name of ['ann', 'bob', 'cy']) await user(name);
  clock.pass(100);
  await user('dan');
  const page = await store.listUsers({ IdentityStoreId, MaxResults: 2 });
  const rest = await store.listUsers({ IdentityStoreId, NextToken: page.NextToken });
  expect([page, rest].map(({ Users }) => Users?.map(({ UserName }) => UserName))).toEqual([
    ['ann', 'bob'],
    ['cy', 'dan'],
  ]);
});

test("a page's token expires, and the first page is there as ever", async () => {
  const { store, IdentityStoreId, user } = await startWith({ seed: 1, rates: { tokenExpired: 1 } });
  for (const name of ['ann', 'bob']) await user(name);
  const list = (NextToken?: string) => store.listUsers({ IdentityStoreId, MaxResults: 1, NextToken });
  const { NextToken } = await list();
  await expect(list(NextToken)).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'The provided NextToken is invalid.',
  });
  expect((await list()).Users).toHaveLength(1);
});

test('credentials expire in the middle of a run, and new ones come', async () => {
  const fixture = await startWith(scripted({ at: 2, fault: 'credentialsExpired', times: Infinity }));
  const statuses = async (...names: string[]) => {
    const answers = [];
    for (const name of names) answers.push((await createGroup(fixture, name)).status);
    return answers;
  };
  expect(await statuses('a', 'b', 'c', 'd')).toEqual([200, 400, 400, 400]);
  fixture.emulator.setFaults(undefined);
  expect(await statuses('e')).toEqual([200]);
  expect(fixture.emulator.world.groups.rows().map(({ DisplayName }) => DisplayName)).toEqual(['a', 'e']);
});

test('no more faults in a row for the same call than was said', async () => {
  const fixture = await startWith({ seed: 1, rates: { throttle: 1 }, mostInARow: 2 });
  const statuses = [];
  for (let nth = 0; nth < 7; nth += 1) statuses.push((await createGroup(fixture, `g${nth % 2}`)).status);
  // Two names take turns, so each is refused twice, and then comes through.
  expect(statuses).toEqual([400, 400, 400, 400, 200, 200, 400]);
});

/** Makes three users and a group of them, asking again whatever is refused; answers which fault each call met. */
async function tellFaults(seed: number, names: readonly string[]): Promise<string[]> {
  const { cutBefore: _before, cutAfter: _after, silent: _silent, ...rates } = everyFault(seed).rates ?? {};
  const emulator = await startEmulator({
    behaviour: { faults: { seed, rates: { ...rates, throttle: 0.3 }, behindMs: 0 } },
  });
  const { IdentityStoreId } = emulator.world.instance;
  const call = async (operation: string, input: object): Promise<unknown> => {
    for (;;) {
      const { status, text } = await send(emulator.url, `AWSIdentityStore.${operation}`, { IdentityStoreId, ...input });
      if (status === 200 || text.includes('UNIQUENESS')) return JSON.parse(text);
    }
  };
  try {
    await call('CreateGroup', { DisplayName: 'ops' });
    const [GroupId] = emulator.world.groups.rows().map((row) => row.GroupId);
    for (const UserName of names) {
      await call('CreateUser', { UserName, DisplayName: UserName, Name: { GivenName: 'A', FamilyName: 'B' } });
    }
    for (const name of names) {
      const [user] = emulator.world.users.by('name', name);
      await call('CreateGroupMembership', { GroupId, MemberId: { UserId: user?.UserId } });
    }
    const nameOf = (entry: CallRecord): string => {
      const { UserName, MemberId } = entry.input as { UserName?: string; MemberId?: { UserId: string } };
      return UserName ?? emulator.world.users.get(MemberId?.UserId ?? '')?.UserName ?? '';
    };
    return emulator.calls.map((entry) => `${entry.operation} ${nameOf(entry)}: ${entry.fault ?? 'none'}`).sort();
  } finally {
    await emulator.close();
  }
}

it('meets the same faults for the same seed, in whatever order calls come, and others for another', async () => {
  const names = ['ann', 'bob', 'cy', 'dan'];
  const usual = await tellFaults(7, names);
  expect(usual.filter((text) => !text.endsWith('none')).length).toBeGreaterThan(1);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(names, { minLength: names.length }), async (order) => {
      expect(await tellFaults(7, order)).toEqual(usual);
    }),
    depth(6),
  );
  expect(await tellFaults(8, names)).not.toEqual(usual);
});

test('a run of some hundred calls meets most of the faults', async () => {
  const { emulator, IdentityStoreId } = await startWith({
    ...everyFault(3),
    byOperation: { CreateGroup: { silent: 0 } },
  });
  for (let nth = 0; nth < 400; nth += 1) {
    const group = { IdentityStoreId, DisplayName: `g${nth % 40}` };
    await send(emulator.url, 'AWSIdentityStore.CreateGroup', group).catch(() => {});
  }
  const met = new Set(emulator.calls.flatMap(({ fault }) => fault ?? []));
  for (const fault of ['throttle', 'internal', 'cutBefore', 'cutAfter', 'busy', 'repeated', 'stale']) {
    expect(met).toContain(fault);
  }
});

test.each<[Faults, string]>([
  [{ seed: 1, rates: { throttle: 2 } }, "A fault's rate is a number from 0 to 1"],
  [{ seed: 1, byOperation: { ListUsers: { flood: 0.1 } as object } }, 'Unknown fault flood'],
  [scripted({ at: 0, fault: 'busy' }), 'Calls count from 1'],
  [scripted({ at: 1, fault: 'flood' as Fault }), 'Unknown fault flood'],
  [{ seed: 1, mostInARow: 0 }, 'mostInARow is a number from 1 up'],
  [{ seed: 1, behindMs: -1 }, 'behindMs is a number from 0 up'],
])('refuses %j', async (faults, message) => {
  await expect(startEmulator({ behaviour: { faults } })).rejects.toThrow(message);
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../../src/emulator/index.ts';
import { management, production, start } from './clients.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'emulator-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('everything is there again after a restart, ids included', async () => {
  const store = path.join(temporaryFolder(), 'state.json');
  const one = await start({ store });
  const [UserId, GroupId, PermissionSetArn] = [
    await one.user('hanako'),
    await one.group('platform'),
    await one.permissionSet('Admin'),
  ];
  const { InstanceArn, IdentityStoreId } = one;
  await one.store.createGroupMembership({ IdentityStoreId, GroupId, MemberId: { UserId } });
  await one.assign({ PermissionSetArn, PrincipalId: UserId });
  await one.sso.updatePermissionSet({ InstanceArn, PermissionSetArn, SessionDuration: 'PT2H' });
  const ApplicationProviderArn = 'arn:aws:sso::aws:applicationProvider/custom';
  const { ApplicationArn } = await one.sso.createApplication({ InstanceArn, ApplicationProviderArn, Name: 'Wiki' });
  await one.sso.createApplicationAssignment({ ApplicationArn, PrincipalType: 'USER', PrincipalId: UserId });
  await one.sso.createInstanceAccessControlAttributeConfiguration({
    InstanceArn,
    InstanceAccessControlAttributeConfiguration: {
      AccessControlAttributes: [{ Key: 'team', Value: { Source: ['${path:title}'] } }],
    },
  });
  await one.emulator.close();

  const two = await start({ store });
  expect(two.emulator.world.instance).toEqual(one.emulator.world.instance);
  const tables = [
    'accounts',
    'users',
    'groups',
    'memberships',
    'permissionSets',
    'assignments',
    'applications',
    'applicationAssignments',
    'provisioned',
    'requests',
  ] as const;
  for (const table of tables) expect(two.emulator.world[table].rows()).toEqual(one.emulator.world[table].rows());
  expect(two.InstanceArn).toBe(InstanceArn);
  // The copy in the account is still the old one.
  expect(two.emulator.world.provisioned.rows()).toMatchObject([{ Content: { SessionDuration: 'PT1H' } }]);
  expect(await two.user('taro')).not.toBe(UserId);
});

test('a store of before there were applications is read as one without any', async () => {
  const store = path.join(temporaryFolder(), 'state.json');
  const one = await start({ store });
  await one.user('hanako');
  await one.emulator.close();
  const stored = JSON.parse(readFileSync(store, 'utf8')) as { tables: Record<string, unknown> };
  const { applications: _none, applicationAssignments: _neither, ...tables } = stored.tables;
  writeFileSync(store, JSON.stringify({ ...stored, tables }));
  const two = await start({ store });
  expect(two.emulator.world.users.size).toBe(1);
  expect(two.emulator.world.applications.size).toBe(0);
});

test('a store that was written before resources had folders is read as it was, and written the same', async () => {
  const written = readFileSync(new URL('store-of-format-1.json', import.meta.url), 'utf8');
  const store = path.join(temporaryFolder(), 'state.json');
  writeFileSync(store, written);
  const {
    emulator,
    sso,
    store: identityStore,
    organizations,
    InstanceArn,
    IdentityStoreId,
    clock,
  } = await start({ store });
  const { provisioned, jobs, requests, instance } = emulator.world;
  const { Users = [] } = await identityStore.listUsers({ IdentityStoreId });
  expect(Users).toMatchObject([{ UserName: 'hanako', Emails: [{ Value: 'hanako@example.com' }] }]);
  const { Applications } = await sso.listApplications({ InstanceArn });
  expect(Applications?.map(({ Name }) => Name)).toEqual(['Salesforce', 'Wiki']);
  expect(instance.AccessControl?.Attributes).toMatchObject([{ Key: 'team' }]);
  const [root] = (await organizations.listRoots({})).Roots ?? [];
  expect((await organizations.listTagsForResource({ ResourceId: root?.Id })).Tags).toEqual([{ Key: 'r', Value: '1' }]);

  // The copy of the set in the account is the one of before its last change, until the job that was left gets there.
  const [copy] = provisioned.rows();
  expect(copy?.Content.SessionDuration).toBe('PT1H');
  expect(jobs.rows().map(({ Content }) => Content?.SessionDuration)).toEqual(['PT2H', 'PT2H']);
  const [first, second] = jobs.rows();
  expect(first?.Content).toBe(second?.Content);
  expect(requests.by('kindAndStatus', 'provisioning IN_PROGRESS')).toHaveLength(1);
  await emulator.close();
  expect(JSON.parse(readFileSync(store, 'utf8'))).toMatchObject(JSON.parse(written) as object);

  clock.pass(60_000);
  const later = await start({ store, behaviour: { now: clock.now } });
  expect(later.emulator.world.provisioned.rows().map(({ Content }) => Content.SessionDuration)).toEqual([
    'PT2H',
    'PT2H',
  ]);
});

test('a request that was pending when the emulator stopped still takes effect', async () => {
  const store = path.join(temporaryFolder(), 'state.json');
  const one = await start({ store });
  const { InstanceArn, sso, clock } = one;
  const [PrincipalId, PermissionSetArn] = [await one.user('hanako'), await one.permissionSet('Admin')];
  const { AccountAssignmentCreationStatus } = await sso.createAccountAssignment({
    InstanceArn,
    PermissionSetArn,
    TargetId: production,
    TargetType: 'AWS_ACCOUNT',
    PrincipalType: 'USER',
    PrincipalId,
  });
  await one.emulator.close();
  clock.pass(50);

  const two = await start({ store, behaviour: { now: clock.now } });
  const status = await two.sso.describeAccountAssignmentCreationStatus({
    InstanceArn,
    AccountAssignmentCreationRequestId: AccountAssignmentCreationStatus?.RequestId,
  });
  expect(status.AccountAssignmentCreationStatus?.Status).toBe('SUCCEEDED');
  expect(two.emulator.world.assignments.size).toBe(1);
});

test('an answer means that the change is on disk; parallel changes share writes; nothing temporary is left', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'state.json');
  const { group } = await start({ store: file });
  const names = Array.from({ length: 20 }, (_, index) => `group${index}`);
  await Promise.all(
    names.map(async (name) => {
      await group(name);
      expect(readFileSync(file, 'utf8')).toContain(`"${name}"`);
    }),
  );
  expect(readdirSync(folder)).toEqual(['state.json']);
});

test('the store wins over the seed, which adds the accounts and OUs that are missing', async () => {
  const store = path.join(temporaryFolder(), 'state.json');
  const one = await start({ store, seed: { accounts: [{ id: production, name: 'production' }] } });
  await one.user('hanako');
  await one.emulator.close();
  const accounts = [
    { id: production, name: 'renamed' },
    { id: '666666666666', name: 'data', ou: 'Workloads/Data' },
  ];
  const { emulator } = await start({ store, seed: { region: 'eu-west-1', accounts } });
  expect(emulator.world.accounts.rows().map(({ Name }) => Name)).toEqual(['production', 'management', 'data']);
  expect(emulator.world.organizationalUnits.rows().map(({ Name }) => Name)).toEqual(['Workloads', 'Data']);
  expect(emulator.world.instance.Region).toBe('us-east-1');
  expect(emulator.world.users.size).toBe(1);
  expect(emulator.world.accounts.has(management)).toBe(true);
});

test.each([
  ['broken JSON', '{"formatVersion":1,', /JSON/],
  ['another format', '{"formatVersion":2}', /format version is 2, and this emulator knows 1/],
  ['nothing of the kind', 'null', /format version is undefined/],
])('a store with %s is refused by name and left as it is', async (_what, text, message) => {
  const file = path.join(temporaryFolder(), 'state.json');
  writeFileSync(file, text);
  const failure = await startEmulator({ store: file }).catch((error: Error) => error.message);
  expect(failure).toMatch(message);
  expect(failure).toContain(file);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

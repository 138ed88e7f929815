import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { management, production, start, type Fixture } from './clients.ts';
import { send } from './wire.ts';

const custom = 'arn:aws:sso::aws:applicationProvider/custom';
const notFound = { name: 'ResourceNotFoundException' };

async function make({ sso, InstanceArn }: Fixture, Name = 'Wiki'): Promise<string> {
  const made = await sso.createApplication({ InstanceArn, ApplicationProviderArn: custom, Name });
  return made.ApplicationArn ?? '';
}

test('an application is made, described, tagged, listed and deleted', async () => {
  const fixture = await start();
  const { sso, InstanceArn, changes } = fixture;
  const ApplicationArn = await make(fixture);
  expect(ApplicationArn).toMatch(/^arn:aws:sso::111111111111:application\/ssoins-[0-9a-f]{16}\/apl-[0-9a-f]{16}$/);
  expect(await sso.describeApplication({ ApplicationArn })).toMatchObject({
    Name: 'Wiki',
    ApplicationAccount: management,
    InstanceArn,
    Status: 'ENABLED',
    CreatedFrom: 'us-east-1',
  });
  await sso.tagResource({ ResourceArn: ApplicationArn, Tags: [{ Key: 'team', Value: 'a' }] });
  expect((await sso.listTagsForResource({ ResourceArn: ApplicationArn })).Tags).toEqual([{ Key: 'team', Value: 'a' }]);
  expect(await sso.getApplicationAssignmentConfiguration({ ApplicationArn })).toMatchObject({
    AssignmentRequired: true,
  });
  await sso.putApplicationAssignmentConfiguration({ ApplicationArn, AssignmentRequired: false });
  expect(await sso.getApplicationAssignmentConfiguration({ ApplicationArn })).toMatchObject({
    AssignmentRequired: false,
  });
  await sso.deleteApplication({ ApplicationArn });
  expect((await sso.listApplications({ InstanceArn })).Applications).toEqual([]);
  await expect(sso.describeApplication({ ApplicationArn })).rejects.toMatchObject(notFound);
  expect(changes.map(({ type }) => type)).toEqual([
    'application-created',
    'application-updated',
    'application-updated',
    'application-deleted',
  ]);
});

test('an update changes what it names and keeps the rest', async () => {
  const fixture = await start();
  const { sso, InstanceArn } = fixture;
  const { ApplicationArn } = await sso.createApplication({
    InstanceArn,
    ApplicationProviderArn: custom,
    Name: 'Wiki',
    Description: 'Our wiki',
    PortalOptions: { Visibility: 'DISABLED' },
  });
  const SignInOptions = { Origin: 'APPLICATION', ApplicationUrl: 'https://wiki.example.com' } as const;
  await sso.updateApplication({ ApplicationArn, Name: 'Wiki 2', Status: 'DISABLED', PortalOptions: { SignInOptions } });
  expect(await sso.describeApplication({ ApplicationArn })).toMatchObject({
    Name: 'Wiki 2',
    Description: 'Our wiki',
    Status: 'DISABLED',
    PortalOptions: { Visibility: 'DISABLED', SignInOptions },
  });
  const unknown = `${ApplicationArn?.slice(0, -4)}ffff`;
  await expect(sso.updateApplication({ ApplicationArn: unknown, Name: 'x' })).rejects.toMatchObject(notFound);
});

test('access scopes are put, read page by page, replaced and deleted, and go with their application', async () => {
  const fixture = await start();
  const { sso, InstanceArn, emulator } = fixture;
  const ApplicationArn = await make(fixture);
  const Scope = 's3:access_grants:read_write';
  await sso.putApplicationAccessScope({ ApplicationArn, Scope, AuthorizedTargets: [InstanceArn] });
  expect(await sso.getApplicationAccessScope({ ApplicationArn, Scope })).toMatchObject({
    Scope,
    AuthorizedTargets: [InstanceArn],
  });
  await sso.putApplicationAccessScope({ ApplicationArn, Scope });
  expect(await sso.getApplicationAccessScope({ ApplicationArn, Scope })).not.toHaveProperty('AuthorizedTargets');

  for (let n = 1; n <= 10; n++) await sso.putApplicationAccessScope({ ApplicationArn, Scope: `scope_${n}` });
  const first = await sso.listApplicationAccessScopes({ ApplicationArn });
  expect(first.Scopes).toHaveLength(10);
  const { Scopes } = await sso.listApplicationAccessScopes({ ApplicationArn, NextToken: first.NextToken });
  expect(Scopes).toEqual([{ Scope: 'scope_10' }]);

  await sso.deleteApplicationAccessScope({ ApplicationArn, Scope });
  await expect(sso.getApplicationAccessScope({ ApplicationArn, Scope })).rejects.toMatchObject(notFound);
  await expect(sso.deleteApplicationAccessScope({ ApplicationArn, Scope })).rejects.toMatchObject(notFound);
  await sso.deleteApplication({ ApplicationArn });
  expect(emulator.world.applicationAccessScopes.size).toBe(0);
});

test('two applications can have one name; a repeated client token makes no second one', async () => {
  const fixture = await start();
  const { sso, InstanceArn } = fixture;
  const [one, two] = [await make(fixture), await make(fixture)];
  expect(one).not.toBe(two);
  const input = { InstanceArn, ApplicationProviderArn: custom, Name: 'Shop', ClientToken: 'token' };
  expect((await sso.createApplication(input)).ApplicationArn).toBe((await sso.createApplication(input)).ApplicationArn);
  expect((await sso.listApplications({ InstanceArn })).Applications).toHaveLength(3);
});

test('a client token that comes again with other parameters is refused, also after a restart', async () => {
  const store = path.join(mkdtempSync(path.join(tmpdir(), 'emulator-store-')), 'state.json');
  onTestFinished(() => rmSync(path.dirname(store), { recursive: true, force: true }));
  const one = await start({ store });
  const input = { InstanceArn: one.InstanceArn, ApplicationProviderArn: custom, Name: 'Shop', ClientToken: 'token' };
  await one.sso.createApplication(input);
  const mismatch = { name: 'IdempotentParameterMismatch' };
  await expect(one.sso.createApplication({ ...input, Name: 'Store' })).rejects.toMatchObject(mismatch);
  await one.emulator.close();
  const { sso, InstanceArn, emulator } = await start({ store });
  await expect(sso.createApplication({ ...input, Status: 'DISABLED' })).rejects.toMatchObject(mismatch);
  await sso.createApplication(input);
  expect((await sso.listApplications({ InstanceArn })).Applications).toHaveLength(1);
  const { text } = await send(emulator.url, 'SWBExternalService.ListApplications', { InstanceArn });
  expect(text).toContain('Shop');
  expect(text).not.toContain('Client');
});

test('the assignments of an application are deleted with it', async () => {
  const fixture = await start();
  const { sso, emulator, changes } = fixture;
  const [ApplicationArn, other] = [await make(fixture), await make(fixture, 'Shop')];
  const PrincipalId = await fixture.user('hanako');
  for (const arn of [ApplicationArn, other]) {
    await sso.createApplicationAssignment({ ApplicationArn: arn, PrincipalType: 'USER', PrincipalId });
  }
  await sso.deleteApplication({ ApplicationArn });
  expect(emulator.world.applicationAssignments.rows()).toMatchObject([{ ApplicationArn: other }]);
  expect(changes.slice(-2)).toEqual([
    { type: 'application-deleted', applicationArn: ApplicationArn },
    {
      type: 'application-assignment-deleted',
      applicationArn: ApplicationArn,
      principalType: 'USER',
      principalId: PrincipalId,
    },
  ]);
});

test('the providers are listed; SAML applications are not made over the API, and come from a seed', async () => {
  const seed = { applications: [{ name: 'Salesforce', account: production, assignmentRequired: false }] };
  const { sso, InstanceArn } = await start({ seed });
  const { ApplicationProviders = [] } = await sso.listApplicationProviders({});
  expect(ApplicationProviders.map(({ FederationProtocol }) => FederationProtocol)).toEqual(['OAUTH', 'SAML']);
  const saml = ApplicationProviders[1]?.ApplicationProviderArn ?? '';
  const create = (ApplicationProviderArn: string): Promise<unknown> =>
    sso.createApplication({ InstanceArn, ApplicationProviderArn, Name: 'x' });
  await expect(create(saml)).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(create('arn:aws:sso::aws:applicationProvider/none')).rejects.toMatchObject(notFound);
  const listed = (Filter: object): Promise<unknown> =>
    sso.listApplications({ InstanceArn, Filter }).then(({ Applications }) => Applications?.map(({ Name }) => Name));
  expect(await listed({ ApplicationAccount: production, ApplicationProvider: saml })).toEqual(['Salesforce']);
  expect(await listed({ ApplicationAccount: management })).toEqual([]);
  expect(await listed({ ApplicationProvider: custom })).toEqual([]);
});

test('a page of applications is never longer than 50', async () => {
  const applications = Array.from({ length: 60 }, (_, index) => ({ name: `App ${index}` }));
  const { sso, InstanceArn } = await start({ seed: { applications } });
  const first = await sso.listApplications({ InstanceArn, MaxResults: 100 });
  expect(first.Applications).toHaveLength(50);
  const second = await sso.listApplications({ InstanceArn, MaxResults: 100, NextToken: first.NextToken });
  expect(second.Applications).toHaveLength(10);
  expect(second.NextToken).toBeUndefined();
});

test('an assignment is made, described, listed both ways and taken away at once', async () => {
  const fixture = await start();
  const { sso, store, InstanceArn, IdentityStoreId, changes } = fixture;
  const ApplicationArn = await make(fixture);
  const [UserId, GroupId] = [await fixture.user('hanako'), await fixture.group('sales')];
  await store.createGroupMembership({ IdentityStoreId, GroupId, MemberId: { UserId } });
  const user = { PrincipalType: 'USER', PrincipalId: UserId } as const;
  const group = { PrincipalType: 'GROUP', PrincipalId: GroupId } as const;
  await sso.createApplicationAssignment({ ApplicationArn, ...user });
  await sso.createApplicationAssignment({ ApplicationArn, ...group });
  expect(await sso.describeApplicationAssignment({ ApplicationArn, ...user })).toMatchObject(user);
  expect((await sso.listApplicationAssignments({ ApplicationArn })).ApplicationAssignments).toMatchObject([
    user,
    group,
  ]);
  const ofUser = await sso.listApplicationAssignmentsForPrincipal({ InstanceArn, ...user });
  expect(ofUser.ApplicationAssignments).toEqual(
    expect.arrayContaining([
      { ApplicationArn, ...user },
      { ApplicationArn, ...group },
    ]),
  );
  await sso.deleteApplicationAssignment({ ApplicationArn, ...user });
  await expect(sso.describeApplicationAssignment({ ApplicationArn, ...user })).rejects.toMatchObject(notFound);
  await expect(sso.deleteApplicationAssignment({ ApplicationArn, ...user })).rejects.toMatchObject(notFound);
  expect(changes.map(({ type }) => type).filter((type) => type.startsWith('application-assignment'))).toEqual([
    'application-assignment-created',
    'application-assignment-created',
    'application-assignment-deleted',
  ]);
});

test('what is not documented of assignments can be had both ways', async () => {
  const behaviour = {
    createApplicationAssignmentAgain: 'success',
    deleteAbsentApplicationAssignment: 'success',
    applicationsForUser: 'direct',
    applicationAssignmentsOfDeletedPrincipal: 'vanish',
  } as const;
  for (const [given, again, absent, ofUser, left] of [
    [{}, 'ConflictException', 'ResourceNotFoundException', 1, 1],
    [behaviour, 'ok', 'ok', 0, 0],
  ] as const) {
    const fixture = await start({ behaviour: given });
    const { sso, store, InstanceArn, IdentityStoreId } = fixture;
    const ApplicationArn = await make(fixture);
    const [UserId, GroupId] = [await fixture.user('hanako'), await fixture.group('sales')];
    await store.createGroupMembership({ IdentityStoreId, GroupId, MemberId: { UserId } });
    const group = { ApplicationArn, PrincipalType: 'GROUP', PrincipalId: GroupId } as const;
    const user = { ApplicationArn, PrincipalType: 'USER', PrincipalId: UserId } as const;
    const outcome = (call: Promise<unknown>): Promise<string> =>
      call.then(
        () => 'ok',
        (error: Error) => error.name,
      );
    await sso.createApplicationAssignment(group);
    expect(await outcome(sso.createApplicationAssignment(group))).toBe(again);
    expect(await outcome(sso.deleteApplicationAssignment(user))).toBe(absent);
    const listed = await sso.listApplicationAssignmentsForPrincipal({
      InstanceArn,
      PrincipalType: 'USER',
      PrincipalId: UserId,
    });
    expect(listed.ApplicationAssignments).toHaveLength(ofUser);
    await store.deleteGroup({ IdentityStoreId, GroupId });
    expect((await sso.listApplicationAssignments({ ApplicationArn })).ApplicationAssignments).toHaveLength(left);
    // What is left names somebody who is gone, and can be taken away.
    if (left > 0) await sso.deleteApplicationAssignment(group);
    expect((await sso.listApplicationAssignments({ ApplicationArn })).ApplicationAssignments).toEqual([]);
  }
});

test('nobody can be assigned who is not there, and so many groups only', async () => {
  const fixture = await start({ behaviour: { quotas: { groupsPerApplication: 1, applications: 1 } } });
  const { sso } = fixture;
  const ApplicationArn = await make(fixture);
  const PrincipalType = 'GROUP';
  await sso.createApplicationAssignment({ ApplicationArn, PrincipalType, PrincipalId: await fixture.group('a') });
  const quota = { name: 'ServiceQuotaExceededException' };
  const second = { ApplicationArn, PrincipalType, PrincipalId: await fixture.group('b') } as const;
  await expect(sso.createApplicationAssignment(second)).rejects.toMatchObject(quota);
  await expect(make(fixture, 'another')).rejects.toMatchObject(quota);
  const nobody = { ApplicationArn, PrincipalType, PrincipalId: '00000000-0000-0000-0000-000000000000' } as const;
  await expect(sso.createApplicationAssignment(nobody)).rejects.toMatchObject(notFound);
});

test('a delegated administrator lists by principal with a filter only', async () => {
  const seed = { delegatedAdministrators: [production], caller: { accountId: production } };
  const fixture = await start({ seed });
  const { sso, InstanceArn } = fixture;
  const ApplicationArn = await make(fixture);
  const principal = { InstanceArn, PrincipalType: 'USER', PrincipalId: await fixture.user('hanako') } as const;
  await expect(sso.listApplicationAssignmentsForPrincipal(principal)).rejects.toMatchObject({
    name: 'ValidationException',
  });
  const filtered = await sso.listApplicationAssignmentsForPrincipal({ ...principal, Filter: { ApplicationArn } });
  expect(filtered.ApplicationAssignments).toEqual([]);
});

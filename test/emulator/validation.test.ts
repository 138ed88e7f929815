import { expect, test } from 'vitest';
import { string } from '../../src/emulator/core/shape.ts';
import { readInput } from '../../src/emulator/core/validate.ts';
import { start } from './clients.ts';
import { send } from './wire.ts';

/** The error of a call that must be refused. */
async function refusal(url: string, target: string, body: object): Promise<{ __type: string; Message: string }> {
  const { status, text } = await send(url, target, body);
  expect(status).toBe(400);
  return JSON.parse(text) as { __type: string; Message: string };
}

test.each([
  [
    'a missing member',
    { Name: undefined },
    "Value null at 'name' failed to satisfy constraint: Member must not be null",
  ],
  [
    'a pattern',
    { Name: 'no spaces' },
    "Value 'no spaces' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
  ],
  ['a length', { Name: 'x'.repeat(33) }, 'Member must have length less than or equal to 32'],
  ['an empty text', { Description: '' }, "Value '' at 'description'"],
  ['what is not Latin-1', { Description: '管理者' }, 'Member must satisfy regular expression pattern'],
  [
    'a list too long',
    { Tags: Array.from({ length: 76 }, () => ({ Key: 'a', Value: '' })) },
    'length less than or equal to 75',
  ],
  ['a member of a list', { Tags: [{ Key: '', Value: '' }] }, "Value '' at 'tags.1.member.key'"],
  ['a session too short', { SessionDuration: 'PT59M' }, 'Session duration PT59M is not valid'],
  ['a session of days', { SessionDuration: 'P1DT2H' }, 'Session duration P1DT2H is not valid'],
  ['a negative session', { SessionDuration: '-PT2H' }, 'Session duration -PT2H is not valid'],
  ['a session too long', { SessionDuration: 'PT12H1S' }, 'Session duration PT12H1S is not valid'],
])('sso-admin refuses %s', async (_what, input, message) => {
  const { emulator, InstanceArn } = await start();
  const body = { InstanceArn, Name: 'Admin', ...input };
  const { __type, Message } = await refusal(emulator.url, 'SWBExternalService.CreatePermissionSet', body);
  expect(__type).toBe('ValidationException');
  expect(Message).toContain(message);
});

test('all that is wrong is told at once', async () => {
  const { emulator } = await start();
  const { Message } = await refusal(emulator.url, 'SWBExternalService.CreateAccountAssignment', {
    InstanceArn: emulator.world.instance.InstanceArn,
    TargetId: 'production',
    TargetType: 'AWS_ACCOUNT',
    PermissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef',
    PrincipalType: 'ROLE',
    PrincipalId: '00000000-0000-4000-8000-000000000000',
  });
  expect(Message).toMatch(/^3 validation errors detected: Value 'production' at 'targetId'/);
  expect(Message).toContain(
    "Value 'ROLE' at 'principalType' failed to satisfy constraint: Member must satisfy enum value set: [USER, GROUP]",
  );
});

test('a session of 1 to 12 hours is accepted however it is written', async () => {
  const { sso, InstanceArn } = await start();
  for (const [index, SessionDuration] of ['PT1H', 'PT12H', 'PT90M', 'P0DT8H', 'PT3600S'].entries()) {
    const { PermissionSet } = await sso.createPermissionSet({ InstanceArn, Name: `Set${index}`, SessionDuration });
    expect(PermissionSet?.SessionDuration).toBe(SessionDuration);
  }
});

test('the identity store refuses in the same words', async () => {
  const { emulator, store, IdentityStoreId } = await start();
  const target = 'AWSIdentityStore.CreateUser';
  expect((await refusal(emulator.url, target, { IdentityStoreId: 'd-none', UserName: 'a' })).Message).toBe(
    "1 validation error detected: Value 'd-none' at 'identityStoreId' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:aws[a-z-]*:identitystore::\\d{12}:identitystore/)?(d-[0-9a-f]{10}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",
  );
  const emails = { IdentityStoreId, UserName: 'a', Emails: [{ Value: 'a@x.y' }, { Value: 'b@x.y' }] };
  expect((await refusal(emulator.url, target, emails)).Message).toContain('length less than or equal to 1');
  await expect(store.listUsers({ IdentityStoreId, MaxResults: 101 })).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('Member must have value less than or equal to 100'),
  });
  const nobody = { IdentityStoreId, GroupId: '00000000-0000-4000-8000-000000000000', MemberId: {} };
  expect((await refusal(emulator.url, 'AWSIdentityStore.CreateGroupMembership', nobody)).Message).toContain(
    "at 'memberId'",
  );
});

test('Organizations has an error and reasons of its own', async () => {
  const { organizations } = await start();
  await expect(organizations.listAccounts({ MaxResults: 21 })).rejects.toMatchObject({
    name: 'InvalidInputException',
    Reason: 'MAX_VALUE_EXCEEDED',
  });
  await expect(organizations.describeAccount({ AccountId: 'production' })).rejects.toMatchObject({
    name: 'InvalidInputException',
    Reason: 'INVALID_PATTERN',
  });
});

test('a pattern of the models can have a Unicode class and an escape that needs none', () => {
  // As trusted token issuers have it.
  const path = string({ pattern: '\\p{L}+(?:(\\.|\\_)\\p{L}+){0,2}' });
  expect(['email', 'preferred_username', 'a.b_c', 'é.ü'].flatMap((text) => readInput(path, text).violations)).toEqual(
    [],
  );
  for (const text of ['a-b', 'a.b.c.d', '_a', 'a\\_b']) expect(readInput(path, text).violations).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { start } from './clients.ts';
import { send } from './wire.ts';

test('GET / says that it is ready; any other GET is not found', async () => {
  const { emulator } = await start();
  const [root, other] = [await fetch(emulator.url), await fetch(`${emulator.url}/health`)];
  expect([root.status, await root.text(), other.status]).toEqual([200, expect.stringContaining('ready'), 404]);
});

test('answers JSON with a request id, and times as seconds with a fraction', async () => {
  const { emulator, clock } = await start();
  clock.pass(461);
  const answer = await send(emulator.url, 'SWBExternalService.CreatePermissionSet', {
    InstanceArn: emulator.world.instance.InstanceArn,
    Name: 'Admin',
  });
  expect(answer).toMatchObject({ status: 200, type: 'application/x-amz-json-1.1', requestId: expect.any(String) });
  expect(JSON.parse(answer.text)).toMatchObject({
    PermissionSet: { CreatedDate: Date.parse('2026-01-31T12:00:00.461Z') / 1000, SessionDuration: 'PT1H' },
  });
});

test('an operation that is not emulated is refused by name, as a limit of the emulator', async () => {
  const { emulator } = await start();
  const calls = [
    ['SWBExternalService.PutApplicationGrant', 'PutApplicationGrant of sso-admin'],
    ['DynamoDB_20120810.ListTables', 'ListTables of DynamoDB_20120810'],
    ['SWBExternalService.toString', 'toString of sso-admin'],
  ] as const;
  for (const [target, named] of calls) {
    const { status, text } = await send(emulator.url, target, {});
    const Message = `The emulator does not implement ${named}. This is a limit of the emulator, not an answer of AWS.`;
    expect([status, JSON.parse(text)]).toEqual([400, { __type: 'UnknownOperationException', Message }]);
  }
  expect(emulator.calls.map(({ outcome }) => outcome)).toEqual(Array(3).fill('UnknownOperationException'));
});

test('a client error is HTTP 400 with the members that its service has', async () => {
  const { emulator, IdentityStoreId } = await start();
  const UserId = '00000000-0000-4000-8000-000000000000';
  const answer = await send(emulator.url, 'AWSIdentityStore.DescribeUser', { IdentityStoreId, UserId });
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.text)).toEqual({
    __type: 'ResourceNotFoundException',
    Message: 'USER not found.',
    ResourceType: 'USER',
    ResourceId: UserId,
    RequestId: answer.requestId,
  });
});

test('what is not JSON, or of another JSON type, is a serialization error', async () => {
  const { emulator, InstanceArn } = await start();
  const target = 'SWBExternalService.CreatePermissionSet';
  const bodies = ['{', '[]', { InstanceArn, Name: 7 }, { InstanceArn, Name: 'A', Tags: 'a' }];
  for (const body of bodies) {
    const { status, text } = await send(emulator.url, target, body);
    expect([status, JSON.parse(text)]).toEqual([400, expect.objectContaining({ __type: 'SerializationException' })]);
  }
});

test('unknown members and nulls are as good as absent', async () => {
  const { emulator, InstanceArn } = await start();
  const body = `{"InstanceArn":"${InstanceArn}","Name":"Admin","Description":null,"Colour":"red","__proto__":{"RelayState":"x"}}`;
  const { status } = await send(emulator.url, 'SWBExternalService.CreatePermissionSet', body);
  expect(status).toBe(200);
  const [made] = emulator.world.permissionSets.rows();
  for (const name of ['Colour', 'Description', 'RelayState']) expect(made).not.toHaveProperty(name);
});

test('a body of more than a megabyte is refused', async () => {
  const { emulator } = await start();
  const { status, text } = await send(emulator.url, 'SWBExternalService.ListInstances', ' '.repeat(1024 * 1024 + 1));
  expect([status, JSON.parse(text)]).toMatchObject([400, { __type: 'RequestEntityTooLargeException' }]);
});

test('calls are recorded in the order of their answers, with what was sent', async () => {
  const heard: string[] = [];
  const { sso, emulator } = await start({ onCall: ({ operation }) => heard.push(operation) });
  await sso.listInstances({ MaxResults: 1 });
  await sso.listPermissionSets({ InstanceArn: 'nonsense' }).catch(() => {});
  expect(emulator.calls).toEqual([
    { service: 'sso-admin', operation: 'ListInstances', input: { MaxResults: 1 }, outcome: 'ok' },
    {
      service: 'sso-admin',
      operation: 'ListPermissionSets',
      input: { InstanceArn: 'nonsense' },
      outcome: 'ValidationException',
    },
  ]);
  expect(heard).toEqual(['ListInstances', 'ListPermissionSets']);
});

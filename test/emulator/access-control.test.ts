import { expect, test } from 'vitest';
import { start } from './clients.ts';

const attribute = (Key: string, source: string) => ({ Key, Value: { Source: [source] } });
const department = attribute('department', '${path:enterprise.department}');
const email = attribute('email', '${path:emails[primary eq true].value}');
const configured = (...AccessControlAttributes: (typeof department)[]) => ({
  InstanceAccessControlAttributeConfiguration: { AccessControlAttributes },
});

test('attributes for access control are enabled, replaced whole and disabled', async () => {
  const { sso, InstanceArn, clock, changes } = await start();
  const describe = (): Promise<object> => sso.describeInstanceAccessControlAttributeConfiguration({ InstanceArn });
  const missing = { name: 'ResourceNotFoundException' };
  await expect(describe()).rejects.toMatchObject(missing);
  const input = { InstanceArn, ...configured(department) };
  await expect(sso.updateInstanceAccessControlAttributeConfiguration(input)).rejects.toMatchObject(missing);

  await sso.createInstanceAccessControlAttributeConfiguration(input);
  expect(await describe()).toMatchObject({ Status: 'CREATION_IN_PROGRESS', ...configured(department) });
  const conflict = { name: 'ConflictException' };
  await expect(sso.deleteInstanceAccessControlAttributeConfiguration({ InstanceArn })).rejects.toMatchObject(conflict);
  await expect(sso.createInstanceAccessControlAttributeConfiguration(input)).rejects.toMatchObject(conflict);
  clock.pass(50);
  expect(await describe()).toMatchObject({ Status: 'ENABLED' });

  await sso.updateInstanceAccessControlAttributeConfiguration({ InstanceArn, ...configured(email) });
  expect(await describe()).toMatchObject(configured(email));
  await sso.deleteInstanceAccessControlAttributeConfiguration({ InstanceArn });
  await expect(describe()).rejects.toMatchObject(missing);
  expect(changes).toHaveLength(3);
});

test('a creation can fail, and then stays as it is until it is deleted', async () => {
  const { sso, InstanceArn, clock } = await start({ behaviour: { accessControlCreation: 'fails' } });
  await sso.createInstanceAccessControlAttributeConfiguration({ InstanceArn, ...configured(department) });
  clock.pass(50);
  expect(await sso.describeInstanceAccessControlAttributeConfiguration({ InstanceArn })).toMatchObject({
    Status: 'CREATION_FAILED',
    StatusReason: expect.any(String) as string,
  });
  await sso.deleteInstanceAccessControlAttributeConfiguration({ InstanceArn });
});

test('what the API model refuses is refused', async () => {
  const { sso, InstanceArn } = await start();
  const create = (...given: (typeof department)[]): Promise<unknown> =>
    sso.createInstanceAccessControlAttributeConfiguration({ InstanceArn, ...configured(...given) });
  const refused = { name: 'ValidationException' };
  await expect(create(attribute('a!', 'x'))).rejects.toMatchObject(refused);
  await expect(create(attribute('a', 'x!'))).rejects.toMatchObject(refused);
  await expect(create({ Key: 'a', Value: { Source: ['x', 'y'] } })).rejects.toMatchObject(refused);
  await expect(create(department, department)).rejects.toMatchObject(refused);
  const many = Array.from({ length: 51 }, (_, index) => attribute(`a${index}`, 'x'));
  await expect(create(...many)).rejects.toMatchObject(refused);
  await create(department, email);
});

import { expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../../src/emulator/index.ts';
import { configuration, createTerraform, reasonToSkip } from '../support/terraform.ts';

test('Terraform creates, finds no difference, changes and destroys', { timeout: 600_000 }, async ({ skip }) => {
  const reason = reasonToSkip();
  skip(reason !== undefined, reason);
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const terraform = createTerraform();

  terraform.write(configuration(emulator.url, 'title = "Engineer"'));
  await terraform.run('init', '-no-color');
  await terraform.run('apply', '-auto-approve', '-no-color');
  // Exit code 2, a difference, would reject.
  await terraform.run('plan', '-detailed-exitcode', '-no-color');
  const { world } = emulator;
  expect(world.users.rows()).toMatchObject([{ UserName: 'hanako', Title: 'Engineer' }]);
  expect(world.assignments.size).toBe(1);
  expect(world.provisioned.rows()).toMatchObject([{ AccountId: '333333333333', Content: { Name: 'Admin' } }]);

  terraform.write(configuration(emulator.url, 'nickname = "Hana"'));
  await terraform.run('apply', '-auto-approve', '-no-color');
  await terraform.run('plan', '-detailed-exitcode', '-no-color');
  const [user] = world.users.rows();
  expect(user).toMatchObject({ NickName: 'Hana' });
  expect(user).not.toHaveProperty('Title');

  await terraform.run('destroy', '-auto-approve', '-no-color');
  const { users, groups, memberships, permissionSets, assignments, provisioned } = world;
  const left = [users, groups, memberships, permissionSets, assignments, provisioned].map(({ size }) => size);
  expect(left).toEqual([0, 0, 0, 0, 0, 0]);
  // It runs in parallel what touches one permission set, and tries again what conflicts; nothing else went wrong.
  const failed = emulator.calls.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'ConflictException');
  expect(failed).toEqual([]);
});

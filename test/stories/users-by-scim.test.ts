import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Seed } from '../../src/emulator/index.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';

// Google Workspace brings users over SCIM and no groups: those are made over the API, and are the file's.

const person = (name: string): NonNullable<Seed['users']>[number] => ({
  userName: `${name}@example.com`,
  externalId: { issuer: 'https://scim.example', id: name },
});

/** Everybody is the provider's, and of the groups those that say so. */
async function directoryOf(groups: Seed['groups']): Promise<LocalFolder & { out: string; text(): string }> {
  const local = createLocalFolder({});
  await local.plant({}, { users: [person('ann'), person('bob')], groups: groups ?? [] });
  const out = path.join(local.folder, 'adopted.yaml');
  const { code, err } = await local.idc(['import', '--out', out]);
  expect(code, err).toBe(0);
  return { ...local, out, text: () => readFileSync(out, 'utf8') };
}

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

it('imports groups and their members where an identity provider brings the users alone', async () => {
  const { idc, out, text } = await directoryOf([{ name: 'ops', members: ['ann@example.com'] }]);
  expect(text()).toContain('  directory: identity-center\n');
  expect(text()).toContain('  ops: { members: [ ann@example.com ] }\n');
  expect(text()).not.toMatch(/^users:/m);
  expect((await idc(['plan', '-f', out, '--detailed-exitcode'])).code).toBe(0);

  writeFileSync(out, text().replace('[ ann@example.com ]', '[ bob@example.com ]'));
  const moved = await idc(['apply', '-f', out, '--yes']);
  expect(moved.code, moved.err).toBe(0);
  expect((await idc(['access', '-f', out])).code).toBe(0);

  const users = await idc(['import', '--only', 'users']);
  expect(users.code).toBe(1);
  expect(users.err).toContain("The users are an identity provider's, so no file can declare them.");
});

it('imports a directory of which everything comes from an identity provider as an external one', async () => {
  const { idc, out, text } = await directoryOf([
    { name: 'ops', members: ['ann@example.com'], externalId: { issuer: 'https://scim.example', id: 'ops' } },
  ]);
  expect(text()).toContain('  directory: external\n');
  expect(text()).not.toMatch(/^(users|groups):/m);
  expect((await idc(['plan', '-f', out, '--detailed-exitcode'])).code).toBe(0);
});

it('advises to leave out the users, and not the groups with them, where only users are the provider’s', async () => {
  const local = await directoryOf([{ name: 'ops', members: ['ann@example.com'] }]);
  const users = `users:\n  ann@example.com: { givenName: Ann, familyName: Lee }\n  bob@example.com: { givenName: Bob, familyName: Lee }\n`;
  writeFileSync(local.file, `${local.text()}${users}`);
  const advice = 'Remove the section users: the file refers to them without it, and keeps groups.';
  const plan = await local.idc(['plan']);
  expect(plan.code).toBe(3);
  expect(flat(plan.out)).toContain(`[external-directory] To allow it: ${advice}`);
  expect(flat((await local.idc(['doctor'])).out)).toContain(`> ${advice}`);

  writeFileSync(local.file, local.text());
  expect(flat((await local.idc(['doctor', '--format', 'json'])).out)).toContain('and the file does not manage users.');
});

it('advises directory: external where the provider brings all that the file manages', async () => {
  const { idc, file } = await directoryOf([]);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"accounts"', '"users":{},"accounts"'));
  const plan = await idc(['plan']);
  expect(flat(plan.out)).toContain('under identityCenter: directory: external');
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parsePlan } from '../../src/formats/plan.ts';
import { accounts, person } from '../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';
import { named } from '../support/named-access.ts';

// What a permission set gives is told, whoever manages the set.

const users = { ann: person('ann') };
const everything = { managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] };
const access = { groups: ['ops'], permissionSets: ['Adm'], accounts: ['production'] };

async function planOf(local: LocalFolder, ...flags: string[]) {
  const out = path.join(local.folder, 'plan.json');
  const { code, err } = await local.idc(['plan', '--out', out, ...flags]);
  expect(code, err).toBe(0);
  return parsePlan(readFileSync(out, 'utf8'));
}

it.each([
  ['the file says nothing of permission sets', { users, groups: { ops: { members: ['ann'] } } }],
  [
    'the file ignores it, and grants it anew',
    {
      users,
      permissionSets: {},
      groups: { ops: { members: ['ann'] } },
      assignments: [access],
      ignore: { permissionSets: ['Adm'] },
    },
  ],
])('a new administrator is told where %s, from a snapshot too', async (_what, document) => {
  const local = createLocalFolder(document);
  const assignments = 'assignments' in document ? [] : [`GROUP ops Adm ${accounts.production}`];
  await local.plant({ groups: { ops: {} }, permissionSets: { Adm: everything }, assignments });
  const { digest, access: impact } = await planOf(local);
  expect(named(impact, impact.newAdministrators)).toEqual([{ accounts: [accounts.production], users: ['ann'] }]);
  const snapshot = path.join(local.folder, 'snapshot.json');
  expect((await local.idc(['snapshot', '--out', snapshot])).code).toBe(0);
  expect((await planOf(local, '--snapshot', snapshot)).digest).toBe(digest);
});

import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createLocalFolder } from '../support/local-folder.ts';

// Account Factory and tools for access just in time grant permission sets that the file leaves alone to people whom it declares.

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');
const person = (name: string): object => ({ givenName: name, familyName: name, email: `${name}@example.com` });

const seed = {
  users: ['ann', 'bob'].map((userName) => ({ userName, email: `${userName}@example.com` })),
  permissionSets: [{ name: 'AWSAdministratorAccess' }, { name: 'Jit-Admin' }],
  assignments: [
    { users: ['bob'], permissionSets: ['AWSAdministratorAccess', 'Jit-Admin'], accounts: ['production', 'staging'] },
  ],
};

const document = {
  users: { ann: person('ann') },
  permissionSets: { 'Jit-Admin': {} },
  assignments: [],
  ignore: { permissionSets: ['AWS*'], assignments: [{ permissionSet: 'Jit-*' }] },
};

it('a person who holds ignored grants is removed by the ways that the refusal names', async () => {
  const local = createLocalFolder(document);
  await local.plant({}, seed);
  const refused = await local.idc(['plan']);
  expect(refused.code).toBe(3);
  const [, allow] =
    /The user bob.*?To allow it: (.*?)(?=Not managed)/.exec(flat(refused.out).replaceAll(`${local.folder}/`, '')) ?? [];
  expect(allow?.trim()).toBe(
    '"AWS*" in ignore.permissionSets (identity.yaml:1) and "Jit-*" in ignore.assignments (identity.yaml:1) hide them: remove them with the tool that made them, or in the console, and plan again. Or keep the user bob (bob) in the file. Or declare the permission set AWSAdministratorAccess: then the file manages all assignments of it, and removes what it does not list.',
  );

  // One pattern is taken out, and the set of the other is declared.
  local.write({
    ...document,
    permissionSets: { ...document.permissionSets, AWSAdministratorAccess: {} },
    ignore: { permissionSets: ['AWS*'] },
    safety: { maxRemovals: 10 },
  });
  const applied = await local.idc(['apply', '--yes']);
  expect(applied.code, applied.out + applied.err).toBe(0);
  expect((await local.idc(['plan', '--detailed-exitcode'])).code).toBe(0);
});

it('import lists the grants that keep a declared person from being removed', async () => {
  const local = createLocalFolder({});
  await local.plant({}, seed);
  const { out } = await local.idc(['import']);
  expect(flat(out.replaceAll(/^#/gm, ''))).toContain(
    'with the tool that made them, or in the console: - user bob: AWSAdministratorAccess in production to bob and AWSAdministratorAccess in staging to bob ignore:',
  );
  writeFileSync(local.file, out);
  expect(out).not.toContain('user ann:');
  expect((await local.idc(['plan', '--detailed-exitcode'])).code).toBe(0);
});

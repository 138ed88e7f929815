import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/core/plan.ts';
import type { Seed } from '../../src/emulator/index.ts';
import { person } from '../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';
import { runIdc } from '../support/run-idc.ts';

const seed: Seed = {
  managementAccountId: '999988887777',
  accounts: [
    { id: '999988887777', name: 'management' },
    { id: '111122223333', name: 'production', ou: 'Prod', tags: { team: 'core' } },
    { id: '222233334444', name: 'data-lake', ou: 'Data', tags: { team: 'data' } },
    { id: '444455556666', name: 'data-old', ou: 'Data', state: 'SUSPENDED' },
  ],
};

const scope = { accounts: ['data-*'], permissionSets: ['Data*'], groups: ['data-*'] };

async function repository(files: Record<string, object>, root: object): Promise<LocalFolder> {
  const local = createLocalFolder({
    accounts: undefined,
    cli: { startUrl: 'https://a.awsapps.com/start' },
    users: { ann: person('ann') },
    groups: { ops: {} },
    permissionSets: { Admin: {} },
    assignments: [],
    ...root,
  });
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(local.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(content));
  }
  await local.plant({}, seed);
  return local;
}

const team = (target: object): object => ({
  groups: { 'data-ops': { members: ['ann'] } },
  permissionSets: { DataRead: {} },
  assignments: [{ groups: ['data-ops'], permissionSets: ['DataRead'], ...target }],
});

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('a team file', () => {
  const include = [{ file: 'teams/*.yaml', scope }];

  it.each([
    ['by name', { accounts: ['data-lake'] }],
    ['by id', { accounts: ['222233334444'] }],
    ['by pattern', { accounts: ['data-*'] }],
    ['by unit', { organizationalUnits: ['Data'] }],
    ['by tag', { accountTags: { team: 'data' } }],
    ['by all, except', { all: true, except: { organizationalUnits: ['Prod'], accounts: ['management'] } }],
    ['in one that is not active, where nothing is granted', { accounts: ['data-lake', 'data-old'] }],
  ])('grants in the accounts of its scope, %s', async (_how, target) => {
    const { idc } = await repository({ 'teams/data.yaml': team(target) }, { include });
    const { code, out, err } = await idc(['plan', '--format', 'json']);
    expect(code, err).toBe(0);
    const { steps } = JSON.parse(out) as Plan;
    expect(steps.flatMap(({ kind, label }) => (kind === 'assignment' ? [label] : []))).toEqual([
      'DataRead in data-lake to group data-ops',
    ]);
    const [assignment] = steps.filter(({ kind }) => kind === 'assignment');
    expect(assignment?.places?.map(({ file }) => path.basename(file))).toEqual(['data.yaml']);
  });

  it.each([
    ['by name', { accounts: ['data-lake', 'production'] }, { '"production"': 'production' }],
    ['by id', { accounts: ['111122223333'] }, { '"111122223333"': 'production' }],
    ['by pattern', { accounts: ['*a*', 'prod*'] }, { '"*a*"': 'management', '"prod*"': 'production' }],
    ['by unit', { organizationalUnits: ['Data', 'Prod'] }, { '"Prod"': 'production' }],
    ['by tag', { accountTags: { team: 'core' } }, { '"accountTags"': 'production' }],
    ['by all', { all: true }, { '"all"': 'management and production' }],
    ['though it expires', { accounts: ['production'], expires: '2020-01-01' }, { '"production"': 'production' }],
  ])('grants in no other, %s, and marks the word', async (_how, target, words: Record<string, string>) => {
    const text = JSON.stringify(team(target));
    const { idc, folder } = await repository({ 'teams/data.yaml': team(target) }, { include });
    expect((await idc(['validate'])).code).toBe(0);
    for (const command of [['plan'], ['apply', '--yes'], ['access']]) {
      const { code, out, err } = await idc(command);
      expect([code, out]).toEqual([1, '']);
      const marks = [...err.matchAll(/data\.yaml:1:(\d+) outside-scope/g)].map(([, column]) => Number(column) - 1);
      expect(marks.length).toBe(Object.keys(words).length);
      for (const [word, where] of Object.entries(words)) {
        expect(marks.some((at) => text.startsWith(word, at))).toBe(true);
        expect(plain(err)).toContain(
          `outside-scope: ${path.join(folder, 'teams/data.yaml')} can't grant anything in ${where}, because its scope is data-* (`,
        );
      }
    }
  });

  it.each([
    ['a unit', { organizationalUnits: ['Data'] }],
    ['a tag', { accountTags: { team: 'data' } }],
    ['a name', { accounts: ['data-lake'] }],
    ['several', { accounts: ['222233334444'], organizationalUnits: ['Prod'] }],
  ])('is kept to a scope by %s too', async (_what, accounts) => {
    const narrow = { include: [{ file: 'teams/data.yaml', scope: { ...scope, accounts: undefined, ...accounts } }] };
    const inside = await repository({ 'teams/data.yaml': team({ accounts: ['data-lake'] }) }, narrow);
    expect((await inside.idc(['plan'])).code).toBe(0);
    const outside = await repository({ 'teams/data.yaml': team({ accounts: ['management'] }) }, narrow);
    expect((await outside.idc(['plan'])).err).toContain('outside-scope');
    // From a snapshot likewise.
    const snapshot = path.join(outside.folder, 'live.json');
    expect((await outside.idc(['snapshot', '--out', snapshot])).code).toBe(0);
    expect((await outside.idc(['plan', '--snapshot', snapshot])).err).toContain('outside-scope');
  });

  it('can’t name its own scope, nor be read without one', async () => {
    const { idc } = await repository(
      { 'teams/data.yaml': { ...team({ all: true }), include: [{ file: 'x.yaml' }] } },
      { include },
    );
    expect((await idc(['validate'])).err).toContain('not-in-included-file');
  });
});

describe('the commands', () => {
  const files = { 'teams/data.yaml': team({ accounts: ['data-lake'] }) };

  it('say in which file a line is', async () => {
    const { idc, folder } = await repository(files, { include: ['teams/*.yaml'] });
    const data = path.join(folder, 'teams/data.yaml');
    const planned = await idc(['plan']);
    expect(plain(planned.out)).toContain(`through group data-ops (${data}:1)`);
    expect((await idc(['apply', '--yes'])).code).toBe(0);
    const access = await idc(['access']);
    expect(plain(access.out)).toContain(`${data}:1`);
    const one = await idc(['access', '--user', 'ann']);
    expect(plain(one.out)).toContain(`member by ${data}:1`);
    expect((await idc(['plan', '--detailed-exitcode'])).code).toBe(0);
  });

  it('make a saved plan again without the files', async () => {
    const { idc, folder } = await repository(files, { include: [{ file: 'teams/*.yaml', scope }] });
    const saved = path.join(folder, 'plan.json');
    expect((await idc(['plan', '--out', saved])).code).toBe(0);
    const { desired } = JSON.parse(readFileSync(saved, 'utf8')) as { desired: { groups: object } };
    expect(Object.keys(desired.groups)).toEqual(['ops', 'data-ops']);
    expect((await idc(['apply', saved, '--yes'])).code).toBe(0);
  });

  it('count what all files say, and annotate each in its file', async () => {
    const { file, folder } = await repository(files, { include: ['teams/*.yaml'] });
    expect((await runIdc(['validate', file])).out).toContain('1 user, 2 groups, 2 permission sets, 1 assignment entry');
    writeFileSync(path.join(folder, 'teams/data.yaml'), 'groups: { x: { members: [anne] } }');
    const { out } = await runIdc(['validate', file, '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({
      valid: false,
      diagnostics: [{ code: 'unknown-user', place: { file: path.join(folder, 'teams/data.yaml'), line: 1 } }],
    });
  });

  it('tell profiles from the files alone where they say it all', async () => {
    const { file } = await repository(
      { 'teams/data.yaml': team({ accounts: ['data-lake'] }) },
      { include: [{ file: 'teams/*.yaml', scope }], accounts: { 'data-lake': '222233334444' } },
    );
    const { code, out } = await runIdc(['profiles', 'ann', '-f', file]);
    expect([code, out.includes('sso_account_id = 222233334444')]).toEqual([0, true]);
  });
});

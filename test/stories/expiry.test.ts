import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/core/plan.ts';
import { person } from '../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';
import { observe } from '../support/organisation.ts';

const at = (time: string) => ({ now: () => new Date(time) });
const users = { ann: person('ann'), bob: person('bob') };
const until = '2027-01-31';
const file = {
  users,
  groups: { ops: { members: ['ann', { user: 'bob', expires: until }] } },
  permissionSets: { Read: { managedPolicies: ['ReadOnlyAccess'] }, Write: {} },
  assignments: [
    { groups: ['ops'], permissionSets: ['Read'], accounts: ['production'] },
    { users: ['ann'], permissionSets: ['Write'], accounts: ['staging'], expires: '2027-02-01T00:00:00+00:00' },
  ],
};
const before = at('2027-01-31T23:59:59.999Z');
const after = at('2027-02-01T00:00:00.000Z');

const addresses = ({ out }: { out: string }): string[] =>
  (JSON.parse(out) as Plan).steps.map(({ action, id }) => `${action} ${id}`);
const live = (local: LocalFolder) =>
  local.visit(({ world }) => {
    const { groups, assignments } = observe(world);
    return [...(groups?.['ops']?.members ?? []), ...(assignments ?? [])];
  });
const removals = ['delete membership/ops/bob', 'delete assignment/444455556666/Write/USER/ann'];
const word = (text: string): string => text.replaceAll(/\s+/g, ' ');

async function applied(document: object = file): Promise<LocalFolder> {
  const local = createLocalFolder(document);
  const { code, err } = await local.idc(['apply', '--yes'], at('2027-01-01T00:00:00Z'));
  expect(code, err).toBe(0);
  return local;
}

it('a plan removes what has expired from the first millisecond on, and says why', async () => {
  const local = await applied();
  expect(addresses(await local.idc(['plan', '--format', 'json'], before))).toEqual([]);
  const json = await local.idc(['plan', '--format', 'json'], after);
  expect(addresses(json)).toEqual(removals);
  expect((JSON.parse(json.out) as Plan).steps.map(({ expired }) => expired?.map((one) => one.until))).toEqual([
    ['2027-01-31'],
    ['2027-02-01T00:00:00+00:00'],
  ]);
  const text = word((await local.idc(['plan'], after)).out);
  expect(text).toContain(
    `- bob in ops (expired at the end of 2027-01-31 (UTC), ${local.file}:1; carries Read in production)`,
  );
  expect(text).toContain(`- Write in staging to ann (expired at 2027-02-01T00:00:00+00:00, ${local.file}:1)`);
  expect(text).toContain('bob loses Read (read) in production, through group ops (membership expired)');
  const markdown = (await local.idc(['plan', '--format', 'markdown'], after)).out;
  expect(markdown).toContain('expired at the end of 2027-01-31 (UTC)');

  expect((await local.idc(['apply', '--yes'], after)).code).toBe(0);
  expect(await live(local)).toEqual(['ann', 'GROUP ops Read 111122223333']);
  const again = await local.idc(['plan', '--detailed-exitcode'], after);
  expect(again.code).toBe(0);
  expect(word(again.out)).toContain(
    'bob in group ops expired at the end of 2027-01-31 (UTC). The entry no longer grants anything: remove it from the file. [entry-expired]',
  );
});

it('another entry keeps the grant, and a pattern that ignores it does not', async () => {
  const entry = { users: ['ann'], permissionSets: ['Write'], accounts: ['staging'] };
  const twice = { ...file, assignments: [...file.assignments, { ...entry, expires: '2027-03-01' }] };
  const local = await applied(twice);
  expect(addresses(await local.idc(['plan', '--format', 'json'], after))).toEqual(['delete membership/ops/bob']);
  local.write({ ...file, ignore: { users: ['b*'], assignments: [{ user: 'ann' }] } });
  expect(addresses(await local.idc(['plan', '--format', 'json'], after))).toEqual(removals);
});

it.each([
  ['2027-01-24T23:59:59.999Z', []],
  ['2027-01-25T00:00:00.000Z', ['entry-expires-soon', 'entry-expires-soon']],
  ['2027-01-31T23:59:59.999Z', ['entry-expires-soon', 'entry-expires-soon']],
  ['2027-02-01T00:00:00.000Z', ['entry-expired', 'entry-expired']],
])('at %s the file is warned of: %j', async (time, codes) => {
  const local = createLocalFolder(file);
  const { code, out } = await local.idc(['validate', '--format', 'json'], at(time));
  expect(code).toBe(0);
  const { diagnostics } = JSON.parse(out) as {
    diagnostics: { code: string; message: string; place: { line: number }; frame: string }[];
  };
  expect(diagnostics.map((one) => one.code)).toEqual(codes);
  for (const { place, frame } of diagnostics) expect([place.line, frame.includes('^')]).toEqual([1, true]);
  const text = await local.idc(['validate'], at(time));
  expect(text.code).toBe(0);
  expect(text.err.includes('bob in group ops')).toBe(codes.length > 0);
  const { warnings } = JSON.parse((await local.idc(['plan', '--format', 'json'], at(time))).out) as Plan;
  expect(warnings.map((one) => one.code).filter((one) => one.startsWith('entry-'))).toEqual(codes);
});

it('profiles leave out what has expired, offline and from what is live', async () => {
  const offline = { ...file, cli: { startUrl: 'https://my-sso-portal.awsapps.com/start' } };
  for (const document of [offline, file]) {
    const local = await applied(document);
    const profiles = async (time: object) =>
      (await local.idc(['profiles', 'ann', 'bob'], time)).out.match(/^\[profile .*\]$/gm);
    expect(await profiles(before)).toEqual([
      '[profile Read-111122223333]',
      '[profile Write-444455556666]',
      '[profile Read-111122223333]',
    ]);
    expect(await profiles(after)).toEqual(['[profile Read-111122223333]']);
  }
});

describe('a guard', () => {
  it('takes what has expired for not held', async () => {
    const safety = { protected: [{ user: 'bob', account: 'production', permissionSet: 'Read' }] };
    const local = await applied({ ...file, safety });
    expect((await local.idc(['plan'], before)).code).toBe(0);
    const whole = await local.idc(['apply', '--yes'], after);
    expect([whole.code, whole.out.includes('[protected-access-lost]')]).toEqual([3, true]);
    const { code, out } = await local.idc(['apply', '--yes', '--only', 'expired'], after);
    expect([code, out.includes('[expired-but-guarded]')]).toEqual([0, true]);
    expect(await live(local)).toContain('bob');
  });
});

describe('--only expired', () => {
  it('removes expired access, and makes no other change', async () => {
    const local = await applied();
    local.write({ ...file, users: { ...users, cid: person('cid') }, assignments: file.assignments.slice(1) });
    const planned = await local.idc(['plan', '--only', 'expired'], after);
    expect(word(planned.out)).toContain('2 other changes are pending for another apply.');
    expect(planned.out).toContain('Plan: 0 to create, 0 to update, 2 to delete.');
    const { code, out } = await local.idc(['apply', '--only', 'expired', '--yes'], after);
    expect(code).toBe(0);
    expect(out).toContain('Done: 0 created, 0 updated, 2 deleted');
    expect(await live(local)).toEqual(['ann', 'GROUP ops Read 111122223333']);

    const done = await local.idc(['apply', '--only', 'expired', '--yes'], after);
    expect(done.code).toBe(0);
    expect(done.out).toContain('No changes. No expired access can be removed on its own.');
    expect(addresses(await local.idc(['plan', '--format', 'json'], after))).toEqual([
      'create user/cid',
      'delete assignment/111122223333/Read/GROUP/ops',
    ]);
  });

  it('needs no reviewed rule to hold, and is nothing before the time', async () => {
    const rules = { deny: [{ groups: ['ops'], accounts: ['production'] }] };
    const local = await applied();
    local.write({ ...file, rules });
    expect((await local.idc(['plan'], after)).code).toBe(3);
    expect(addresses(await local.idc(['plan', '--only', 'expired', '--format', 'json'], before))).toEqual([]);
    expect((await local.idc(['apply', '--only', 'expired', '--yes'], after)).code).toBe(0);
    expect(await live(local)).toEqual(['ann', 'GROUP ops Read 111122223333']);
  });

  it('is part of the command that a plan in Markdown gives', async () => {
    const local = await applied();
    const { out } = await local.idc(['plan', '--only', 'expired', '--format', 'markdown'], after);
    expect(out).toContain('--only expired');
  });

  it('removes expired access of a permission set before its rename', async () => {
    const people = { users: { ann: person('ann') } };
    const given = { users: ['ann'], accounts: ['production'] };
    const local = createLocalFolder({
      ...people,
      permissionSets: { Old: {} },
      assignments: [{ ...given, permissionSets: ['Old'] }],
    });
    expect((await local.idc(['apply', '--yes'])).code).toBe(0);
    local.write({
      ...people,
      permissionSets: { New: { previously: 'Old' } },
      assignments: [{ ...given, permissionSets: ['New'], expires: '2027-01-31' }],
    });
    expect(addresses(await local.idc(['plan', '--only', 'expired', '--format', 'json'], before))).toEqual([]);
    const { out, code } = await local.idc(['apply', '--only', 'expired', '--yes'], after);
    expect({ code, says: word(out).includes('- Old in production to ann (expired at the end of 2027-01-31') }).toEqual({
      code: 0,
      says: true,
    });
    expect(await live(local)).toEqual([]);
  });

  it('leaves a step that would remove access which the file grants in another way, but not yet', async () => {
    const ends = { users: ['ann'], permissionSets: ['Read'], accounts: ['production'] };
    const stays = { users: { ann: person('ann') }, groups: { dev: {} }, permissionSets: { Read: {} } };
    const local = createLocalFolder({ ...stays, assignments: [ends] });
    expect((await local.idc(['apply', '--yes'])).code).toBe(0);
    local.write({
      ...stays,
      groups: { dev: { members: ['ann'] } },
      assignments: [
        { ...ends, expires: '2027-01-31' },
        { groups: ['dev'], permissionSets: ['Read'], accounts: ['production'] },
      ],
    });
    const { out, code } = await local.idc(['apply', '--only', 'expired', '--yes'], at('2027-02-03T12:00:00Z'));
    expect({ code, says: out.includes('No expired access can be removed on its own.') }).toEqual({
      code: 0,
      says: true,
    });
    expect(await local.visit(({ world }) => world.assignments.size)).toBe(1);
    expect((await local.idc(['apply', '--yes'], at('2027-02-03T12:00:00Z'))).code).toBe(0);
    expect(await local.visit(({ world }) => world.assignments.rows().map((row) => row.PrincipalType))).toEqual([
      'GROUP',
    ]);
  });
});

describe('a plan that was reviewed before something expired', () => {
  const changed = { ...file, groups: { ops: { ...file.groups.ops, description: 'Runs it' } } };

  async function reviewed(document: object = changed): Promise<LocalFolder & { plan: string; digest: string }> {
    const local = await applied();
    local.write(document);
    const plan = path.join(local.folder, 'plan.json');
    expect((await local.idc(['plan', '--out', plan], at('2027-01-30T12:00:00Z'))).code).toBe(0);
    const { digest } = JSON.parse(readFileSync(plan, 'utf8')) as Plan;
    return { ...local, plan, digest };
  }

  it.each(['--digest', '--reviewed', 'itself'])(
    'is applied, with the removals that the time explains (%s)',
    async (how) => {
      const local = await reviewed();
      const flags = how === 'itself' ? [local.plan] : [how, how === '--digest' ? local.digest : local.plan];
      const { code, err } = await local.idc(['apply', '--yes', ...flags], at('2027-02-03T12:00:00Z'));
      expect(code, err).toBe(0);
      expect(word(err)).toContain(
        'This is the reviewed plan, except for access that has expired since (at 2027-02-01T00:00:00.000Z or later): it also removes bob in ops and Write in staging to ann.',
      );
      expect(await live(local)).toEqual(['ann', 'GROUP ops Read 111122223333']);
    },
  );

  it('is applied without a grant that has ended before it was made', async () => {
    const more = {
      users: ['bob'],
      permissionSets: ['Write'],
      accounts: ['production'],
      expires: '2027-01-31T00:00:00Z',
    };
    const local = await reviewed({ ...file, assignments: [...file.assignments, more] });
    const { code, err } = await local.idc(['apply', '--yes', '--reviewed', local.plan], at('2027-01-31T00:00:00Z'));
    expect(code, err).toBe(0);
    expect(err).toContain('except for access that has expired since (at 2027-01-31T00:00:00.000Z or later).');
    expect(await live(local)).not.toContain('USER bob Write 111122223333');
  });

  it('is told by a plan beside it, for those who decide from files', async () => {
    const local = await reviewed();
    const now = path.join(local.folder, 'now.json');
    const planned = await local.idc(['plan', '--out', now, '--reviewed', local.plan], at('2027-02-03T12:00:00Z'));
    expect(word(planned.out)).toContain('except for access that has expired since');
    expect(planned.out).not.toContain('This is not the reviewed plan');
    expect((JSON.parse(readFileSync(now, 'utf8')) as Plan).passed).toEqual({
      digest: local.digest,
      since: '2027-02-01T00:00:00.000Z',
    });
    local.write({ ...changed, users: { ...users, cid: person('cid') } });
    const other = await local.idc(['plan', '--out', now, '--reviewed', local.plan], at('2027-02-03T12:00:00Z'));
    expect(other.out).toContain('This is not the reviewed plan');
    expect(JSON.parse(readFileSync(now, 'utf8'))).not.toHaveProperty('passed');
  });

  it.each(['--digest', '--reviewed'])('is refused where anything else differs too (%s)', async (how) => {
    const local = await reviewed();
    local.write({ ...changed, users: { ...users, cid: person('cid') } });
    const flag = how === '--digest' ? local.digest : local.plan;
    const { code, err } = await local.idc(['apply', '--yes', how, flag], at('2027-02-03T12:00:00Z'));
    expect(code).toBe(3);
    expect(err).toContain('This is not the reviewed plan');
    expect(await live(local)).toContain('bob');
  });

  it('is refused once that is more than a week ago', async () => {
    const local = await reviewed();
    const apply = (time: string) => local.idc(['apply', '--yes', '--reviewed', local.plan], at(time));
    expect((await apply('2027-02-08T00:00:00.000Z')).code).toBe(3);
    expect((await apply('2027-02-07T23:59:59.999Z')).code).toBe(0);
  });
});

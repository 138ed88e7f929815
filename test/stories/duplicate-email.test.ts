import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { person } from '../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';
import { observe, type Organisation } from '../support/organisation.ts';

const live = (email: string): NonNullable<Organisation['users']>[string] => ({
  DisplayName: 'N N',
  Name: { GivenName: 'N', FamilyName: 'N' },
  Emails: [{ Value: email }],
});
const named = (email: string): object => ({ givenName: 'N', familyName: 'N', email });
const usersOf = (local: LocalFolder): Promise<Organisation['users']> =>
  local.visit(({ world }) => observe(world).users);

describe('an e-mail address that a live user keeps', () => {
  const file = `version: 1
identityCenter: { region: us-east-1 }
users:
  ann: { givenName: Ann, familyName: A, email: ann@example.com }
  bob: { givenName: N, familyName: N, displayName: N N, email: Taken@Example.com }
ignore: { users: [svc-*] }
`;
  const message =
    'identity.yaml:5:57 duplicate-email: "bob" would get the e-mail address "Taken@Example.com", which "svc-old" has and keeps. Identity Center accepts each address once, ignoring case. Give "bob" another address; if the two are one person, rename with previously: "svc-old".';

  const planted = async (users: Record<string, string>): Promise<LocalFolder> => {
    const local = createLocalFolder({});
    writeFileSync(local.file, file);
    await local.plant({ users: Object.fromEntries(Object.entries(users).map(([name, email]) => [name, live(email)])) });
    return local;
  };

  it.each([
    ['made', { 'svc-old': 'taken@example.com' }],
    ['given another address', { 'svc-old': 'taken@example.com', bob: 'bob@example.com' }],
  ])('is refused to one who would be %s, at its line, before anything is changed', async (_, users) => {
    const local = await planted(users);
    const before = await usersOf(local);
    for (const command of [['plan'], ['apply', '--yes']]) {
      const { code, err } = await local.idc(command);
      expect(code).toBe(1);
      expect(err).toContain(message);
    }
    expect(await usersOf(local)).toEqual(before);
  });

  it('is refused by a plan from a snapshot too', async () => {
    const local = await planted({ 'svc-old': 'taken@example.com' });
    const snapshot = path.join(local.folder, 'live.json');
    expect((await local.idc(['snapshot', '--out', snapshot])).code).toBe(0);
    const { code, err } = await local.idc(['plan', '--snapshot', snapshot]);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  it('does not stop the removal of what has expired', async () => {
    const local = await planted({ 'svc-old': 'taken@example.com' });
    const { code, err } = await local.idc(['plan', '--only', 'expired']);
    expect(code, err).toBe(0);
  });

  it('passes with the user who is renamed, though the file ignored the old name', async () => {
    const local = await planted({ 'svc-old': 'taken@example.com' });
    writeFileSync(local.file, file.replace('bob: {', 'bob: { previously: svc-old,'));
    const { code, err } = await local.idc(['apply', '--yes']);
    expect(code, err).toBe(0);
    expect(Object.keys((await usersOf(local)) ?? {}).sort()).toEqual(['ann', 'bob']);
  });
});

describe('an e-mail address passes', () => {
  it.each<[string, Record<string, string>, object]>([
    ['from one who is removed', { old: 'a@example.com' }, { new: { ...named('A@example.com'), previously: null } }],
    [
      'from one who gets another',
      { old: 'a@example.com' },
      { old: named('b@example.com'), new: named('a@example.com') },
    ],
    [
      'along a chain',
      { one: 'a@example.com', two: 'b@example.com' },
      { one: named('c@example.com'), two: named('a@example.com'), three: named('b@example.com') },
    ],
    ['to another case of itself', { ann: 'ann@example.com' }, { ann: named('Ann@Example.com') }],
  ])('%s, in one apply', async (_, before, users) => {
    const document = { users, safety: { maxRemovals: '100%' } };
    const local = createLocalFolder(document);
    await local.plant({
      users: Object.fromEntries(Object.entries(before).map(([name, email]) => [name, live(email)])),
    });
    const { code, err } = await local.idc(['apply', '--yes']);
    expect(code, err).toBe(0);
    expect((await local.idc(['plan', '--detailed-exitcode'])).code).toBe(0);
  });

  it('not in an exchange, which a plan refuses', async () => {
    const local = createLocalFolder({ users: { one: named('b@example.com'), two: named('a@example.com') } });
    await local.plant({ users: { one: live('a@example.com'), two: live('b@example.com') } });
    for (const command of ['plan', 'apply']) {
      const { code, err } = await local.idc([command]);
      expect(code).toBe(1);
      expect(err).toMatch(/identity\.yaml:1:\d+ email-exchange: "(one|two)" would get the e-mail address/);
    }
    expect((await local.idc(['plan', '--only', 'expired'])).code).toBe(0);
  });
});

it('live users who share an e-mail address stop no plan that leaves them alone', async () => {
  const local = createLocalFolder({ users: { ann: person('ann') }, ignore: { users: ['svc-*'] } });
  await local.plant({ users: { ann: { DisplayName: 'ann ann', Name: { GivenName: 'ann', FamilyName: 'ann' } } } });
  await local.visit(({ world }) => {
    const [ann] = world.users.by('name', 'ann');
    const Emails = [{ Value: 'ann@example.com', Type: 'work', Primary: true }];
    if (!ann) return;
    world.users.put({ ...ann, Emails });
    world.users.put({ ...ann, UserId: ann.UserId.replace(/^./, '0'), UserName: 'svc-ann', Emails });
  });
  expect((await local.idc(['plan', '--detailed-exitcode'])).code).toBe(0);
});

it('import leaves alone a live user whose e-mail address another one has', async () => {
  const local = createLocalFolder({});
  await local.plant({ users: { ann: live('ann@example.com'), bob: live('bob@example.com') } });
  await local.visit(({ world }) => {
    const [bob] = world.users.by('name', 'bob');
    if (bob) world.users.put({ ...bob, Emails: [{ Value: 'ANN@example.com' }] });
  });
  const { out } = await local.idc(['import']);
  expect(out).toContain('# To decide: it has the e-mail address of "ann".\n    - bob\n');
  writeFileSync(local.file, out);
  const { code, err } = await local.idc(['plan', '--detailed-exitcode']);
  expect(code, err).toBe(0);
});

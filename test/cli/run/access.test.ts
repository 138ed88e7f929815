import { holdsIn } from '../../support/named-access.ts';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parseSnapshot, renderSnapshot } from '../../../src/source/snapshot-format.ts';
import type { AccessAnswer, AccessComparison } from '../../../src/core/access-answer.ts';
import { accessJsonSchema } from '../../../src/formats/access.ts';
import { accounts, person } from '../../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../../support/local-folder.ts';
import { runIdc } from '../../support/run-idc.ts';

const user = (name: string) => ({ DisplayName: name, Name: { GivenName: name, FamilyName: name } });
const everything = ['arn:aws:iam::aws:policy/AdministratorAccess'];

/** Live: ann by the file in two ways, bob by a group alone, cy by what the file leaves alone and by nothing. */
const live = {
  users: { ann: user('ann'), bob: user('bob'), cy: user('cy'), gone: user('gone') },
  groups: { ops: { members: ['ann', 'bob'] }, 'AWS-team': { members: ['cy'] } },
  permissionSets: { Admin: { managedPolicies: everything }, Read: {}, AWSOld: { managedPolicies: everything } },
  assignments: [
    `GROUP ops Admin ${accounts.production}`,
    `USER ann Admin ${accounts.production}`,
    `USER cy Read ${accounts.staging}`,
    `GROUP AWS-team AWSOld ${accounts.production}`,
  ],
  orphans: [`USER gone Admin ${accounts.production}`],
};

/** On lines of its own, so that every grant has one. */
const file = `version: 1
identityCenter: { region: us-east-1 }
accounts: ${JSON.stringify(accounts)}
users:
  ann: ${JSON.stringify(person('ann'))}
  bob: ${JSON.stringify(person('bob'))}
  cy: ${JSON.stringify(person('cy'))}
groups:
  ops:
    members:
      - ann
      - { user: bob, expires: 2026-06-01 }
permissionSets:
  Admin: { managedPolicies: [AdministratorAccess] }
  Read: {}
assignments:
  - groups: [ops]
    permissionSets: [Admin]
    accounts: [production]
  - users: [ann]
    permissionSets: [Admin]
    accounts: [production]
    expires: 2027-03-01
ignore: { groups: ["AWS*"], permissionSets: ["AWS*"] }
`;

async function planted(): Promise<LocalFolder> {
  const local = createLocalFolder({});
  writeFileSync(local.file, file);
  await local.plant(live);
  return local;
}

async function ask<Answer = AccessAnswer>(local: LocalFolder, ...flags: string[]): Promise<Answer> {
  const { code, out, err } = await local.idc(['access', '--format', 'json', ...flags]);
  expect(code, err).toBe(0);
  return answerIn(out) as Answer;
}

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const validate = ajv.compile(accessJsonSchema() as object);

/** Every answer is of the published format. */
function answerIn(out: string): unknown {
  const answer: unknown = JSON.parse(out);
  validate(answer);
  expect(validate.errors).toBeNull();
  return answer;
}

it('the published schema is current (npm run schemas writes it), and takes no other member', () => {
  const published = readFileSync(new URL('../../../schemas/access.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(accessJsonSchema());
  expect(validate({ formatVersion: 2, question: {}, source: { type: 'live' }, accounts: {}, holdings: [] })).toBe(true);
  expect(validate({ formatVersion: 1, question: {}, source: { type: 'live' }, accounts: {}, holdings: [] })).toBe(
    false,
  );
  expect(validate({ formatVersion: 2, question: {}, source: { type: 'live' }, accounts: {}, more: [] })).toBe(false);
});

/** `ann Admin 111122223333`, in order. */
const held = ({ holdings }: AccessAnswer): string[] =>
  holdings.map(({ user: name, permissionSet, account }) => `${name} ${permissionSet} ${account}`);

describe('idc access', () => {
  it('says who holds what in every way, from what is live and not from what the file would make of it', async () => {
    const local = await planted();
    const answer = await ask(local);
    expect(held(answer)).toEqual([
      `cy AWSOld ${accounts.production}`,
      `ann Admin ${accounts.production}`,
      `bob Admin ${accounts.production}`,
      `cy Read ${accounts.staging}`,
    ]);
    expect(answer.source).toEqual({ type: 'live' });
    expect(answer.accounts).toEqual({ [accounts.production]: 'production', [accounts.staging]: 'staging' });
    expect(JSON.stringify(answer)).not.toContain('gone');
  });

  it('gives the line behind every grant, or says that the file leaves it alone, has let it expire or would end it', async () => {
    const local = await planted();
    const { out } = await local.idc(['access'], { columns: () => 200 });
    expect(out.replaceAll(local.file, 'FILE')).toMatchInlineSnapshot(`
      "Who holds what
      From what is live.

      production (111122223333)
        ! AWSOld (administrator)
            cy
              through group AWS-team: member live only (the file leaves it alone), granted live only (the file leaves it alone)
        ! Admin (administrator)
            ann
              through group ops: member by FILE:11, granted by FILE:17
              directly: granted until 2027-03-01 by FILE:20
            bob
              through group ops: member live only (expired 2026-06-01, FILE:12: the next apply removes it), granted by FILE:17

      staging (444455556666)
          Read (read)
            cy
              directly: granted live only (not in the file: the next apply removes it)

      3 people hold 3 permission sets in 2 accounts.
      "
    `);
  });

  it('fits into 60 columns, whatever the names hold', async () => {
    const local = createLocalFolder({});
    const group = 'ops\nthat-begins-a-line-and-has-more-and-more-and-more-of-it-than-fits';
    await local.plant({
      users: { ann: user('ann') },
      groups: { [group]: { members: ['ann'] } },
      permissionSets: { Admin: { managedPolicies: everything } },
      assignments: [`GROUP ${group} Admin ${accounts.production}`],
    });
    for (const flags of [[], ['--without-group', group]]) {
      const { code, out } = await local.idc(['access', ...flags], { columns: () => 60 });
      expect(code).toBe(0);
      expect(out.replaceAll(/\s+/g, '')).toContain(String.raw`ops\nthat-begins`);
      expect(out.split('\n').filter((line) => line.length > 60)).toEqual([]);
    }
  });

  it('marks who is disabled', async () => {
    const local = await planted();
    await local.visit(({ world }) => {
      for (const row of world.users.rows()) {
        if (row.UserName !== 'cy') world.users.put({ ...row, UserStatus: 'DISABLED' });
      }
    });
    expect((await ask(local, '--user', 'ann')).holdings).toMatchObject([{ user: 'ann', isDisabled: true }]);
    expect((await local.idc(['access', '--account', 'production'])).out).toContain('ann (disabled)\n');
    expect((await local.idc(['access', '--user', 'ann'])).out).toContain('(disabled)');
    const gone = await local.idc(['access', '--without-group', 'ops']);
    expect(gone.out).toContain('Disabled: bob.');
    const others = await local.idc(['access', '--without-group', 'AWS-team']);
    expect(others.out).not.toContain('Disabled');
  });
});

describe('the filters of idc access', () => {
  it.each([
    [['--user', 'ANN'], [`ann Admin ${accounts.production}`]],
    [['--account', 'staging'], [`cy Read ${accounts.staging}`]],
    [['--account', accounts.staging, '--user', 'ann'], []],
    [['--account', 'management'], []],
    [
      ['--permission-set', 'Read', '--permission-set', 'AWSOld', '--user', 'cy'],
      [`cy AWSOld ${accounts.production}`, `cy Read ${accounts.staging}`],
    ],
    [['--group', 'AWS-team'], [`cy AWSOld ${accounts.production}`]],
    // Also by a permission set that the file ignores.
    [
      ['--account', 'production', '--administrators'],
      [`cy AWSOld ${accounts.production}`, `ann Admin ${accounts.production}`, `bob Admin ${accounts.production}`],
    ],
    [['--administrators', '--account', 'staging'], []],
  ])('%j', async (flags, expected) => {
    expect(held(await ask(await planted(), ...flags))).toEqual(expected);
  });

  it.each([
    [['--user', 'anm'], 'There is no user "anm"; did you mean "ann"? (unknown-user)'],
    [['--group', 'opps'], 'There is no group "opps"; did you mean "ops"? (unknown-group)'],
    [['--without-group', 'opps'], 'There is no group "opps"; did you mean "ops"? (unknown-group)'],
    [
      ['--permission-set', 'Admni'],
      'There is no permission set "Admni"; did you mean "Admin"? (unknown-permission-set)',
    ],
    [['--account', 'prod'], 'There is no account "prod"; did you mean "production"? (unknown-account)'],
  ])('refuse a name that is not there: %j', async (flags, message) => {
    const { code, out, err } = await (await planted()).idc(['access', ...flags]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(message);
  });

  it('tell a name that is in the file and not live yet', async () => {
    const local = createLocalFolder({ users: { new: person('new') } });
    const { err } = await local.idc(['access', '--user', 'new']);
    expect(err).toContain('There is no user "new" yet: the next apply creates it. (unknown-user)');
  });
});

describe('idc access --without-group', () => {
  it('lists what is held in no other way', async () => {
    const local = await planted();
    const answer = await ask<AccessComparison>(local, '--without-group', 'ops');
    expect(holdsIn(answer, answer.lost).map((one) => `${one.user} ${one.permissionSet}`)).toEqual(['bob Admin']);
    expect(answer).toMatchObject({ gained: [], lastAccess: ['bob'], withoutGroups: ['ops'] });
    const { out } = await local.idc(['access', '--without-group', 'ops', '--without-group', 'AWS-team']);
    expect(out).toContain('Access that would be lost without groups AWS-team and ops');
    expect(out).toContain('- cy loses AWSOld (administrator) in production, through group AWS-team');
    const none = await local.idc(['access', '--without-group', 'ops', '--user', 'ann', '--account', 'staging']);
    expect(none.out).toContain('Access that would be lost without group ops in staging: ann');
    expect(none.out).toContain('Access: no one gains or loses a permission set in any account');
    // Nothing was written.
    expect(held(await ask(local))).toHaveLength(4);
  });
});

describe('idc access from files', () => {
  const offline = (local: LocalFolder, ...flags: string[]) =>
    runIdc(['access', '-f', local.file, '--offline', ...flags]);

  it('--offline asks the file alone, as of now', async () => {
    const local = createLocalFolder({});
    writeFileSync(local.file, file);
    const { code, out } = await offline(local, '--format', 'json');
    expect(code).toBe(0);
    const answer = answerIn(out) as AccessAnswer;
    expect(held(answer)).toEqual([`ann Admin ${accounts.production}`]);
    expect(answer.holdings[0]).toMatchObject({
      power: 'administrator',
      ways: [
        { via: 'ops', assignment: { places: [{ line: 17 }] }, membership: { places: [{ line: 11 }] } },
        { assignment: { status: 'declared', places: [{ line: 20 }] } },
      ],
    });
    expect((await offline(local, '--without-group', 'ops')).out).toContain('no one gains or loses');
    expect((await offline(local)).out.replaceAll(/\s+/g, ' ')).toContain('alone, without a look at what is live.');
  });

  it.each([
    [{ groups: {} }, 'it has no section users'],
    [{ users: {} }, 'it has no section assignments'],
    [{ users: {}, assignments: [] }, 'it has no section permissionSets'],
    [
      {
        users: {},
        permissionSets: { A: {} },
        assignments: [{ groups: ['ops'], permissionSets: ['A'], accounts: ['production'] }],
      },
      'it does not declare the group "ops"',
    ],
    [
      {
        accounts: undefined,
        users: { ann: person('ann') },
        permissionSets: { A: {} },
        assignments: [{ users: ['ann'], permissionSets: ['A'], accounts: ['production'] }],
      },
      'it does not say the id of account "production"',
    ],
    [{ identityCenter: { directory: 'external' } }, "its users and groups are the identity provider's to say"],
  ])('--offline says what the file lacks: %j', async (document, gap) => {
    const local = createLocalFolder(document);
    const { code, err } = await offline(local);
    expect(code).toBe(1);
    expect(err).toContain(`${gap}. (file-not-whole)`);
  });

  it('--snapshot gives the answer that was live, without a call', async () => {
    const local = await planted();
    const snapshot = await take(local, 'live.json');
    const expected = await ask(local);
    rmSync(path.join(local.folder, '.idc'), { recursive: true });
    const { code, out, err } = await runIdc(['access', '-f', local.file, '--snapshot', snapshot, '--format', 'json']);
    expect(code, err).toBe(0);
    const answer = answerIn(out) as AccessAnswer;
    expect(answer.source).toEqual({ type: 'snapshot', takenAt: '2026-06-15T12:00:00.000Z' });
    expect({ ...answer, source: { type: 'live' } }).toEqual(expected);
  });

  it('needs no file but where one is asked for', async () => {
    const local = await planted();
    const snapshot = await take(local, 'live.json');
    rmSync(local.file);
    const asked = await runIdc(['access', '-f', local.file, '--snapshot', snapshot]);
    expect(asked.err).toContain('(unreadable-file)');
  });
});

describe('idc access --from', () => {
  it('says who has gained and lost what between two snapshots, or since one', async () => {
    const local = await planted();
    const monday = await take(local, 'monday.json');
    const applied = await local.idc(['apply', '--yes']);
    expect(applied.code, applied.err).toBe(0);
    const friday = await take(local, 'friday.json');
    const between = await runIdc(['access', '-f', local.file, '--from', monday, '--to', friday, '--format', 'json']);
    expect(between.code, between.err).toBe(0);
    const answer = answerIn(between.out) as AccessComparison;
    expect(holdsIn(answer, answer.lost).map((one) => `${one.user} ${one.permissionSet}`)).toEqual([
      'bob Admin',
      'cy Read',
    ]);
    expect(answer).toMatchObject({ gained: [], lastAccess: ['bob'], comparedWith: { type: 'snapshot' } });
    expect(await ask<AccessComparison>(local, '--from', monday)).toEqual({ ...answer, comparedWith: { type: 'live' } });
    const back = await runIdc(['access', '-f', local.file, '--from', friday, '--to', monday, '--administrators']);
    expect(back.out).toContain('bob becomes an administrator of production');
    expect(back.out).toContain('bob gains Admin (administrator) in production, through group ops');
    expect(back.out).not.toContain('Read');
  });

  it('knows people and groups again under other names', async () => {
    const local = await planted();
    const before = await take(local, 'before.json');
    await local.visit(({ world }) => {
      const ann = [...world.users.rows()].find(({ UserName }) => UserName === 'ann');
      const ops = [...world.groups.rows()].find(({ DisplayName }) => DisplayName === 'ops');
      if (ann) world.users.put({ ...ann, UserName: 'anna' });
      if (ops) world.groups.put({ ...ops, DisplayName: 'platform' });
    });
    expect(await ask<AccessComparison>(local, '--from', before)).toMatchObject({ gained: [], lost: [] });
  });

  it('tells whose address became that of someone else, with what they hold', async () => {
    const local = await planted();
    const before = await take(local, 'before.json');
    await local.visit(({ world }) => {
      const ann = [...world.users.rows()].find(({ UserName }) => UserName === 'ann');
      if (ann)
        world.users.put({ ...ann, Emails: [{ Value: 'stranger@elsewhere.example', Type: 'work', Primary: true }] });
    });
    expect((await ask<AccessComparison>(local, '--from', before)).changedHands).toMatchObject([
      { user: 'ann', holds: [{ permissionSet: 'Admin', accounts: [accounts.production], isAdministrator: true }] },
    ]);
    const { out } = await local.idc(['access', '--from', before], { columns: () => 200 });
    expect(out).toContain('Access: 1 person with access may be another person\n');
    expect(out).toContain('ann gets another e-mail address');
    expect(await ask<AccessComparison>(local, '--from', before, '--user', 'bob')).toMatchObject({ changedHands: [] });
    const staging = await ask<AccessComparison>(local, '--from', before, '--account', 'staging');
    expect(staging.changedHands).toEqual([]);
  });

  it('compares snapshots of one instance only', async () => {
    const local = await planted();
    const one = await take(local, 'a.json');
    const other = path.join(local.folder, 'b.json');
    const { context, ...rest } = parseSnapshot(readFileSync(one, 'utf8'));
    const instance = { ...context.instance, arn: 'arn:aws:sso:::instance/ssoins-ffffffffffffffff' };
    writeFileSync(other, renderSnapshot({ ...rest, context: { ...context, instance } }));
    const { code, err } = await runIdc(['access', '-f', local.file, '--from', one, '--to', other]);
    expect(code).toBe(1);
    expect(err).toContain('(snapshot-instance)');
  });

  it('says when what was gained ends, by the file', async () => {
    const local = createLocalFolder({});
    writeFileSync(local.file, file);
    const before = await take(local, 'before.json');
    await local.plant({
      users: { ann: user('ann') },
      permissionSets: { Admin: { managedPolicies: everything } },
      assignments: [`USER ann Admin ${accounts.production}`],
    });
    const { out } = await local.idc(['access', '--from', before], { columns: () => 200 });
    expect(out).toContain('ann gains Admin (administrator) in production, directly, until 2027-03-01');
    const { gained } = await ask<AccessComparison>(local, '--from', before);
    expect(gained).toMatchObject([{ permissionSet: 'Admin', until: '2027-03-01' }]);
  });

  it('is where --to begins', async () => {
    const local = await planted();
    const { code, err } = await local.idc(['access', '--to', await take(local, 'a.json')]);
    expect(code).toBe(1);
    expect(err).toContain('(flags-mismatch)');
  });
});

async function take(local: LocalFolder, name: string): Promise<string> {
  const snapshot = path.join(local.folder, name);
  const { code, err } = await local.idc(['snapshot', '--out', snapshot]);
  expect(code, err).toBe(0);
  return snapshot;
}

import { holdsIn, holdsOfAnswer } from '../../support/named-access.ts';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { Seed } from '../../../src/emulator/index.ts';
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
production: { accounts: [production] }
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
  const comparison = {
    formatVersion: 3,
    question: {},
    source: { type: 'live' },
    accounts: {},
    people: [],
    gained: [],
    lost: [],
    lastAccess: [],
    newAdministrators: [],
    lostAdministrators: [],
    edited: [],
    attributes: [],
    changedHands: [],
    disabledUsers: [],
    causes: [],
    raises: [],
  };
  expect(validate(comparison)).toBe(true);
  expect(validate({ ...comparison, formatVersion: 2 })).toBe(false);
  expect(validate({ ...comparison, more: [] })).toBe(false);
});

/** `ann Admin 111122223333`, each once, account by account. */
const held = (answer: AccessAnswer): string[] => [
  ...new Set(
    holdsOfAnswer(answer)
      .map(({ user: name, permissionSet, account }) => [account, permissionSet, name] as const)
      .sort((a, b) => (a.join() < b.join() ? -1 : 1))
      .map(([account, permissionSet, name]) => `${name} ${permissionSet} ${account}`),
  ),
];

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
    expect(answer.accounts).toEqual(Object.fromEntries(Object.entries(accounts).map(([name, id]) => [id, name])));
    expect(JSON.stringify(answer)).not.toContain('gone');
  });

  it('gives the line behind every grant, or says that the file leaves it alone, has let it expire or would end it', async () => {
    const local = await planted();
    const { out } = await local.idc(['access']);
    expect(out.replace(/ssoins-\w+/, 'ssoins-1')).toMatchInlineSnapshot(`
      "Access on ssoins-1, live 2026-06-15 12:00 UTC

        3 people, 2 accounts and 3 permission sets, by 4 account assignments in 4
        grants
      ! 3 administer an account: ann, bob and cy
        0 administer the management account
      ! 3 can write in production (1 account): ann, bob and cy
        2 grants to people directly, without a group
        0 grants end within 30 days
      ! 1 group membership expired and still live: the next apply removes the access
      ! 1 grant not in the file: the next apply removes the access
        1 grant that the file leaves alone

      Administrator
        AWSOld in production
            AWS-team: cy
              the file leaves it alone
        Admin in production
            ann, directly                                    until 2027-03-01, line 20
            ops: ann and bob (membership expired 2026-06-01)                   line 17

      Read
        Read (allows nothing) in staging
            cy, directly
              not in the file: the next apply removes it

      Not known: roles of account access manager. AWS denies
        account-access:ListApplications: User: arn:aws:iam::999988887777:user/emulator
        is not authorized to perform: account-access:ListApplications on resource: *

      By person: --user NAME. By account: --account NAME. As a table: --format
        markdown or csv.
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

  it('gives every person and grant as a row of CSV that no spreadsheet runs', async () => {
    const local = createLocalFolder({});
    await local.plant({
      users: { '=cmd|calc': user('@ann, "the" one') },
      groups: { '+ops': { members: ['=cmd|calc'] } },
      permissionSets: {
        Admin: { managedPolicies: everything },
        Roles: { managedPolicies: ['arn:aws:iam::aws:policy/IAMFullAccess'] },
      },
      assignments: [`GROUP +ops Admin ${accounts.production}`, `USER =cmd|calc Roles ${accounts.staging}`],
    });
    const { out } = await local.idc(['access', '--format', 'csv']);
    const [heads = '', ...rows] = out.split('\r\n').slice(0, -1);
    expect(heads.split(',').slice(0, 4)).toEqual(['user_name', 'user_id', 'display_name', 'email']);
    expect(rows).toHaveLength(2);
    for (const row of rows)
      expect(row).toMatch(/^'=cmd\|calc,[\w-]+,"'@ann, ""the"" one",,yes,(?:Admin|Roles),arn:aws:sso:/);
    expect(heads).toContain(',power,privileged,power_cause,');
    expect(rows[1]).toContain(',administrator,yes,"by iam:CreateRole and iam:AttachRolePolicy",');
    expect(rows.join('\n')).toContain(",'+ops,");
    expect(out).not.toMatch(/(^|,)"?[=+@-]/m);
  });

  it('gives Markdown in which no name is anything but text', async () => {
    const local = createLocalFolder({});
    const group = 'a|b](http://x.example)@team<img/src=x>';
    await local.plant({
      users: { ann: user('ann') },
      groups: { [group]: { members: ['ann'] } },
      permissionSets: { Admin: { managedPolicies: everything } },
      assignments: [`GROUP ${group} Admin ${accounts.production}`],
    });
    const { out } = await local.idc(['access', '--format', 'markdown']);
    expect(out).toContain('## Administrator');
    expect(out).toContain('| Admin | administrator | production |');
    const row = out.split('\n').find((line) => line.startsWith('| Admin |')) ?? '';
    expect(row.replaceAll(/`[^`]*`/g, '')).not.toMatch(/[<@[\]]|http/);
    expect(row.replaceAll('\\|', '').split('|')).toHaveLength(8);
  });

  it('marks who is disabled', async () => {
    const local = await planted();
    await local.visit(({ world }) => {
      for (const row of world.users.rows()) {
        if (row.UserName !== 'cy') world.users.put({ ...row, UserStatus: 'DISABLED' });
      }
    });
    const { users, summary } = await ask(local, '--user', 'ann');
    expect(users).toMatchObject([{ name: 'ann', isDisabled: true }]);
    expect(summary).toMatchObject({ people: 1, administrators: [], disabled: ['ann'] });
    expect((await local.idc(['access', '--account', 'production'])).out).toContain('ann (disabled)');
    expect((await local.idc(['access', '--user', 'ann'])).out).toContain('Disabled: ann.');
    expect((await local.idc(['access'])).out).toContain('2 disabled, counted only under people: ann and bob');
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
    [
      ['--user', 'C*', '--account', '*'],
      [`cy AWSOld ${accounts.production}`, `cy Read ${accounts.staging}`],
    ],
    [
      ['--production', '--action', 's3:Delete*'],
      [`cy AWSOld ${accounts.production}`, `ann Admin ${accounts.production}`, `bob Admin ${accounts.production}`],
    ],
    [['--expires-within', '30d'], [`bob Admin ${accounts.production}`]],
    [
      ['--expires-within', '52w'],
      [`ann Admin ${accounts.production}`, `bob Admin ${accounts.production}`],
    ],
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
    [['--user', 'x*'], 'No user matches "x*". (unknown-user)'],
    [['--account', '*-prod'], 'No account matches "*-prod". (unknown-account)'],
    [
      ['--action', 's3:DeleteBuckett'],
      'No action is called "s3:DeleteBuckett"; did you mean "s3:DeleteBucket"? (unknown-action)',
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

describe('questions about units and tags', () => {
  const seed: Seed = {
    managementAccountId: '999988887777',
    accounts: [
      { id: '999988887777', name: 'management' },
      { id: '111122223333', name: 'shop', ou: 'Workloads/Prod', tags: { env: 'prod' } },
      { id: '222233334444', name: 'pay', ou: 'Workloads/Prod/Payments', tags: { env: 'prod', pci: 'yes' } },
      { id: '444455556666', name: 'test', ou: 'Workloads/Test' },
      { id: '555566667777', name: 'old', ou: 'Workloads/Prod' },
    ],
  };
  const production = { organizationalUnits: ['Workloads/Prod'], accountTags: { pci: 'yes' } };

  async function start(more: object): Promise<LocalFolder> {
    const local = createLocalFolder({ accounts: undefined, ...more });
    const ids = (seed.accounts ?? []).map(({ id }) => id);
    await local.plant(
      {
        users: { ann: user('ann') },
        permissionSets: { Read: {} },
        assignments: ids.map((id) => `USER ann Read ${id}`),
      },
      seed,
    );
    await local.visit(({ world }) => {
      const old = world.accounts.rows().find(({ Name }) => Name === 'old');
      if (old) world.accounts.put({ ...old, State: 'SUSPENDED' });
    });
    return local;
  }

  const namesIn = ({ grants, accounts: names }: AccessAnswer): string[] =>
    grants.flatMap(({ accounts: ids }) => ids.map((id) => names[id] ?? id)).sort();

  it.each([
    [
      ['--ou', 'Workloads/Prod'],
      ['old', 'pay', 'shop'],
    ],
    [
      ['--ou', 'Workloads/Prod/Payments', '--ou', 'Workloads/Test'],
      ['pay', 'test'],
    ],
    [
      ['--tag', 'env=prod'],
      ['pay', 'shop'],
    ],
    [['--tag', 'env=prod', '--tag', 'pci=yes'], ['pay']],
    [['--ou', 'Workloads', '--account', 's*'], ['shop']],
    [['--production'], ['old', 'pay', 'shop']],
  ])('%j', async (flags, expected) => {
    const local = await start({ production });
    expect(namesIn(await ask(local, ...flags))).toEqual(expected);
    // A snapshot taken with this file has what it takes.
    const snapshot = await take(local, 'live.json');
    if (flags[0] === '--production') {
      const { out } = await runIdc(['access', '-f', local.file, '--snapshot', snapshot, '--format', 'json', ...flags]);
      expect(namesIn(answerIn(out) as AccessAnswer)).toEqual(expected);
    }
  });

  it.each([
    [['--ou', 'Workloads/Pord'], 'did you mean "Workloads/Prod"? (unknown-organizational-unit)'],
    [['--production'], 'The file does not say which accounts are production. (production-undeclared)'],
    [['--tag', 'prod'], 'It is a key and a value, such as env=prod.'],
    [['--expires-within', 'soon'], 'It is a number of hours, days or weeks: 12h, 30d, 4w.'],
  ])('refuse what is not there: %j', async (flags, message) => {
    const { code, err } = await (await start({})).idc(['access', ...flags]);
    expect(code).toBe(1);
    expect(err.replaceAll(/\s+/g, ' ')).toContain(message);
  });

  it('say that production is not known, where a snapshot does not tell', async () => {
    const local = await start({});
    const snapshot = await take(local, 'live.json');
    local.write({ accounts: undefined, production });
    const { code, out } = await runIdc(['access', '-f', local.file, '--snapshot', snapshot]);
    expect(code).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('? who can write in production is not known');
  });

  it('read units and tags only where they are asked about, and a plan never does', async () => {
    const structure = ['ListRoots', 'ListOrganizationalUnitsForParent', 'ListTagsForResource'];
    const calls = async (local: LocalFolder, ...args: string[]): Promise<string[]> =>
      (await local.idc([...args, '--verbose'])).err
        .split('\n')
        .flatMap((line) => structure.filter((name) => line.includes(`organizations:${name}`)));
    const [without, declared] = [await start({}), await start({ production })];
    expect(await calls(without, 'access')).toEqual([]);
    expect(await calls(without, 'plan')).toEqual([]);
    expect(await calls(declared, 'plan')).toEqual([]);
    expect(new Set(await calls(declared, 'access'))).toEqual(new Set(structure));
    expect(new Set(await calls(without, 'access', '--ou', 'Workloads'))).toEqual(new Set(structure.slice(0, 2)));
    expect(new Set(await calls(without, 'access', '--tag', 'env=prod'))).toEqual(new Set(structure.slice(2)));
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
    expect(none.out).toContain('Access that would be lost without group ops in account staging: ann');
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
    expect(answer.grants).toMatchObject([
      { users: ['ann'], status: 'declared', until: '2027-03-01', places: [{ line: 20 }] },
      { permissionSet: 'Admin', power: 'administrator', groups: ['ops'], status: 'declared', places: [{ line: 17 }] },
    ]);
    expect(answer.groups).toMatchObject([{ name: 'ops', members: [{ users: ['ann'], places: [{ line: 11 }] }] }]);
    expect((await offline(local, '--without-group', 'ops')).out).toContain('no one gains or loses');
    expect((await offline(local)).out.replaceAll(/\s+/g, ' ')).toContain('alone, without a look at what is live');
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
    expect({ ...answer, source: { type: 'live' }, madeAt: expected.madeAt }).toEqual(expected);
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

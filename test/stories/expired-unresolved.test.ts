import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makePlan } from '../../src/planner/make-plan.ts';
import { liveSource } from '../../src/source/live.ts';
import { parseSnapshot, renderSnapshot } from '../../src/source/snapshot-format.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { Seed } from '../../src/emulator/index.ts';
import { startEmulator, type TimedEmulator } from '../support/emulator.ts';
import { under } from '../support/in-force.ts';
import { load, now, startLive } from '../support/live.ts';
import { observe, plant, type Organisation } from '../support/organisation.ts';
import { runIdc, type Ran } from '../support/run-idc.ts';

// A run that only removes goes on whatever can't be resolved, and never removes what that may be about.

const instanceArn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
const [production, sandbox] = ['111122223333', '444455556666'];
const seed: Seed = {
  region: 'us-east-1',
  instanceArn,
  managementAccountId: '999988887777',
  accounts: [
    { id: '999988887777', name: 'management' },
    { id: production, name: 'production', ou: 'Workloads/Prod', tags: { env: 'prod' } },
    { id: sandbox, name: 'sandbox', ou: 'Workloads/Test', tags: { env: 'test' } },
    { id: '555566667777', name: 'twin' },
    { id: '666677778888', name: 'twin' },
  ],
  applications: [{ name: 'Salesforce' }, { name: 'Wiki' }],
};
const user = (name: string) => ({ DisplayName: name, Name: { GivenName: name, FamilyName: name } });
const before: Organisation = {
  users: { ann: user('ann'), cid: user('cid'), zoé: user('zoé') },
  groups: { ops: { members: ['ann', 'cid'] }, Cloud: { members: ['cid'] }, Nobody: {} },
  permissionSets: {
    AdministratorAccess: { managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
    Read: {},
  },
  assignments: [
    `USER ann AdministratorAccess ${production}`,
    `GROUP ops AdministratorAccess ${sandbox}`,
    `GROUP ops Read ${production}`,
    `GROUP Cloud Read ${production}`,
    `GROUP Nobody AdministratorAccess ${production}`,
    `USER zoé Read ${production}`,
  ],
  applicationAssignments: ['USER ann Wiki', 'GROUP Cloud Salesforce'],
};
const annsAdmin = 'AdministratorAccess in production to ann';

const home = { region: 'us-east-1', instanceArn };
const sets = { AdministratorAccess: { managedPolicies: ['AdministratorAccess'] }, Read: {} };
const expires = '2026-06-14';
const annsEntry = { users: ['ann'], permissionSets: ['AdministratorAccess'], accounts: [production], expires };

/** Users and groups are the identity provider's; Ann's access has expired. */
const file = (more: object, ...entries: object[]): object => ({
  version: 1,
  identityCenter: { ...home, directory: 'external' },
  permissionSets: sets,
  ...more,
  assignments: [annsEntry, ...entries],
});
/** The same where the file manages the groups. */
const declaring = (groups: object): object => file({ identityCenter: home, groups });
const admin = (entry: object): object => ({ permissionSets: ['AdministratorAccess'], ...entry });

const folder = mkdtempSync(path.join(tmpdir(), 'idc-expired-'));
const identity = path.join(folder, 'identity.yaml');
const snapshot = path.join(folder, 'live.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(() => vi.unstubAllEnvs());

async function withLive<Result>(work: (emulator: TimedEmulator) => Promise<Result>): Promise<Result> {
  const emulator = await startEmulator({ seed, behaviour: { asyncMs: 1 } });
  try {
    await plant(emulator, before);
    vi.stubEnv('AWS_ENDPOINT_URL', emulator.url);
    return await work(emulator);
  } finally {
    await emulator.close();
  }
}

const write = (document: object): void => writeFileSync(identity, JSON.stringify(document, null, 1));
const idc = ([command = '', ...args]: string[], env: object = {}): Promise<Ran> =>
  runIdc([command, '-f', identity, ...args], { env: { AWS_ENDPOINT_URL: process.env['AWS_ENDPOINT_URL'], ...env } });
const onlyExpired = (...flags: string[]): Promise<Ran> =>
  idc(['plan', '--only', 'expired', '--snapshot', snapshot, ...flags]);
const word = (text: string): string => text.replaceAll(/\s+/g, ' ');
/** The place of the last line with this text. */
const placeOf = (text: string): string =>
  `${identity}:${
    readFileSync(identity, 'utf8')
      .split('\n')
      .findLastIndex((line) => line.includes(text)) + 1
  }:`;

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  await withLive(async () => {
    // So that it has the units and the tags.
    write(
      file({}, admin({ users: ['ann'], organizationalUnits: ['Workloads'], except: { accountTags: { env: 'x' } } })),
    );
    const { code, err } = await idc(['snapshot', '--out', snapshot]);
    if (code !== 0) throw new Error(err);
  });
  vi.unstubAllEnvs();
});

/** What is planned from the snapshot, as JSON. */
async function planned(document: object): Promise<{ removed: string[]; warnings: Plan['warnings']; plan: Plan }> {
  write(document);
  const { code, out, err } = await onlyExpired('--format', 'json');
  expect(code, err).toBe(0);
  const plan = JSON.parse(out) as Plan;
  expect(plan.steps.filter(({ action }) => action !== 'delete')).toEqual([]);
  return { removed: plan.steps.map(({ label }) => label), warnings: plan.warnings, plan };
}

describe('removes what has expired, and says what could not be resolved:', () => {
  const reads = (entry: object, more: object = {}): object => file(more, { permissionSets: ['Read'], ...entry });
  const applications = (entry: object): object => file({ applicationAssignments: [{ users: ['cid'], ...entry }] });

  it.each<[what: string, code: string, says: string, at: string, document: object]>([
    ['a user whom one line names', 'unknown-user', '"bob"', '"bob"', reads({ users: ['bob'], accounts: [production] })],
    [
      'a user who has the same access',
      'unknown-user',
      '"bob"',
      '"bob"',
      file({}, admin({ users: ['bob'], accounts: [production] })),
    ],
    ['a user in the rules', 'unknown-user', '"bob"', '"bob"', file({ rules: { deny: [{ users: ['bob'] }] } })],
    [
      'a user of an application',
      'unknown-user',
      '"bob"',
      '"bob"',
      applications({ users: ['bob'], applications: ['Wiki'] }),
    ],
    [
      'a member of a declared group',
      'unknown-user',
      '"bob"',
      '"bob"',
      declaring({ ops: { members: ['bob'] }, Cloud: {} }),
    ],
    [
      'a closed account by its id',
      'unknown-account',
      '123456789012',
      '"123456789012"',
      reads({ users: ['ann'], accounts: ['123456789012'] }),
    ],
    [
      'a closed account by its name under accounts',
      'unknown-account',
      '123456789012',
      '"closed"',
      file({ accounts: { closed: '123456789012' } }, admin({ users: ['ann'], accounts: ['closed'] })),
    ],
    [
      'a closed account under cli.accounts',
      'unknown-account',
      '"closed"',
      '"closed"',
      file({ cli: { accounts: { closed: { region: 'us-east-1' } } } }),
    ],
    [
      'a closed account in a default profile',
      'unknown-account',
      '"closed"',
      '"closed"',
      file({ users: { ann: { cli: { default: { account: 'closed', permissionSet: 'Read' } } } } }),
    ],
    [
      'a closed account in the rules',
      'unknown-account',
      '"closed"',
      '"closed"',
      file({ rules: { deny: [{ accounts: ['closed'] }] } }),
    ],
    [
      'an account by its name',
      'unknown-account',
      '"closed"',
      '"closed"',
      reads({ users: ['ann'], accounts: ['closed'] }),
    ],
    [
      'a name of two accounts, of the same access',
      'unknown-account',
      '"twin"',
      '"twin"',
      file({}, admin({ users: ['ann'], accounts: ['twin'] })),
    ],
    [
      'a renamed unit',
      'unknown-organizational-unit',
      '"Workloads/Old"',
      '"Workloads/Old"',
      reads({ users: ['ann'], organizationalUnits: ['Workloads/Old'] }),
    ],
    [
      'a deleted unit by its id, of other access',
      'unknown-organizational-unit',
      'ou-zzzz-zzzzzzzz',
      '"ou-zzzz-zzzzzzzz"',
      reads({ users: ['ann'], organizationalUnits: ['ou-zzzz-zzzzzzzz'] }),
    ],
    ['a renamed group', 'unknown-group', '"Admins"', '"Admins"', reads({ groups: ['Admins'], accounts: [production] })],
    [
      'a renamed group, of the same set elsewhere',
      'unknown-group',
      '"Admins"',
      '"Admins"',
      file({}, admin({ groups: ['Admins'], accounts: [sandbox] })),
    ],
    [
      'a group that differs by case alone now',
      'similar-names',
      '"cloud"',
      '"cloud"',
      declaring({ ops: { members: ['ann', 'cid'] }, cloud: { members: ['cid'] } }),
    ],
    [
      'a group whose new name another has',
      'rename-to-existing',
      '"ops"',
      '"previously"',
      declaring({ Cloud: { previously: 'ops' } }),
    ],
    ['a vanished application', 'unknown-application', '"Jira"', '"Jira"', applications({ applications: ['Jira'] })],
    [
      'a permission set that the file does not declare',
      'unknown-permission-set',
      '"Gone"',
      '"cid"',
      reads({ users: ['cid'], permissionSets: ['Gone'], accounts: [production] }, { permissionSets: undefined }),
    ],
  ])('%s', async (_what, code, says, at, document) => {
    write(document);
    const place = placeOf(at);
    const whole = await idc(['plan', '--snapshot', snapshot]);
    expect([whole.code, whole.err.includes(place) && whole.err.includes(code)]).toEqual([1, true]);

    const { removed, warnings, plan } = await planned(document);
    expect(removed).toEqual([annsAdmin]);
    if (plan.gone.length > 0) {
      const [file, line] = [identity, Number(place.split(':').at(-2))];
      expect(plan.gone).toMatchObject([{ places: [{ file, line }] }]);
      expect([says, at].join(' ')).toContain(plan.gone[0]?.name);
      const [text, comment] = [await onlyExpired(), await onlyExpired('--format', 'markdown')];
      expect(word(text.out)).toContain(`"${plan.gone[0]?.name}" (${file}:${line}): `);
      expect(comment.out).toContain(`${file}:${line}`);
      return;
    }
    const told = warnings.filter((one) => one.code === code);
    expect(told).toEqual([
      {
        code,
        message: expect.stringContaining(says) as string,
        place: { file: identity, line: Number(place.split(':').at(-2)), column: expect.any(Number) as number },
      },
    ]);
    const message = word(told[0]?.message ?? '');
    expect(word((await onlyExpired()).out)).toContain(`! ${message} [${code}] ${place}`);
    expect((await onlyExpired('--format', 'markdown')).out).toContain(`(\`${code}\`, \`${place}`);
  });
});

describe('keeps, and says so, what a line may still ask for whose names can’t be found:', () => {
  const sharesWith = (entry: object, more: object = {}): object => file(more, admin(entry));
  const wiki = { users: ['ann'], applications: ['Wiki'], expires };
  const leaves = { members: ['cid', { user: 'ann', expires }] };
  const zoesEntry = { ...annsEntry, users: ['zoé'], permissionSets: ['Read'] };
  /** AdministratorAccess is to be made anew as Admin. */
  const renamedSet = (ends: object, may: object): object => ({
    ...file({
      permissionSets: { Admin: { ...sets.AdministratorAccess, previously: 'AdministratorAccess' }, Read: {} },
    }),
    assignments: [
      { ...annsEntry, permissionSets: ['Admin'] },
      { permissionSets: ['Admin'], accounts: [production], expires, ...ends },
      { permissionSets: ['Admin'], ...may },
    ],
  });

  it.each<[what: string, stays: string[], line: string, document: object]>([
    ['a renamed unit', [annsAdmin], '"ann"', sharesWith({ users: ['ann'], organizationalUnits: ['Workloads/Old'] })],
    [
      'a deleted unit by its id',
      [annsAdmin],
      '"ann"',
      sharesWith({ users: ['ann'], organizationalUnits: ['ou-zzzz-zzzzzzzz'] }),
    ],
    ['a renamed account', [annsAdmin], '"ann"', sharesWith({ users: ['ann'], accounts: ['old-name'] })],
    ['a tag that no account has', [annsAdmin], '"ann"', sharesWith({ users: ['ann'], accountTags: { stage: 'prod' } })],
    ['a pattern that matches no account', [annsAdmin], '"ann"', sharesWith({ users: ['ann'], accounts: ['old-*'] })],
    [
      'one of several units',
      [annsAdmin],
      '"ann"',
      sharesWith({ users: ['ann'], organizationalUnits: ['Workloads/Test', 'Old'] }),
    ],
    [
      'a renamed group, of its sets in its accounts',
      [annsAdmin],
      '"Admins"',
      sharesWith({ groups: ['Admins'], accounts: [production] }),
    ],
    [
      'a renamed group in a renamed unit',
      [annsAdmin],
      '"Admins"',
      sharesWith({ groups: ['Admins'], organizationalUnits: ['Old'] }),
    ],
    [
      'a user in another spelling',
      ['Read in production to zoé'],
      '"zoe\u0301"',
      file({}, zoesEntry, { users: ['zoe\u0301'], permissionSets: ['Read'], accounts: [production] }),
    ],
    [
      'an exception that may leave out anything or nothing',
      [annsAdmin],
      '"ann"',
      sharesWith({ users: ['ann'], all: true, except: { organizationalUnits: ['Old'] } }),
    ],
    [
      'an exception by a renamed account',
      [annsAdmin],
      '"ann"',
      sharesWith({ users: ['ann'], accounts: [production], except: { accounts: ['old-name'] } }),
    ],
    [
      'a renamed application',
      ['Wiki to ann'],
      '"Ann"',
      file({ applicationAssignments: [wiki, { users: ['Ann'], applications: ['Intranet'] }] }),
    ],
    [
      'a renamed group of an application',
      ['Wiki to ann'],
      '"Sales"',
      file({ applicationAssignments: [wiki, { groups: ['Sales'], applications: ['Wiki'] }] }),
    ],
    [
      'a renamed group, of what a user has who is in none',
      ['Read in production to zoé'],
      '"Admins"',
      file({}, zoesEntry, { groups: ['Admins'], permissionSets: ['Read'], accounts: [production] }),
    ],
    [
      'a group that differs by case alone now, of its sets in its accounts',
      [annsAdmin],
      '"cloud"',
      sharesWith({ groups: ['cloud'], accounts: [production] }, { identityCenter: home, groups: { cloud: {} } }),
    ],
    [
      'direct access that may be given through a group',
      [annsAdmin],
      '"ops"',
      sharesWith({ groups: ['ops'], organizationalUnits: ['Old'] }),
    ],
    [
      'what a set gives that is live under its old name',
      ['AdministratorAccess in production to group Nobody'],
      '"Nobody"',
      renamedSet({ groups: ['Nobody'] }, { groups: ['Nobody'], organizationalUnits: ['Old'] }),
    ],
    [
      'access through a group, that another may give to its members',
      ['cid in ops'],
      '"Admins"',
      file(
        {
          identityCenter: home,
          groups: {
            ops: {
              members: [
                { user: 'ann', expires },
                { user: 'cid', expires },
              ],
            },
            Cloud: { members: ['cid'] },
          },
          ignore: { groups: ['Adm*'] },
        },
        admin({ groups: ['ops'], accounts: [sandbox] }),
        admin({ groups: ['Admins'], accounts: [sandbox] }),
      ),
    ],
    [
      'access through a group, that may be given directly',
      [annsAdmin, 'ann in ops'],
      '"ann"',
      file(
        { identityCenter: home, groups: { ops: leaves, Cloud: { members: ['cid'] } } },
        admin({ groups: ['ops'], accounts: [sandbox] }),
        admin({ users: ['ann'], organizationalUnits: ['Old'] }),
      ),
    ],
    [
      'an application that may be given through a group',
      ['Wiki to ann'],
      '"ops"',
      file({ applicationAssignments: [wiki, { groups: ['ops'], applications: ['Intranet'] }] }),
    ],
    [
      'an application through a group, that may be given directly',
      ['Salesforce to group Cloud'],
      '"cid"',
      file({
        applicationAssignments: [
          { groups: ['Cloud'], applications: ['Salesforce'], expires },
          { users: ['cid'], applications: ['CRM'] },
        ],
      }),
    ],
    [
      'a membership that gives an application, which may be given directly',
      ['cid in Cloud'],
      '"cid"',
      file({
        identityCenter: home,
        groups: { ops: { members: ['ann', 'cid'] }, Cloud: { members: [{ user: 'cid', expires }] } },
        applicationAssignments: [
          { groups: ['Cloud'], applications: ['Salesforce'] },
          { users: ['cid'], applications: ['CRM'] },
        ],
      }),
    ],
  ])('%s', async (_what, stays, line, document) => {
    const { removed, warnings } = await planned(document);
    expect([annsAdmin, ...stays].filter((one) => removed.includes(one))).toEqual(
      stays.includes(annsAdmin) ? [] : [annsAdmin],
    );
    const told = warnings.filter(({ code }) => code === 'expired-but-frozen');
    expect(told).toEqual([
      {
        code: 'expired-but-frozen',
        message: expect.stringMatching(
          ` (has expired but is|have expired but are) not removed: ${stays.join(' and ')}. This line may still grant`,
        ) as string,
        place: { file: identity, line: Number(placeOf(line).split(':').at(-2)), column: expect.any(Number) as number },
      },
    ]);
  });
});

it('removes an application that an unresolved line may give to others alone', async () => {
  const wiki = { users: ['ann'], applications: ['Wiki'], expires };
  const intranet = { applications: ['Intranet'] };
  const others = file({ applicationAssignments: [wiki, { ...intranet, users: ['cid'], groups: ['Cloud'] }] });
  expect((await planned(others)).removed.toSorted()).toEqual([annsAdmin, 'Wiki to ann']);
});

it('removes what a person keeps another way', async () => {
  const groups = { ops: { members: ['ann', { user: 'cid', expires }] }, Cloud: { members: ['cid'] }, Nobody: {} };
  const reads = { permissionSets: ['Read'] };
  const document = file(
    { identityCenter: home, groups },
    { ...reads, groups: ['ops', 'Cloud'], accounts: [production] },
    admin({ groups: ['ops'], accounts: [sandbox] }),
    { ...reads, users: ['cid'], organizationalUnits: ['Old'] },
  );
  // Administrator access in the sandbox goes with it: no line may still give that.
  expect((await planned(document)).removed.toSorted()).toEqual([annsAdmin, 'cid in ops']);
});

it('removes nothing of a group whose new name another group has', async () => {
  const cloudsEntry = { ...annsEntry, users: undefined, groups: ['Cloud'], permissionSets: ['Read'] };
  const groups = { Cloud: { members: ['cid'] } };
  const { removed } = await planned(file({ identityCenter: home, groups }, cloudsEntry));
  expect(removed.toSorted()).toEqual([annsAdmin, 'Read in production to group Cloud']);
  const taken = await planned(file({ identityCenter: home, groups: { Cloud: { previously: 'ops' } } }, cloudsEntry));
  expect(taken.removed).toEqual([annsAdmin]);
});

it('does not count changes for a user who can’t be found as pending', async () => {
  const { plan } = await planned(file({}));
  const others = [{ users: ['bob'], permissionSets: ['Read'], accounts: [production, sandbox] }];
  expect((await planned(file({}, ...others))).plan.left).toBe(plan.left);
});

it('says that a user can’t be found whose own line has expired', async () => {
  const { removed, plan } = await planned(file({}, { ...annsEntry, users: ['bob'] }));
  expect([removed, plan.gone]).toMatchObject([[annsAdmin], [{ subject: 'user', name: 'bob', effect: 'ignored' }]]);
});

it('does not say that a line excepts all its accounts where one can’t be found', async () => {
  const { warnings } = await planned(
    file({}, admin({ users: ['cid'], accounts: ['old-name'], except: { accounts: ['sand*'] } })),
  );
  expect(warnings.map(({ code }) => code)).not.toContain('target-matches-nothing');
});

it('does not say that all is as in the file where nothing is left to remove', async () => {
  const entries = [
    admin({ groups: ['ops'], accounts: [sandbox] }),
    admin({ groups: ['Nobody'], accounts: [production] }),
    { groups: ['ops', 'Cloud'], users: ['zoé'], permissionSets: ['Read'], accounts: [production] },
    admin({ users: ['ann', 'bob'], accounts: [production] }),
  ];
  write({ ...file({}), permissionSets: undefined, assignments: entries });
  const { code, out } = await onlyExpired('--detailed-exitcode');
  expect([code, out.match(/No changes\..*/)?.[0]]).toEqual([
    0,
    'No changes. No expired access can be removed on its own.',
  ]);
  expect(word(out)).toContain('No other change is pending.');
});

describe('removes what an expired line gave for certain whose own names can’t be found:', () => {
  it.each<[what: string, target: object, removed: string[]]>([
    ['an account beside one that is not found', { accounts: [production, 'old-name'] }, [annsAdmin]],
    ['a unit beside one that is not found', { organizationalUnits: ['Old', 'Workloads/Prod'] }, [annsAdmin]],
    ['nothing of a unit that is not found', { organizationalUnits: ['Old'] }, []],
    ['nothing of two accounts of one name', { accounts: ['twin'] }, []],
    ['nothing that a unit may except', { all: true, except: { organizationalUnits: ['Old'] } }, []],
    ['nothing that an account may except', { accounts: [production], except: { accounts: ['old-name'] } }, []],
    [
      'what a closed account does not except',
      { accounts: [production], except: { accounts: ['123456789012'] } },
      [annsAdmin],
    ],
    [
      'nothing that a deleted unit may have excepted',
      { all: true, except: { organizationalUnits: ['ou-zzzz-zzzzzzzz'] } },
      [],
    ],
    [
      'what a pattern that matches nothing does not except',
      { all: true, except: { accounts: ['old-*'] } },
      [annsAdmin],
    ],
  ])('%s', async (_what, target, removed) => {
    const document = { ...file({}), assignments: [{ ...annsEntry, accounts: undefined, ...target }] };
    expect((await planned(document)).removed).toEqual(removed);
  });

  it('nothing of two applications of one name', async () => {
    const taken = parseSnapshot(readFileSync(snapshot, 'utf8'));
    const applications = taken.context.lookedUp?.['application'] ?? [];
    const [wiki] = applications.filter(({ name }) => name === 'Wiki');
    const twins = [...applications, { arn: `${wiki?.arn}0`, name: 'Wiki' }].map((one) => ({
      ...one,
      isNameShared: true,
    }));
    const other = path.join(folder, 'twins.json');
    writeFileSync(other, renderSnapshot({ ...taken, context: { ...taken.context, lookedUp: { application: twins } } }));
    write(file({ applicationAssignments: [{ users: ['ann'], applications: ['Wiki'], expires }] }));
    const { code, out } = await idc(['plan', '--only', 'expired', '--snapshot', other, '--format', 'json']);
    expect([code, (JSON.parse(out) as Plan).steps.map(({ label }) => label)]).toEqual([0, [annsAdmin]]);
  });
});

describe('protected access', () => {
  const protecting = (one: object, ...entries: object[]): object =>
    file(
      { safety: { protected: [{ user: 'ann', account: production, permissionSet: 'AdministratorAccess', ...one }] } },
      ...entries,
    );
  const opsAdmin = { groups: ['ops'], permissionSets: ['AdministratorAccess'], accounts: [sandbox], expires };
  const opsLabel = 'AdministratorAccess in sandbox to group ops';
  const codes = (warnings: Plan['warnings']): string[] =>
    warnings.map(({ code }) => code).filter((code) => /^(unknown|expired-but)/.test(code));

  it('of a user who can’t be found keeps none who is named by a line of their own', async () => {
    const { removed, warnings } = await planned(protecting({ user: 'bob' }));
    expect([removed, codes(warnings)]).toEqual([[annsAdmin], ['unknown-user']]);
  });

  it('of a user who can’t be found keeps what groups give, whose members may be that user', async () => {
    const { removed, warnings } = await planned(protecting({ user: 'bob', account: sandbox }, opsAdmin));
    expect([removed, codes(warnings)]).toEqual([[annsAdmin], ['unknown-user', 'expired-but-frozen']]);
    const others = await planned(protecting({ user: 'bob', account: production }, opsAdmin));
    expect(others.removed.toSorted()).toEqual([annsAdmin, opsLabel]);
  });

  it('in an account that can’t be found keeps the same access of that user, direct or through a group', async () => {
    const { removed, warnings } = await planned(protecting({ account: 'old-name' }, opsAdmin));
    expect([removed, codes(warnings)]).toEqual([[], ['unknown-account', 'expired-but-frozen']]);
    expect((await planned(protecting({ user: 'zoé', account: 'old-name' }, opsAdmin))).removed.toSorted()).toEqual([
      annsAdmin,
      opsLabel,
    ]);
  });

  it('that is missing already keeps nothing, and that would be lost stays', async () => {
    expect((await planned(protecting({ user: 'cid' }))).removed).toEqual([annsAdmin]);
    const { removed, warnings } = await planned(protecting({}));
    expect([removed, codes(warnings)]).toEqual([[], ['expired-but-guarded']]);
  });

  it('of a set that is still live under its old name is not lost either', async () => {
    const renamed = protecting({ permissionSet: 'Admin' });
    const { removed, warnings } = await planned({
      ...renamed,
      permissionSets: { Admin: { ...sets.AdministratorAccess, previously: 'AdministratorAccess' }, Read: {} },
      assignments: [{ ...annsEntry, permissionSets: ['Admin'] }],
    });
    expect([removed, codes(warnings)]).toEqual([[], ['expired-but-guarded']]);
  });
});

describe('where Organizations can’t be read', () => {
  const unreadable = path.join(folder, 'unreadable.json');
  beforeAll(() => {
    const { context, ...taken } = parseSnapshot(readFileSync(snapshot, 'utf8'));
    const organization = { unreadable: 'AWS denies organizations:ListAccounts' };
    writeFileSync(unreadable, renderSnapshot({ ...taken, context: { ...context, organization } }));
  });
  const removedOf = async (document: object): Promise<string[]> => {
    write(document);
    const { code, out, err } = await idc(['plan', '--only', 'expired', '--snapshot', unreadable, '--format', 'json']);
    expect(code, err).toBe(0);
    return (JSON.parse(out) as Plan).steps.map(({ label }) => label);
  };
  const label = `AdministratorAccess in ${production} to ann`;

  it.each<[what: string, document: object, removed: string[]]>([
    ['what is given by ids is removed', file({}, admin({ users: ['cid'], all: true })), [label]],
    ['what a pattern may give stays', file({}, admin({ users: ['ann'], accounts: ['prod*'] })), []],
    ['what all may give stays', file({}, admin({ users: ['ann'], all: true })), []],
    [
      'what tags give is not known',
      { ...file({}), assignments: [{ ...annsEntry, accounts: undefined, accountTags: { env: 'prod' } }] },
      [],
    ],
    [
      'rules with a pattern stop nothing',
      file({ rules: { deny: [{ users: ['zoé'], accounts: ['prod*'] }] } }),
      [label],
    ],
  ])('%s', async (_what, document, removed) => {
    expect(await removedOf(document)).toEqual(removed);
  });

  it('what a pattern under ignore may mean stays', async () => {
    const document = file({
      permissionSets: { Admin: { ...sets.AdministratorAccess, previously: 'AdministratorAccess' }, Read: {} },
      ignore: { assignments: [{ account: 'prod*', permissionSet: 'AdministratorAccess' }] },
    });
    const renamed = { ...document, assignments: [{ ...annsEntry, permissionSets: ['Admin'] }] };
    expect(await removedOf(renamed)).toEqual([]);
    expect(await removedOf({ ...renamed, ignore: {} })).toEqual([label]);
  });

  it('a denied read of units or tags stops nothing', async () => {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: ['organizations:ListTagsForResource', 'organizations:ListRoots'], Resource: '*' },
      ],
    };
    const live = await startLive({ seed, policy });
    try {
      await plant(live.emulator, before);
      const plan = async (target: object): Promise<Plan> => {
        const loaded = load({ accounts: undefined, ...file({}, admin({ users: ['ann'], ...target })) });
        const made = await under('plan', () =>
          makePlan(liveSource(live.aws, { isLocal: false }), loaded, { removeOrphans: false, only: 'expired', now }),
        );
        return made.plan;
      };
      const [named, units, tags] = [
        await plan({ accounts: [sandbox] }),
        await plan({ organizationalUnits: ['Workloads/Test'] }),
        await plan({ accountTags: { env: 'test' } }),
      ];
      expect(named.steps.map(({ label: one }) => one)).toEqual([annsAdmin]);
      for (const one of [units, tags]) {
        expect(one.steps).toEqual([]);
        expect(one.warnings.slice(0, 2)).toMatchObject([
          { code: 'target-unreadable', message: expect.stringContaining('AWS denies organizations:List') as string },
          { code: 'expired-but-frozen' },
        ]);
      }
    } finally {
      await live.emulator.close();
    }
  });
});

describe('a file that is included', () => {
  const team = path.join(folder, 'team.yaml');
  const including = (scope: object, more: object = {}): object =>
    file({ include: [{ file: 'team.yaml', scope: { permissionSets: ['*'], ...scope } }], ...more });
  const teams = (...entries: object[]): void => writeFileSync(team, JSON.stringify({ assignments: entries }, null, 1));
  const cidsRead = { groups: ['Cloud'], permissionSets: ['Read'], accounts: [production], expires };
  const cidsLabel = 'Read in production to group Cloud';

  it('does not stop what other files say has expired where it reaches out of its scope, and ends nothing there', async () => {
    teams(cidsRead);
    const { removed, warnings } = await planned(including({ accounts: [sandbox] }));
    expect(removed).toEqual([annsAdmin]);
    expect(warnings[0]).toMatchObject({ code: 'outside-scope', place: { file: team } });
    expect((await planned(including({ accounts: [production] }))).removed.toSorted()).toEqual([annsAdmin, cidsLabel]);
  });

  it('keeps what it asks for outside of its scope', async () => {
    teams(admin({ users: ['ann'], accounts: [production] }));
    expect((await planned(including({ accounts: [sandbox] }))).removed).toEqual([]);
  });

  it('ends nothing that a name of its scope may leave out', async () => {
    teams(cidsRead);
    const { removed, warnings } = await planned(including({ organizationalUnits: ['Old'], accounts: [sandbox] }));
    expect([removed, warnings[0]?.code]).toEqual([[annsAdmin], 'unknown-organizational-unit']);
    expect(warnings.map(({ code }) => code)).not.toContain('outside-scope');
    const found = await planned(including({ organizationalUnits: ['Old'], accounts: [production] }));
    expect(found.removed.toSorted()).toEqual([annsAdmin, cidsLabel]);
  });
});

describe('an apply', () => {
  const bobs = { users: ['bob'], permissionSets: ['Read'], accounts: [production] };
  const cases: [what: string, code: string, document: object][] = [
    ['a user of an external directory', 'unknown-user', file({}, bobs)],
    ['a closed account', 'unknown-account', file({ cli: { accounts: { '123456789012': { region: 'us-east-1' } } } })],
    [
      'a renamed unit',
      'unknown-organizational-unit',
      file({}, { ...bobs, users: ['ann'], accounts: undefined, organizationalUnits: ['Old'] }),
    ],
    ['a renamed group', 'unknown-group', file({}, { ...bobs, users: undefined, groups: ['Admins'] })],
    [
      'a vanished application',
      'unknown-application',
      file({ applicationAssignments: [{ users: ['cid'], applications: ['Jira'] }] }),
    ],
    [
      'a member of a declared group',
      'unknown-user',
      declaring({ ops: { members: ['ann', 'cid', 'bob'] }, Cloud: { members: ['cid'] } }),
    ],
  ];

  it.each(cases)('each night goes on without %s, and shows that where people look', async (_what, code, document) => {
    await withLive(async ({ world }) => {
      write(document);
      const flags = ['--only', 'expired', '--yes'];
      const job = await idc(['apply', ...flags, '--format', 'markdown'], { GITHUB_ACTIONS: 'true' });
      expect(job.code, job.err).toBe(0);
      expect(job.out).toContain('## Done: 0 created, 0 updated, 1 deleted');
      expect(job.out).toMatch(new RegExp(`### To do by hand\n\n- .* \\(\`${code}\`, \`${identity}:\\d+:\\d+\`\\)\n`));
      expect(job.err).toMatch(new RegExp(`^::warning file=${identity},line=\\d+,col=\\d+,title=${code}::`, 'm'));
      expect(observe(world).assignments).toEqual(before.assignments?.slice(1).toSorted());

      const again = await idc(['apply', ...flags, '--format', 'json']);
      expect(again.code, again.err).toBe(0);
      expect(JSON.parse(again.out)).toMatchObject({ complete: true, succeeded: [], notices: [{ code }] });
    });
  });

  it('takes exactly the plan that was reviewed, and no other', async () => {
    await withLive(async ({ world }) => {
      const reviewed = path.join(folder, 'plan.json');
      const flags = ['--only', 'expired', '--yes'];
      write(file({}, bobs));
      const { code, err } = await idc(['plan', '--only', 'expired', '--detailed-exitcode', '--out', reviewed]);
      expect(code, err).toBe(2);
      const { digest } = JSON.parse(readFileSync(reviewed, 'utf8')) as Plan;

      // Now a line may still ask for what was to be removed.
      write(file({}, bobs, admin({ users: ['ann'], accounts: ['old-name'] })));
      for (const flag of [
        ['--digest', digest],
        ['--reviewed', reviewed],
      ]) {
        const ran = await idc(['apply', ...flags, ...flag]);
        expect([ran.code, ran.err.includes('This is not the reviewed plan')]).toEqual([3, true]);
      }
      expect(observe(world).assignments).toEqual(before.assignments?.toSorted());
      const nothing = await idc(['plan', '--only', 'expired', '--detailed-exitcode']);
      expect([nothing.code, nothing.out.includes('[expired-but-frozen]')]).toEqual([0, true]);

      write(file({}, bobs));
      const done = await idc(['apply', ...flags, '--digest', digest, '--reviewed', reviewed]);
      expect(done.code, done.err).toBe(0);
      expect(word(done.out)).toContain('To do by hand ! There is no user "bob" in Identity Center');
      expect(observe(world).assignments).not.toContain(before.assignments?.[0]);
    });
  });
});

it('stops where the file itself has a mistake', async () => {
  write(file({ nonsense: 1 }));
  const { code, err } = await onlyExpired();
  expect([code, err.includes('unknown-key')]).toEqual([1, true]);
});

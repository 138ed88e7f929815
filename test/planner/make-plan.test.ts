import { afterEach, describe, expect, it } from 'vitest';
import type { Seed } from '../../src/emulator/index.ts';
import { makePlan } from '../../src/planner/make-plan.ts';
import { liveSource } from '../../src/source/live.ts';
import { renderMarkdown } from '../../src/render/markdown/plan.ts';
import { accounts, load, person, startLive, type LiveSetup, now } from '../support/live.ts';
import { plant, type Organisation } from '../support/organisation.ts';

let setup: LiveSetup | undefined;
afterEach(async () => {
  await setup?.emulator.close();
  setup = undefined;
});

async function begin(before: Organisation, seed: Seed = {}): Promise<LiveSetup> {
  await setup?.emulator.close();
  setup = await startLive({ seed });
  await plant(setup.emulator, before);
  return setup;
}

const codes = async (live: LiveSetup, document: object): Promise<string[]> =>
  (await live.plan(document)).plan.violations.map(({ code }) => code);

const arn = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const user = (name: string) => ({
  DisplayName: `${name} ${name}`,
  Name: { GivenName: name, FamilyName: name },
  Emails: [{ Value: `${name}@example.com` }],
});
const admin = { managedPolicies: ['AdministratorAccess'] };
const reader = { managedPolicies: ['ReadOnlyAccess'] };
const grants = (entry: object): object[] => [{ permissionSets: ['Admin'], accounts: ['management'], ...entry }];

const administered: Organisation = {
  users: { ann: user('ann'), bob: user('bob') },
  groups: { ops: { members: ['ann', 'bob'] } },
  permissionSets: { Admin: { managedPolicies: [arn('AdministratorAccess')] } },
  assignments: [`GROUP ops Admin ${accounts.management}`],
};
const people = { ann: person('ann'), bob: person('bob') };

describe('the caller', () => {
  const caller = (userName: string): Seed => ({
    caller: {
      accountId: accounts.management,
      arn: `arn:aws:sts::${accounts.management}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/${userName}`,
    },
  });
  const without = (name: string) => ({
    users: people,
    groups: { ops: { members: ['ann', 'bob'].filter((member) => member !== name) } },
    permissionSets: { Admin: admin },
    assignments: grants({ groups: ['ops'] }),
  });

  it('may not lose their own administrator access', async () => {
    expect(await codes(await begin(administered, caller('Ann')), without('ann'))).toEqual([
      'own-administrator-access-lost',
    ]);
  });

  it('may not lose it under a new name either', async () => {
    const file = {
      ...without('ann'),
      users: { anna: { ...person('ann'), previously: 'ann' }, bob: person('bob') },
    };
    expect(await codes(await begin(administered, caller('ann')), file)).toEqual(['own-administrator-access-lost']);
    const keeping = { ...file, groups: { ops: { members: ['anna', 'bob'] } } };
    expect(await codes(await begin(administered, caller('ann')), keeping)).toEqual([]);
  });

  it('may take it from another', async () => {
    expect(await codes(await begin(administered, caller('ann')), without('bob'))).toEqual([]);
  });
});

describe('the last administrator', () => {
  it('is protected also where Organizations can’t say which account is the management account', async () => {
    const live = await begin(administered);
    const { managementAccountId: _unknown, ...instance } = live.aws.instance;
    live.aws.instance = instance;
    live.aws.organization = { unreadable: 'denied' };
    const file = { users: people, groups: { ops: { members: ['ann', 'bob'] } }, permissionSets: { Admin: admin } };
    expect(await codes(live, { ...file, assignments: grants({ groups: ['ops'] }) })).toEqual([]);
    expect(await codes(live, { ...file, assignments: [] })).toEqual(['last-administrator']);
  });

  it('may hold a set that the file ignores', async () => {
    const live = await begin(administered);
    const ignore = { permissionSets: ['Adm*'] };
    const file = { users: people, permissionSets: { Read: reader }, assignments: [], ignore };
    expect(await codes(live, { ...file, groups: { ops: { members: ['ann'] } } })).toEqual([]);
    expect(await codes(live, { ...file, groups: { ops: { members: [] } } })).toEqual(['last-administrator']);
  });

  it('is not a disabled user, whatever their name after the plan', async () => {
    const live = await begin(administered);
    const { users } = live.emulator.world;
    const bob = users.rows().find(({ UserName }) => UserName === 'bob');
    if (bob) users.put({ ...bob, UserStatus: 'DISABLED' });
    const file = {
      users: { ann: person('ann'), robert: { ...person('bob'), previously: 'bob' } },
      groups: { ops: { members: ['robert'] } },
      permissionSets: { Admin: admin },
      assignments: grants({ groups: ['ops'] }),
    };
    expect(await codes(live, file)).toEqual(['last-administrator']);
  });

  it('may be reached through an inline policy too', async () => {
    const live = await begin(administered);
    const inlinePolicy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] };
    const file = { users: people, groups: { ops: { members: ['ann'] } }, assignments: grants({ groups: ['ops'] }) };
    expect(await codes(live, { ...file, permissionSets: { Admin: { inlinePolicy } } })).toEqual([]);
    expect(await codes(live, { ...file, permissionSets: { Admin: reader } })).toEqual(['last-administrator']);
  });

  it('is not a disabled user', async () => {
    const live = await begin(administered);
    const bob = live.emulator.world.users.rows().find(({ UserName }) => UserName === 'bob');
    if (bob) live.emulator.world.users.put({ ...bob, UserStatus: 'DISABLED' });
    const file = {
      users: people,
      groups: { ops: { members: ['bob'] } },
      permissionSets: { Admin: admin },
      assignments: grants({ groups: ['ops'] }),
      safety: { protected: [{ user: 'bob', account: 'management', permissionSet: 'Admin' }] },
    };
    expect(await codes(live, file)).toEqual(['protected-access-lost', 'last-administrator']);
  });
});

describe('removals', () => {
  const many: Organisation = {
    groups: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`g${index}`, {}])),
  };
  const keeping = (count: number, maxRemovals?: number | string) => ({
    groups: Object.fromEntries(Array.from({ length: count }, (_, index) => [`g${index}`, {}])),
    ...(maxRemovals !== undefined && { safety: { maxRemovals } }),
  });

  it.each([
    [3, undefined, []],
    [4, undefined, ['too-many-removals']],
    [2, '20%', []],
    [3, '20%', ['too-many-removals']],
    [4, 4, []],
    [1, 0, ['too-many-removals']],
  ])('%i of ten under the limit %s: %j', async (removed, limit, expected) => {
    expect(await codes(await begin(many), keeping(10 - removed, limit))).toEqual(expected);
  });

  it.each([
    [5, []],
    [6, ['too-many-removals']],
  ])('%i of twenty under the default: %j', async (removed, expected) => {
    const groups = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`g${index}`, {}]));
    expect(await codes(await begin({ groups: groups(20) }), { groups: groups(20 - removed) })).toEqual(expected);
  });

  it.each([
    ['2027-01-31T23:59:59.999Z', [], 'allow-in-force'],
    ['2027-02-01T00:00:00.000Z', ['too-many-removals'], 'allow-expired'],
  ])('at %s, where safety.allow ends on 2027-01-31: %j, %s', async (at, expected, warning) => {
    const live = await begin(many);
    const allow = { removals: 4, until: '2027-01-31' };
    const file = { ...keeping(6), safety: { allow } };
    const { plan } = await live.plan(file, new Date(at));
    expect(plan.violations.map(({ code }) => code)).toEqual(expected);
    expect(plan.warnings.filter(({ code }) => code.startsWith('allow-'))).toMatchObject([
      { code: warning, place: { file: 'identity.yaml' } },
    ]);
    // The same changes, but a plan that is forbidden is another one.
    const { digest } = (await live.plan(keeping(6))).plan;
    expect(plan.digest === digest).toBe(expected.length > 0);
  });

  it('are allowed up to the number that safety.allow names, and never fewer than without it', async () => {
    const live = await begin(many);
    const allowing = (removed: number, removals: number, maxRemovals?: number): Promise<string[]> =>
      codes(live, {
        ...keeping(10 - removed),
        safety: { allow: { removals, until: '2027-01-31' }, ...(maxRemovals !== undefined && { maxRemovals }) },
      });
    expect(await allowing(5, 4)).toEqual(['too-many-removals']);
    expect(await allowing(3, 1)).toEqual([]);
    expect(await allowing(6, 2, 6)).toEqual([]);
    const { plan } = await live.plan(keeping(3));
    expect(plan.violations[0]?.allow).toContain('allow: { removals: 7, until: 2026-06-29 }');
  });

  it('allow nothing but themselves: no other guard gives way', async () => {
    const live = await begin(administered);
    const safety = { allow: { removals: 100, until: '2027-01-31' } };
    const file = { users: people, groups: { ops: { members: [] } }, permissionSets: { Admin: admin } };
    expect(await codes(live, { ...file, assignments: grants({ groups: ['ops'] }), safety })).toEqual([
      'last-administrator',
    ]);
  });

  it('of one grant can take it from many people', async () => {
    const names = ['ann', 'bob', 'cy', 'dee', 'eve'];
    const everyone = Object.fromEntries(names.map((name) => [name, person(name)]));
    const file = { users: everyone, groups: { ops: { members: names } }, permissionSets: { Read: {} } };
    const live = await begin({
      users: Object.fromEntries(names.map((name) => [name, user(name)])),
      groups: { ops: { members: names } },
      permissionSets: { Read: {} },
      assignments: [`GROUP ops Read ${accounts.staging}`],
    });
    expect(await codes(live, { ...file, assignments: [] })).toEqual(['too-many-people']);
    expect(await codes(live, { ...file, assignments: [], safety: { maxRemovals: 5 } })).toEqual([]);
    const until = '2027-01-31';
    expect(await codes(live, { ...file, assignments: [], safety: { allow: { removals: 5, until } } })).toEqual([]);
    expect(await codes(live, { ...file, assignments: [], safety: { allow: { removals: 4, until } } })).toEqual([
      'too-many-people',
    ]);
    expect(await codes(live, { ...file, assignments: [], safety: { maxRemovals: '100%' } })).toEqual([]);
  });

  it('of what only orphans still use need --orphans', async () => {
    const live = await begin({
      users: { ann: user('ann') },
      permissionSets: { Read: {} },
      orphans: [`USER ann Read ${accounts.staging}`],
    });
    const { plan } = await live.plan({ users: {}, permissionSets: {}, assignments: [] });
    expect(plan.violations).toMatchObject([
      { code: 'still-in-use', allow: expect.stringContaining('Add --orphans') as string },
    ]);
    const removing = await makePlan(
      liveSource(live.aws, { isLocal: true }),
      load({ users: {}, permissionSets: {}, assignments: [] }),
      {
        removeOrphans: true,
        now,
      },
    );
    expect(removing.plan.violations).toEqual([]);
  });

  it('do not count what is replaced under another name', async () => {
    const live = await begin(administered);
    const file = {
      users: people,
      groups: { ops: { members: ['ann', 'bob'] } },
      permissionSets: { Root: { ...admin, previously: 'Admin' } },
      assignments: [{ groups: ['ops'], permissionSets: ['Root'], accounts: ['management'] }],
      safety: { maxRemovals: 0 },
    };
    expect(await codes(live, file)).toEqual([]);
  });

  it('of what assignments outside the file still use are refused', async () => {
    const live = await begin(administered);
    const file = {
      users: people,
      groups: {},
      permissionSets: {},
      assignments: [],
      ignore: { assignments: [{ account: 'management' }] },
    };
    expect(await codes(live, file)).toEqual(['still-in-use', 'still-in-use', 'last-administrator']);
  });
});

it('what is left alone is replaced by nothing', async () => {
  const live = await begin(administered);
  const file = {
    users: people,
    groups: { ops: { members: ['ann', 'bob'] } },
    permissionSets: { Root: { ...admin, previously: 'Admin' } },
    assignments: [],
    ignore: { permissionSets: ['Admin'] },
  };
  const { plan } = await live.plan(file);
  expect(plan.steps.map(({ id, action, replaces }) => [id, action, replaces])).toEqual([
    ['permission-set/Root', 'create', undefined],
  ]);
});

it('a replacement that was interrupted is finished by the next apply', async () => {
  const live = await begin({
    ...administered,
    permissionSets: { ...administered.permissionSets, Root: {} },
    assignments: [
      `GROUP ops Admin ${accounts.management}`,
      `GROUP ops Admin ${accounts.production}`,
      `GROUP ops Root ${accounts.production}`,
    ],
  });
  const file = {
    users: people,
    groups: { ops: { members: ['ann', 'bob'] } },
    permissionSets: { Root: { ...admin, previously: 'Admin' } },
    assignments: [{ groups: ['ops'], permissionSets: ['Root'], accounts: ['management', 'production'] }],
  };
  expect(await live.apply(file)).toEqual([]);
  expect((await live.plan(file)).plan.steps).toEqual([]);
  expect(live.emulator.world.permissionSets.rows().map(({ Name }) => Name)).toEqual(['Root']);
});

it('says in one sentence that new users get no e-mail, however many they are', async () => {
  const live = await begin({});
  const messageFor = async (count: number) => {
    const names = Array.from({ length: count }, (_, index) => `new${index}`);
    const { plan } = await live.plan({ users: Object.fromEntries(names.map((name) => [name, person(name)])) });
    return plan.warnings.find(({ code }) => code === 'no-invitation')?.message;
  };
  expect(await messageFor(1)).toBe(
    'AWS sends no e-mail to 1 new user. Send them the message of idc profiles NAME --format markdown.',
  );
  expect(await messageFor(40)).toBe(
    'AWS sends no e-mail to 40 new users. Send each the message of idc profiles NAME --format markdown.',
  );
});

it('keeps a plan of 300 new users with access within a comment', async () => {
  const live = await begin({});
  const names = Array.from({ length: 300 }, (_, index) => `user${index}`);
  const { plan } = await live.plan({
    users: Object.fromEntries(names.map((name) => [name, person(name)])),
    groups: { all: { members: names } },
    permissionSets: { Read: reader },
    assignments: [{ groups: ['all'], permissionSets: ['Read'], accounts: ['production', 'staging'] }],
  });
  const markdown = renderMarkdown(plan);
  expect(markdown.length).toBeLessThan(65_536);
  expect(markdown).toContain('Users: 300 to create');
});

it('a rename where both names are live is an error', async () => {
  const live = await begin({ groups: { old: {}, new: {} } });
  await expect(live.plan({ groups: { new: { previously: 'old' } } })).rejects.toThrow('both names are live');
});

describe('a delegated administrator', () => {
  const delegated: Seed = { caller: { accountId: accounts.staging }, delegatedAdministrators: [accounts.staging] };

  it('is told what only the management account can do, and does the rest', async () => {
    setup = await startLive({ seed: delegated });
    const file = {
      users: people,
      groups: { ops: { members: ['ann', 'bob'] } },
      permissionSets: { Admin: admin, Read: reader },
      assignments: [
        { groups: ['ops'], permissionSets: ['Admin'], accounts: ['management'] },
        { groups: ['ops'], permissionSets: ['Read'], accounts: ['production'] },
      ],
    };
    const { plan } = await setup.plan(file);
    expect(plan.blocked.map(({ label }) => label)).toEqual(['Admin in management to group ops']);
    expect(plan.blocked[0]?.reason).toContain('run this from the management account');
    expect(await setup.apply(file)).toEqual([]);
    const after = await setup.plan(file);
    expect(after.plan.steps).toEqual([]);
    expect(after.plan.blocked).toHaveLength(1);
  });

  it('can do nothing with a permission set that is provisioned in the management account', async () => {
    // Made from the management account, then looked at by the delegated administrator.
    const live = await begin({
      ...administered,
      assignments: [`GROUP ops Admin ${accounts.management}`, `GROUP ops Admin ${accounts.production}`],
    });
    live.aws.caller = { accountId: accounts.staging, arn: 'arn:aws:sts::444455556666:assumed-role/ci/run' };
    const file = {
      users: people,
      groups: { ops: { members: ['ann', 'bob'] } },
      permissionSets: { Admin: { ...admin, sessionDuration: '2h' } },
      assignments: grants({ groups: ['ops'], accounts: ['management', 'staging'] }),
    };
    const { plan } = await live.plan(file);
    expect(plan.steps).toEqual([]);
    expect(plan.blocked.map(({ action, label }) => `${action} ${label}`).sort()).toEqual([
      'create Admin in staging to group ops',
      'delete Admin in production to group ops',
      'update Admin',
    ]);
  });
});

it('a removal that waits for a blocked grant is held back with it', async () => {
  const live = await begin(
    {
      users: { ann: user('ann') },
      groups: { ops: { members: [] } },
      permissionSets: { Read: { managedPolicies: [arn('ReadOnlyAccess')] } },
      assignments: [`USER ann Read ${accounts.staging}`],
    },
    {},
  );
  const staging = live.emulator.world.accounts.get(accounts.staging);
  if (staging) live.emulator.world.accounts.put({ ...staging, State: 'SUSPENDED' });
  await live.reconnect();
  const { plan } = await live.plan({
    users: { ann: person('ann') },
    groups: { ops: { members: ['ann'] } },
    permissionSets: { Read: reader },
    assignments: [{ groups: ['ops'], permissionSets: ['Read'], accounts: ['staging'] }],
  });
  expect(plan.steps.map(({ id }) => id)).toEqual(['membership/ops/ann']);
  expect(plan.blocked).toHaveLength(2);
  expect(plan.access.lost).toEqual([]);
});

it('an edit does not wait for a revocation in a suspended account, which it can’t reach either', async () => {
  const live = await begin({
    users: { ann: user('ann'), bob: user('bob') },
    permissionSets: { Read: {} },
    assignments: [`USER ann Read ${accounts.production}`, `USER bob Read ${accounts.staging}`],
  });
  const staging = live.emulator.world.accounts.get(accounts.staging);
  if (staging) live.emulator.world.accounts.put({ ...staging, State: 'SUSPENDED' });
  await live.reconnect();
  const file = {
    users: people,
    permissionSets: { Read: reader },
    assignments: [{ users: ['ann'], permissionSets: ['Read'], accounts: ['production'] }],
  };
  const { plan } = await live.plan(file);
  expect(plan.steps.filter(({ kind }) => kind !== 'user').map(({ id }) => id)).toEqual(['permission-set/Read']);
  expect(plan.blocked.map(({ action, label }) => `${action} ${label}`)).toEqual(['delete Read in staging to bob']);
  expect(await live.apply(file)).toEqual([]);
  expect((await live.plan(file)).plan.steps).toEqual([]);
});

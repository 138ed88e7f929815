import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Organizations } from '@aws-sdk/client-organizations';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EmulatorOptions, Seed } from '../../src/emulator/index.ts';
import type { Plan } from '../../src/core/plan.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { person, startLive, type LiveSetup } from '../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';
import { runIdc } from '../support/run-idc.ts';

const seed: Seed = {
  managementAccountId: '999988887777',
  organizationalUnits: ['Empty'],
  accounts: [
    { id: '999988887777', name: 'management' },
    { id: '111122223333', name: 'prod-1', ou: 'Workloads/Prod', tags: { env: 'prod' } },
    { id: '222233334444', name: 'prod-2', ou: 'Workloads/Prod/Payments', tags: { env: 'prod', pci: 'yes' } },
    { id: '444455556666', name: 'test-1', ou: 'Workloads/Test', tags: { env: 'test' } },
    { id: '555566667777', name: 'old-1', ou: 'Workloads/Prod', state: 'SUSPENDED', tags: { env: 'prod' } },
  ],
};

async function start(options: EmulatorOptions = {}): Promise<LiveSetup> {
  const live = await startLive({ ...options, seed });
  onTestFinished(() => live.emulator.close());
  return live;
}

const entry = (target: object): object => ({ groups: ['ops'], permissionSets: ['Read'], ...target });
const file = (...targets: object[]): object => ({
  accounts: undefined,
  groups: { ops: {} },
  permissionSets: { Read: {} },
  assignments: targets.map(entry),
});

const taken = ({ steps }: Plan): string[] =>
  steps.flatMap(({ kind, key }) => (kind === 'assignment' ? [key.split('/')[0] ?? ''] : []));

async function accountsFor(live: LiveSetup, target: object): Promise<string> {
  const { plan, names } = await live.plan(file(target));
  return taken(plan)
    .map((id) => names.account(id))
    .sort()
    .join(' ');
}

const unitId = (live: LiveSetup, name: string): string =>
  live.emulator.world.organizationalUnits.rows().find(({ Name }) => Name === name)?.Id ?? '';

async function problemsOf(planned: Promise<unknown>): Promise<string[]> {
  const error: unknown = await planned.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).diagnostics.map(({ code, message, place }) => `${place?.column} ${code}: ${message}`);
}

it('a name that is not there is said once, in however many accounts it was to be granted', async () => {
  const live = await start();
  const document = { ...file({ all: true }), groups: undefined };
  expect(await problemsOf(live.plan(document))).toEqual([
    expect.stringMatching(/^\d+ unknown-group: There is no group "ops" in Identity Center/),
  ]);
});

describe.each<EmulatorOptions['behaviour'] & object>([
  {},
  { organizationPaths: 'absent' },
  { pageSizeCap: 1 },
  { shortPages: 5 },
])('under %j', (behaviour) => {
  it('an entry is about the accounts that it names, that are in a unit, have tags, or all', async () => {
    const live = await start({ behaviour });
    const cases: [target: object, accounts: string][] = [
      [{ accounts: ['prod-*'] }, 'prod-1 prod-2'],
      [{ accounts: ['*2222*', 'test-1'] }, 'prod-1 prod-2 test-1'],
      [{ accounts: ['prod-*', '111122223333'] }, 'prod-1 prod-2'],
      [{ organizationalUnits: ['Workloads/Prod'] }, 'prod-1 prod-2'],
      [{ organizationalUnits: ['Workloads/Prod/Payments', 'Workloads/Test'] }, 'prod-2 test-1'],
      [{ organizationalUnits: [unitId(live, 'Prod')] }, 'prod-1 prod-2'],
      [{ organizationalUnits: [live.emulator.world.organization.RootId] }, 'management prod-1 prod-2 test-1'],
      [{ organizationalUnits: ['Empty'] }, ''],
      [{ organizationalUnits: [unitId(live, 'Empty')] }, ''],
      [{ accountTags: { env: 'prod' } }, 'prod-1 prod-2'],
      [{ accountTags: { env: 'prod', pci: 'yes' } }, 'prod-2'],
      [{ accountTags: { constructor: 'x' } }, ''],
      [{ all: true }, 'management prod-1 prod-2 test-1'],
      [{ all: true, except: { accounts: ['management', '*-2'] } }, 'prod-1 test-1'],
      [{ all: true, except: { organizationalUnits: ['Workloads/Prod'] } }, 'management test-1'],
      [{ all: true, except: { accountTags: { env: 'test' }, accounts: ['prod-1'] } }, 'management prod-2'],
      [{ accounts: ['prod-1', 'prod-2'], except: { accountTags: { pci: 'yes' } } }, 'prod-1'],
      [{ accounts: ['prod-1', 'prod-2'], except: { accounts: ['prod-2'] } }, 'prod-1'],
    ];
    for (const [target, wanted] of cases) expect([target, await accountsFor(live, target)]).toEqual([target, wanted]);
  });
});

describe('reads', () => {
  const calls = async (target: object): Promise<string[]> => {
    const live = await start();
    const before = live.emulator.calls.length;
    await live.plan(file(target));
    const made = live.emulator.calls.slice(before).filter(({ service }) => service === 'organizations');
    return made.map(({ operation }) => operation).sort();
  };

  it('nothing more for names, patterns, all, and units that are named by id', async () => {
    const live = await start();
    for (const target of [{ accounts: ['prod-*'] }, { all: true }, { organizationalUnits: [unitId(live, 'Prod')] }]) {
      expect(await calls(target)).toEqual([]);
    }
  });

  it('the tree of units where they are named by path, or where one might not be there', async () => {
    const tree = [...Array.from({ length: 6 }, () => 'ListOrganizationalUnitsForParent'), 'ListRoots'];
    expect(await calls({ organizationalUnits: ['Workloads'] })).toEqual(tree);
    const live = await start();
    expect(await calls({ organizationalUnits: [unitId(live, 'Empty')] })).toEqual(tree);
  });

  it('the tags of each active account where tags count', async () => {
    expect(await calls({ accountTags: { env: 'prod' } })).toEqual(
      Array.from({ length: 4 }, () => 'ListTagsForResource'),
    );
    expect(await calls({ all: true, except: { accountTags: { env: 'prod' } } })).toHaveLength(4);
  });

  it('that are denied stop the plan, and name the action', async () => {
    const live = await start({
      policy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: '*', Resource: '*' },
          { Effect: 'Deny', Action: ['organizations:ListTagsForResource', 'organizations:ListRoots'], Resource: '*' },
        ],
      },
    });
    await expect(live.plan(file({ accountTags: { env: 'prod' } }))).rejects.toThrow(
      'organizations:ListTagsForResource',
    );
    await expect(live.plan(file({ organizationalUnits: ['Workloads'] }))).rejects.toThrow('organizations:ListRoots');
    expect(await accountsFor(live, { all: true })).toBe('management prod-1 prod-2 test-1');
  });
});

describe('errors', () => {
  it.each([
    ['a pattern', { accounts: ['prod-*'] }],
    ['a unit', { organizationalUnits: ['Workloads'] }],
    ['a tag', { accountTags: { env: 'prod' } }],
    ['all', { all: true }],
    ['an exception', { accounts: ['111122223333'], except: { accounts: ['*'] } }],
  ])('where Organizations can’t be read, %s is no empty set', async (_what, target) => {
    const live = await start();
    live.aws.organization = {
      managementAccountId: '999988887777',
      unreadable: 'AWS denies organizations:ListAccounts',
    };
    expect(await problemsOf(live.plan(file(target)))).toEqual([
      expect.stringContaining(
        "target-unreadable: The accounts of this entry can't be found, because Organizations can't be read (AWS denies organizations:ListAccounts). Grant organizations:ListAccounts",
      ),
    ]);
  });

  it('what is given by ids needs no Organizations', async () => {
    const live = await start();
    live.aws.organization = { managementAccountId: '999988887777' };
    const target = { accounts: ['111122223333', '222233334444'], except: { accounts: ['222233334444'] } };
    expect(taken((await live.plan(file(target))).plan)).toEqual(['111122223333']);
  });

  it('a unit that is not there, with the one that was probably meant', async () => {
    const live = await start();
    const target = {
      organizationalUnits: ['Workloads/Prd', 'ou-zzzz-zzzzzzzz'],
      except: { organizationalUnits: ['prod'] },
    };
    expect(await problemsOf(live.plan(file(target)))).toEqual([
      expect.stringContaining(
        'unknown-organizational-unit: The root has no organizational unit "Workloads/Prd"; did you mean "Workloads/Prod"?',
      ),
      expect.stringContaining('unknown-organizational-unit: Organizational unit ou-zzzz-zzzzzzzz does not exist'),
      expect.stringContaining(
        'unknown-organizational-unit: The root has no organizational unit "prod"; did you mean "Workloads/Prod"?',
      ),
    ]);
  });

  it('a unit by its last name alone where several have it, and the root by its name', async () => {
    const live = await start();
    const organizations = new Organizations({
      endpoint: live.emulator.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    await organizations.createOrganizationalUnit({ ParentId: live.emulator.world.organization.RootId, Name: 'Prod' });
    await organizations.createOrganizationalUnit({
      ParentId: live.emulator.world.organization.RootId,
      Name: 'Old/Prod',
    });
    expect(await problemsOf(live.plan(file({ organizationalUnits: ['PROD', 'Root'] })))).toEqual([
      expect.stringMatching(
        /has no organizational unit "PROD"\. There are [^:]*Workloads\/Prod[^:]*: write the one that is meant\./,
      ),
      expect.stringContaining(
        'has no organizational unit "Root"; for every account of the organization, write all: true.',
      ),
    ]);
  });

  it('a unit is told with what is left out of it', async () => {
    const live = await start();
    const { plan } = await live.plan(file({ organizationalUnits: [{ unit: 'Workloads', subUnits: false }] }));
    expect(taken(plan)).toEqual([]);
    expect(plan.warnings.map(({ message }) => message)).toContain(
      'No active account is in Workloads without its sub-units, so it grants nothing.',
    );
  });

  it('two units of one path', async () => {
    const live = await start();
    const organizations = new Organizations({
      endpoint: live.emulator.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    await organizations.createOrganizationalUnit({
      ParentId: live.emulator.world.organization.RootId,
      Name: 'Workloads/Test',
    });
    const [problem] = await problemsOf(live.plan(file({ organizationalUnits: ['Workloads/Test'] })));
    expect(problem).toMatch(
      /2 organizational units have the path "Workloads\/Test": ou-\S+, ou-\S+\. Give the ID of one/,
    );
  });

  it('an exception for an unknown name', async () => {
    const live = await start();
    expect(await problemsOf(live.plan(file({ all: true, except: { accounts: ['prod-9'] } })))).toEqual([
      expect.stringContaining('unknown-account: No account in the organization is called "prod-9"'),
    ]);
  });
});

describe('warnings', () => {
  const warningsOf = async (live: LiveSetup, ...targets: object[]): Promise<string[]> =>
    (await live.plan(file(...targets))).plan.warnings
      .filter(({ code }) => /target|active/.test(code))
      .map(({ code, message }) => `${code}: ${message}`);

  it('tell what matches nothing', async () => {
    const live = await start();
    const targets = [
      { accounts: ['x-*', 'test-1'] },
      { organizationalUnits: ['Empty'] },
      { accountTags: { env: 'none', pci: 'yes' } },
      { accounts: ['test-1'], except: { accounts: ['test-*'] } },
      { accounts: ['test-1'], except: { accounts: ['y-*'] } },
    ];
    expect(await warningsOf(live, ...targets)).toEqual([
      'target-matches-nothing: No active account is in Empty, so it grants nothing.',
      'target-matches-nothing: No active account has the tags env=none and pci=yes, so it grants nothing.',
      'target-matches-nothing: The except of this entry leaves out all of its accounts.',
      'target-matches-nothing: "y-*" matches no account, so it leaves nothing out.',
    ]);
  });

  it('tell which accounts are left out because they are not active; one that is named is not', async () => {
    const live = await start();
    await live.apply(file({ accounts: ['prod-1'] }));
    const unit = { organizationalUnits: ['Workloads/Prod'] };
    expect(await warningsOf(live, unit)).toContain(
      'account-not-active: Left out of Workloads/Prod, because not active: old-1 (SUSPENDED).',
    );
    // An account stays suspended for 90 days: only a plan that grants something by the entry says so.
    await live.apply(file({ accounts: ['prod-1', 'prod-2'] }));
    expect(await warningsOf(live, unit)).toEqual([]);
    expect(await warningsOf(live, { accounts: ['prod-*', 'old-1'] })).toEqual([]);
    const { plan } = await live.plan(file({ accounts: ['prod-*', 'old-1'] }));
    expect(plan.steps).toEqual([]);
    expect(plan.blocked).toMatchObject([{ label: 'Read in old-1 to group ops' }]);
  });

  it('tell which accounts gain and lose for where they are; nothing where an entry names them', async () => {
    const live = await start();
    await live.apply(file({ accounts: ['prod-1', 'management', 'test-1'] }));
    const digest = async (...targets: object[]): Promise<string> => (await live.plan(file(...targets))).plan.digest;
    const byUnit = { organizationalUnits: ['Workloads/Prod', 'Empty'] };
    expect(await warningsOf(live, byUnit)).toEqual([
      'gain-by-target: prod-2 is in Workloads/Prod: gains 1 assignment.',
      'loss-by-target: management and test-1 are not in any of Workloads/Prod and Empty: each loses 1 assignment.',
      'target-matches-nothing: No active account is in Empty, so it grants nothing.',
      'account-not-active: Left out of Workloads/Prod and Empty, because not active: old-1 (SUSPENDED).',
    ]);
    const named = { accounts: ['prod-1', 'prod-2'] };
    expect(await warningsOf(live, byUnit, named)).not.toContainEqual(expect.stringContaining('gain'));
    expect(await digest(byUnit)).toBe(await digest(named));
    expect(await warningsOf(live, { all: true, except: { accounts: ['test-*'] } })).toContain(
      'loss-by-target: test-1 is left out by except: loses 1 assignment.',
    );
    expect(await warningsOf(live, { accountTags: { pci: 'yes' } })).toEqual([
      'gain-by-target: prod-2 has the tag pci=yes: gains 1 assignment.',
      'loss-by-target: management, prod-1 and test-1 do not have the tag pci=yes: each loses 1 assignment.',
    ]);
    expect(await warningsOf(live, { accounts: ['prod-*', 'management'] })).toEqual([
      'gain-by-target: prod-2 matches "prod-*": gains 1 assignment.',
      'loss-by-target: test-1 does not match prod-*: loses 1 assignment.',
    ]);
    // Nobody's access changes for a reason of theirs where the entry has ended, or gives something else.
    expect(await warningsOf(live, { ...byUnit, expires: '2020-01-01' }, { accounts: ['prod-1'] })).not.toContainEqual(
      expect.stringContaining('loss'),
    );
  });

  it('tell of an account that has been moved, by the next plan and no other change', async () => {
    const live = await start();
    const document = file({ organizationalUnits: ['Workloads/Prod'] });
    await live.apply(document);
    const organizations = new Organizations({
      endpoint: live.emulator.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    const move = async (AccountId: string, from: string, to: string): Promise<void> => {
      const [SourceParentId, DestinationParentId] = [unitId(live, from), unitId(live, to)];
      await organizations.moveAccount({ AccountId, SourceParentId, DestinationParentId });
    };
    await move('111122223333', 'Prod', 'Test');
    await move('444455556666', 'Test', 'Payments');
    await live.reconnect();
    const { plan } = await live.plan(document);
    expect(plan.steps.map(({ action, label }) => `${action} ${label}`).sort()).toEqual([
      'create Read in test-1 to group ops',
      'delete Read in prod-1 to group ops',
    ]);
    expect((await warningsOf(live, { organizationalUnits: ['Workloads/Prod'] })).slice(0, 2)).toEqual([
      'gain-by-target: test-1 is in Workloads/Prod: gains 1 assignment.',
      'loss-by-target: prod-1 is not in Workloads/Prod: loses 1 assignment.',
    ]);
    expect(await live.apply(document)).toEqual([]);
    expect((await live.plan(document)).plan.steps).toEqual([]);
  });

  it('tell of an account that is named and excepted by its tags', async () => {
    const live = await start();
    await live.apply(file({ accounts: ['prod-1', 'prod-2', 'test-1'] }));
    const target = { accounts: ['prod-1', 'prod-2'], except: { accountTags: { pci: 'yes' } } };
    expect(await warningsOf(live, target)).toEqual([
      'loss-by-target: prod-2 is left out by except: loses 1 assignment.',
    ]);
  });

  it('say nothing of a set that only gets another name', async () => {
    const live = await start();
    await live.apply(file({ all: true }));
    const renamed = {
      ...file(),
      permissionSets: { Look: { previously: 'Read' } },
      assignments: [{ ...entry({ all: true }), permissionSets: ['Look'] }],
    };
    const { plan } = await live.plan(renamed);
    expect(taken(plan)).toHaveLength(8);
    expect(plan.warnings.map(({ code }) => code)).not.toContain('gain-by-target');
  });
});

describe('the commands', () => {
  const local = async (...targets: object[]): Promise<LocalFolder> => {
    const made = createLocalFolder({
      ...file(...targets),
      accounts: { management: '999988887777', production: '111122223333' },
      users: { ann: person('ann') },
      groups: { ops: { members: ['ann'] } },
      cli: { startUrl: 'https://a.awsapps.com/start' },
    });
    await made.plant({}, seed);
    return made;
  };

  it('validate checks the form alone', async () => {
    const { idc } = await local({ organizationalUnits: ['No/Such'] });
    expect(await idc(['validate'])).toMatchObject({ code: 0, err: '' });
  });

  it('a saved plan is planned again from its document, places and all else', async () => {
    const { idc, folder } = await local({
      organizationalUnits: ['Workloads'],
      except: { accountTags: { pci: 'yes' } },
    });
    const saved = path.join(folder, 'plan.json');
    expect((await idc(['plan', '--out', saved])).code).toBe(0);
    const applied = await idc(['apply', saved, '--yes']);
    expect(applied).toMatchObject({ code: 0 });
    expect((await idc(['plan', '--detailed-exitcode'])).code).toBe(0);
  });

  it('the plan tells a reviewer in every format which line gives an account what it gains', async () => {
    const { idc } = await local({ organizationalUnits: ['Workloads/Prod'] });
    const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');
    const text = await idc(['plan']);
    expect(plain(text.out)).toMatch(
      /prod-2 and production are in Workloads\/Prod: each gains 1 assignment\. \[gain-by-target\] (\S+ )*\S*identity\.yaml:1:\d+/,
    );
    const markdown = await idc(['plan', '--format', 'markdown']);
    expect(markdown.out).toContain('are in `Workloads/Prod`: each gains 1 assignment. (`gain-by-target`, ');
    const json = JSON.parse((await idc(['plan', '--format', 'json'])).out) as Plan;
    expect(json.warnings.find(({ code }) => code === 'gain-by-target')?.place).toMatchObject({ line: 1 });
  });

  it('profiles look at what is live, since the file alone does not tell; access --offline says so', async () => {
    const { idc, file: path } = await local({ organizationalUnits: ['Workloads/Prod'] });
    const profiles = await idc(['profiles', 'ann']);
    expect(profiles.out).toContain('sso_account_id = 222233334444');
    expect(profiles.out).not.toContain('555566667777');
    const offline = await runIdc(['access', '-f', path, '--offline']);
    expect(offline).toMatchObject({ code: 1 });
    expect(offline.err.replaceAll(/\s+/g, ' ')).toContain(
      'only Organizations tells which accounts are meant by accounts in Workloads/Prod',
    );
    expect((await idc(['apply', '--yes'])).code).toBe(0);
    const access = await idc(['access', '--account', 'prod-2']);
    expect(access.out).toMatch(/Read \(allows nothing\) in prod-2 +line 1\n/);
  });

  it('a snapshot has what the targets of its file need, and says so where it lacks it', async () => {
    const made = await local({ organizationalUnits: ['Workloads/Prod'] });
    const snapshot = path.join(made.folder, 'live.json');
    expect((await made.idc(['snapshot', '--out', snapshot])).code).toBe(0);
    const plan = async (...targets: object[]): Promise<string> => {
      made.write({ ...file(...targets), users: { ann: person('ann') } });
      const { code, out, err } = await made.idc(['plan', '--snapshot', snapshot, '--format', 'json']);
      return code === 0 ? taken(JSON.parse(out) as Plan).join(' ') : err.replaceAll(/\s+/g, ' ');
    };
    expect(await plan({ organizationalUnits: ['Workloads/Prod'] })).toBe('111122223333 222233334444');
    expect(await plan({ accountTags: { env: 'prod' } })).toContain(
      'target-not-in-snapshot: The snapshot has no account tags: take it again with this file (idc snapshot --file FILE).',
    );
    expect((await made.idc(['snapshot', '--out', snapshot])).code).toBe(0);
    expect(await plan({ accountTags: { env: 'prod' } })).toBe('111122223333 222233334444');
    expect(await plan({ organizationalUnits: ['Workloads/Prod'] })).toContain(
      'The snapshot has no names of organizational units',
    );
    const kept = JSON.parse(readFileSync(snapshot, 'utf8')) as { organization: { accounts: { parents?: string[] }[] } };
    const [unit = ''] = kept.organization.accounts.flatMap(({ parents = [] }) => parents.slice(2, 3));
    expect(await plan({ organizationalUnits: [unit] })).not.toBe('');
    expect(await plan({ organizationalUnits: ['ou-zzzz-zzzzzzzz'] })).toContain(
      'The snapshot has no account in ou-zzzz-zzzzzzzz',
    );
  });

  it('--local makes the units that a file with accounts names', async () => {
    const { accounts: _none, ...rest } = file({ organizationalUnits: ['A/B'] }) as { accounts?: undefined };
    const made = createLocalFolder(rest);
    const { code, out } = await made.idc(['plan']);
    expect(code).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('No active account is in A/B');
    // Without accounts in the file there is a small organization, with units of its own.
    const other = createLocalFolder(file({ organizationalUnits: ['Workloads/Prd'] }));
    expect((await other.idc(['plan'])).err).toContain('did you mean "Workloads/Prod"?');
  });

  it('an account of the organization whose name has a star is imported by its id', async () => {
    const made = createLocalFolder({});
    await made.plant(
      { groups: { ops: {} }, permissionSets: { Read: {} }, assignments: ['GROUP ops Read 111122223333'] },
      {
        ...seed,
        accounts: [
          { id: '999988887777', name: 'management' },
          { id: '111122223333', name: 'prod*' },
        ],
      },
    );
    const imported = await made.idc(['import']);
    writeFileSync(made.file, imported.out);
    expect(imported.out).toContain('"111122223333"');
    expect((await made.idc(['plan', '--detailed-exitcode'])).code).toBe(0);
  });
});

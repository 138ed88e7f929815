import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { comparePlans } from '../../../src/core/plan-difference.ts';
import { ConfigError } from '../../../src/core/errors.ts';
import type { Plan } from '../../../src/core/plan.ts';
import { nameAccounts } from '../../../src/render/view/account-names.ts';
import { adoptedSentences } from '../../../src/render/view/adopted-words.ts';
import { makePlan } from '../../../src/planner/make-plan.ts';
import { liveSource } from '../../../src/source/live.ts';
import { accounts, load, now, person, startLive, type LiveSetup } from '../../support/live.ts';
import { named } from '../../support/named-access.ts';
import { plant } from '../../support/organisation.ts';

const user = (name: string) => ({
  DisplayName: `${name} ${name}`,
  Name: { GivenName: name, FamilyName: name },
  Emails: [{ Value: `${name}@example.com`, Type: 'work', Primary: true }],
});

let live: LiveSetup;
beforeEach(async () => {
  live = await startLive({
    seed: {
      organizationalUnits: ['Prod'],
      accounts: [
        { id: accounts.management, name: 'management' },
        { id: accounts.production, name: 'production', ou: 'Prod' },
        { id: accounts.staging, name: 'staging' },
      ],
    },
  });
});
afterEach(() => live.emulator.close());

/** The plan of a file against the one before. */
async function plan(file: object, base?: object): Promise<Plan> {
  const wishes = { removeOrphans: false, now, base: base && { name: 'base.yaml', loaded: load(base) } };
  return (await makePlan(liveSource(live.aws, { isLocal: true }), load(file), wishes)).plan;
}

const labels = ({ steps }: Plan): string[] => steps.map(({ action, label }) => `${action} ${label}`);
/** Without the lines of the file. */
const adoptedTexts = (made: Plan): string[] =>
  adoptedSentences(made, nameAccounts(made)).map((text) => text.replace(/ \(identity\.yaml:.*\)$/, ''));
const codes = ({ warnings }: Plan): string[] => warnings.map(({ code }) => code);
const safety = { maxRemovals: '100%' };
const people = { users: { ann: person('ann'), bob: person('bob') }, safety };
const ignore = { permissionSets: ['AWS*'] };
const entry = { groups: ['team'], permissionSets: ['AWSRead'], accounts: ['production', 'staging'] };
const team = { groups: { team: { members: ['ann'] } } };

/** Control Tower's set, granted to a group by the file in two accounts. */
const granted = {
  users: { ann: user('ann'), bob: user('bob') },
  groups: { team: { members: ['ann'] } },
  permissionSets: { AWSRead: {} },
  assignments: [`GROUP team AWSRead ${accounts.production}`, `GROUP team AWSRead ${accounts.staging}`],
};

describe('what the file before granted of something that is ignored by name', () => {
  beforeEach(() => plant(live.emulator, granted));
  const before = { ...people, ...team, permissionSets: {}, assignments: [entry], ignore };

  it('is removed where its line goes, and stays without the file before', async () => {
    const after = { ...before, assignments: [] };
    expect(labels(await plan(after))).toEqual([]);
    const found = await plan(after, before);
    expect(labels(found)).toEqual([
      'delete AWSRead in production to group team',
      'delete AWSRead in staging to group team',
    ]);
    expect(found.steps.map(({ reclaimed }) => reclaimed)).toEqual(['base', 'base']);
    expect(named(found.access, found.access.lost)).toEqual([
      { users: ['ann'], accounts: [accounts.production, accounts.staging] },
    ]);
    expect(labels(await plan(before, before))).toEqual([]);
  });

  it('is removed where the entry is narrowed to one account', async () => {
    const after = { ...before, assignments: [{ ...entry, accounts: ['production'] }] };
    expect(labels(await plan(after, before))).toEqual(['delete AWSRead in staging to group team']);
  });

  it('is removed where only the file before takes accounts by unit', async () => {
    const byUnit = { ...entry, accounts: undefined, organizationalUnits: ['Prod'] };
    expect(labels(await plan({ ...before, assignments: [] }, { ...before, assignments: [byUnit] }))).toEqual([
      'delete AWSRead in production to group team',
    ]);
  });

  it('stops the plan where what it names could not be read', async () => {
    const source = liveSource(live.aws, { isLocal: true });
    const unplaced: typeof source = {
      ...source,
      async open(document) {
        return await source.open(document);
      },
    };
    const byUnit = load({ ...before, assignments: [{ ...entry, accounts: undefined, organizationalUnits: ['Prod'] }] });
    const wishes = { removeOrphans: false, now, base: { name: 'base.yaml', loaded: byUnit } };
    await expect(makePlan(unplaced, load({ ...before, assignments: [] }), wishes)).rejects.toThrow(ConfigError);
    const expiring = await makePlan(unplaced, load(before), { ...wishes, only: 'expired' });
    expect(expiring.plan.steps).toEqual([]);
  });

  it('is removed where the group is what is ignored', async () => {
    const { groups: _, ...rest } = before;
    const after = { ...rest, groups: {}, assignments: [], ignore: { ...ignore, groups: ['team'] } };
    expect(labels(await plan(after, { ...after, assignments: [entry] }))).toHaveLength(2);
  });

  it('is left alone where an entry or an account is what is ignored', async () => {
    for (const firm of [{ assignments: [{ permissionSet: 'AWS*' }] }, { accounts: ['production', 'staging'] }]) {
      const after = { ...before, assignments: [], ignore: { ...ignore, ...firm } };
      expect(labels(await plan(after, before))).toEqual([]);
    }
  });

  it('is removed when the entry of the file before has expired in the meantime', async () => {
    const ended = { ...before, assignments: [{ ...entry, expires: '2026-06-01' }] };
    expect(labels(await plan({ ...before, assignments: [] }, ended))).toHaveLength(2);
  });

  it('deletes no user, group or permission set that only its name left the file', async () => {
    const all = { ...people, groups: {}, permissionSets: { AWSRead: {} }, assignments: [] };
    const after = { ...all, permissionSets: {}, ignore: { ...ignore, groups: ['*'] } };
    expect(labels(await plan(after, all))).toEqual([]);
  });
});

it('a member of the file before is removed though the person is ignored', async () => {
  await plant(live.emulator, { users: { ann: user('ann'), bob: user('bob') }, groups: { ops: { members: ['bob'] } } });
  const ops = (...members: string[]) => ({
    users: { ann: person('ann') },
    groups: { ops: { members } },
    ignore: { users: ['bob'] },
    safety,
  });
  expect(labels(await plan(ops()))).toEqual([]);
  expect(labels(await plan(ops(), ops('bob')))).toEqual(['delete bob in ops']);
});

describe('an application that only the file before names', () => {
  const seed = { applications: [{ name: 'Wiki' }], accounts: [{ id: accounts.management, name: 'management' }] };
  const granted = (...entries: object[]) => ({
    ...people,
    applicationAssignments: entries,
    ignore: { applications: ['Wi*'] },
  });
  const entry = { users: ['ann'], applications: ['Wiki'] };

  it('is taken from those whom that gave it, though it is ignored, and from no one else', async () => {
    await live.emulator.close();
    live = await startLive({ seed });
    await plant(live.emulator, {
      users: { ann: user('ann'), bob: user('bob') },
      applicationAssignments: ['USER ann Wiki', 'USER bob Wiki'],
    });
    expect(labels(await plan(granted()))).toEqual([]);
    expect(labels(await plan(granted(), granted(entry)))).toEqual(['delete Wiki to ann']);
    expect(labels(await plan(granted(), granted({ ...entry, expires: '2026-06-01' })))).toHaveLength(1);
  });
});

describe('the same set and principal in an account that an entry by unit does not take', () => {
  beforeEach(() => plant(live.emulator, granted));
  const unit = { groups: ['team'], permissionSets: ['AWSRead'], organizationalUnits: ['Prod'] };
  const file = { ...people, ...team, permissionSets: {}, assignments: [unit], ignore };

  it('is removed, told as left alone until now', async () => {
    const found = await plan(file);
    expect(labels(found)).toEqual(['delete AWSRead in staging to group team']);
    expect(found.steps[0]?.reclaimed).toBe('pair');
    expect(codes(found)).toContain('left-alone-until-now');
  });

  it('is left alone under ignore.assignments, by entries of plain accounts, and of others', async () => {
    const jit = { ...ignore, assignments: [{ account: 'staging' }] };
    expect(labels(await plan({ ...file, ignore: jit }))).toEqual([]);
    expect(labels(await plan({ ...file, assignments: [{ ...entry, accounts: ['production'] }] }))).toEqual([]);
    const bobs = { users: ['bob'], permissionSets: ['AWSRead'], organizationalUnits: ['Prod'] };
    expect(labels(await plan({ ...file, assignments: [bobs] }))).toEqual(['create AWSRead in production to bob']);
  });

  it('needs that the principal or the set is declared here, or was granted before', async () => {
    const foreign = { ...file, groups: {}, ignore: { ...ignore, groups: ['team'] } };
    expect(labels(await plan(foreign))).toEqual([]);
    expect(labels(await plan(foreign, foreign))).toEqual(['delete AWSRead in staging to group team']);
  });
});

describe('a grant of something that is ignored', () => {
  beforeEach(() => plant(live.emulator, { ...granted, assignments: [] }));
  const file = { ...people, ...team, permissionSets: {}, assignments: [entry], ignore };

  it('warns once a line that its removal will not remove the access, unless the file before is given', async () => {
    const { warnings } = await plan(file);
    expect(warnings.filter(({ code }) => code === 'ignored-grant')).toEqual([
      {
        code: 'ignored-grant',
        isRisk: true,
        message:
          'The section ignore hides AWSRead in production to group team and AWSRead in staging to group team, so removing the line later will not remove the access. Declare what is ignored, set expires on the entry, or plan with --base.',
        place: expect.objectContaining({ file: 'identity.yaml' }) as unknown,
      },
    ]);
    expect(codes(await plan(file, file))).not.toContain('ignored-grant');
    expect(codes(await plan({ ...file, ignore: {}, permissionSets: { AWSRead: {} } }))).not.toContain('ignored-grant');
  });

  it('warns with the file before too where an entry or an account is ignored', async () => {
    const firm = { ...file, ignore: { ...ignore, accounts: ['staging'] } };
    const { warnings } = await plan(firm, file);
    expect(warnings.find(({ code }) => code === 'ignored-grant')?.message).toContain(
      'The section ignore hides AWSRead in staging to group team, so removing the line later will not remove the access. Narrow ignore.assignments',
    );
  });
});

describe('what is live and newly declared', () => {
  beforeEach(() =>
    plant(live.emulator, {
      users: { ann: user('ann'), bob: user('bob') },
      groups: { ops: { members: ['ann', 'bob'] } },
      permissionSets: { Read: {} },
      assignments: [`GROUP ops Read ${accounts.production}`, `USER bob Read ${accounts.staging}`],
    }),
  );
  const grants = { groups: ['ops'], permissionSets: ['Read'], accounts: ['production'] };
  const whole = {
    ...people,
    groups: { ops: { members: ['ann'] } },
    permissionSets: { Read: {} },
    assignments: [grants],
  };
  const bobs = { users: ['bob'], permissionSets: ['Read'], accounts: ['staging'], expires: '2027-01-31' };
  const merged = { ...whole, groups: { ops: { members: ['ann', 'bob'] } }, assignments: [grants, bobs] };

  it('is told with who holds what by it, though the plan is empty', async () => {
    const found = await plan(merged, whole);
    expect(labels(found)).toEqual([]);
    const told = found.adopted.map(({ id, holds, until }) => [id, named(found.access, holds), until]);
    expect(told).toEqual([
      [
        `assignment/${accounts.staging}/Read/USER/bob`,
        [{ users: ['bob'], accounts: [accounts.staging] }],
        '2027-01-31',
      ],
      ['membership/ops/bob', [{ users: ['bob'], accounts: [accounts.production] }], undefined],
    ]);
    expect(found.accounts).toEqual({ [accounts.production]: 'production', [accounts.staging]: 'staging' });
  });

  it('is nothing without the file before, where that had it, and where it was only renamed since', async () => {
    expect((await plan(merged)).adopted).toEqual([]);
    expect((await plan(merged, merged)).adopted).toEqual([]);
    const renamed = {
      ...merged,
      users: { ann: person('ann'), rob: { ...person('bob'), previously: 'bob' } },
      groups: { ops: { members: ['ann', 'rob'] } },
      assignments: [grants, { ...bobs, users: ['rob'] }],
    };
    expect((await plan(renamed, merged)).adopted).toEqual([]);
  });

  it('names who is an administrator by it, and is a risk, though the plan is empty', async () => {
    await plant(live.emulator, {
      users: { cy: user('cy') },
      groups: { none: {} },
      permissionSets: { Admin: { managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] } },
      assignments: [`USER cy Admin ${accounts.management}`, `GROUP none Admin ${accounts.staging}`],
    });
    const all = {
      ...merged,
      users: { ...people.users, cy: person('cy') },
      groups: { ...merged.groups, none: {} },
      permissionSets: { Read: {}, Admin: { managedPolicies: ['AdministratorAccess'] } },
    };
    const admin = (of: object, account: string) => ({ permissionSets: ['Admin'], accounts: [account], ...of });
    const declared = [admin({ users: ['cy'] }, 'management'), admin({ groups: ['none'] }, 'staging')];
    const found = await plan({ ...all, assignments: [...merged.assignments, ...declared] }, all);
    expect(labels(found)).toEqual([]);
    expect(adoptedTexts(found)).toEqual([
      'cy holds Admin in management and is an administrator by it',
      'assignment Admin in staging to group none is live already; it gives no one access to an account now',
    ]);
    const risks = found.risks.map(({ code, permissionSet, accounts: where }) => [code, permissionSet, where]);
    expect(risks).toEqual([['powerful-adoption', 'Admin', [accounts.staging, accounts.management]]]);
  });

  it('is also what was edited by hand in what the file before had, and not what a step does', async () => {
    const policy = (...actions: string[]) => ({
      Version: '2012-10-17',
      Statement: actions.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' })),
    });
    await plant(live.emulator, {
      users: { cy: user('cy') },
      permissionSets: {
        Edited: {
          managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
          inlinePolicy: policy('s3:*', 'iam:*'),
        },
      },
      assignments: [`USER cy Edited ${accounts.production}`],
    });
    const file = (set: object) => ({
      ...merged,
      users: { ...people.users, cy: person('cy') },
      permissionSets: { Read: {}, Edited: set },
      assignments: [...merged.assignments, { users: ['cy'], permissionSets: ['Edited'], accounts: ['production'] }],
    });
    const before = file({ inlinePolicy: policy('s3:*') });
    const after = file({
      managedPolicies: ['AdministratorAccess', 'ReadOnlyAccess'],
      inlinePolicy: policy('s3:*', 'iam:*', 'sqs:*'),
      description: 'new',
    });
    const found = await plan(after, before);
    expect(found.steps.map(({ changes }) => changes.map(({ field }) => field))).toEqual([
      ['description', 'managedPolicies', 'inlinePolicy'],
    ]);
    expect(found.adopted.map(({ id, changes }) => [id, changes?.map(({ field }) => field)])).toEqual([
      ['permission-set/Edited', ['managedPolicies', 'inlinePolicy']],
    ]);
    expect(adoptedTexts(found)).toEqual([
      'permission set Edited has this already: managedPolicies adds arn:aws:iam::aws:policy/AdministratorAccess and inlinePolicy changes; cy holds it in production and is an administrator by it',
    ]);
    expect(found.risks.map(({ code }) => code)).toEqual(['powerful-adoption']);
    expect(comparePlans(await plan(after, { ...before, ...after }), found)?.adopted).toHaveLength(1);
    expect((await plan(before, before)).adopted).toEqual([]);
  });

  it('is also a thing that gives no one access to an account', async () => {
    await plant(live.emulator, { users: { cy: user('cy') } });
    const found = await plan({ ...merged, users: { ...people.users, cy: person('cy') } }, merged);
    expect(adoptedTexts(found)).toEqual(['user cy (cy cy) is live already']);
  });

  it('was not reviewed where the review did not show it, or shows that fewer people hold something by it', async () => {
    const [before, now] = [await plan(whole, whole), await plan(merged, whole)];
    expect(before.digest).not.toBe(now.digest);
    expect(comparePlans({ ...before, steps: [] }, now)?.adopted.map(({ id }) => id)).toHaveLength(2);
    expect(comparePlans(now, now)).toBeUndefined();
    const group = { ...whole, assignments: [] };
    const shown = await plan(merged, { ...group, groups: merged.groups });
    await plant(live.emulator, { users: { cy: user('cy') } });
    expect(shown.adopted.map(({ id }) => id)).toContain(`assignment/${accounts.production}/Read/GROUP/ops`);
    const fewer = {
      ...shown,
      adopted: shown.adopted.map((one) => ({ ...one, holds: one.holds.slice(1) })),
    };
    expect(comparePlans(fewer, shown)?.adopted).toHaveLength(2);
  });
});

describe('what is only left alone from now on', () => {
  const limits = ({ limits: all }: Plan): string[] =>
    all.map(
      ({ key, before, after, loosens }) => `${loosens ? '!' : '~'} ${key}: ${before ?? 'none'} -> ${after ?? 'none'}`,
    );

  it('is a limit: a name that is ignored, and a grant that an ignored entry or account hides', async () => {
    await plant(live.emulator, granted);
    const before = { ...people, ...team, permissionSets: { AWSRead: {} }, assignments: [entry], ignore };
    const released = await plan({ ...before, permissionSets: {} }, before);
    expect(labels(released)).toEqual([]);
    expect(limits(released)).toEqual(['! permission set: AWSRead -> left alone by ignore']);
    const firm = { ...before, ignore: { assignments: [{ group: 'team' }] } };
    expect(limits(await plan({ ...firm, assignments: [] }, firm))).toEqual([
      '! assignments: AWSRead in production to group team; AWSRead in staging to group team -> left alone by ignore',
    ]);
    expect(limits(await plan({ ...before, assignments: [] }, before))).toEqual([]);
    expect(limits(await plan(before, before))).toEqual([]);
  });

  it('is a limit: the departments of users, where no entry has one any more', async () => {
    const enterprise = { Extensions: { 'aws:identitystore:enterprise': { department: 'Data' } } };
    await plant(live.emulator, { users: { ann: { ...user('ann'), ...enterprise }, bob: user('bob') } });
    const { ann } = people.users;
    const before = { ...people, users: { ...people.users, ann: { ...ann, department: 'Data' } } };
    const released = await plan(people, before);
    expect([labels(released), released.adopted]).toEqual([[], []]);
    expect(limits(released)).toEqual([
      '! department, costCenter, division, employeeNumber, organization and manager of users: compared -> left alone, since no entry has any',
    ]);
    const none = { ...people, users: { ...people.users, ann: { ...ann, department: null } } };
    expect(limits(await plan(none, before))).toEqual([]);
    expect(limits(await plan(before, people))).toEqual([]);
  });

  it('is none where the thing has only been renamed', async () => {
    const before = { ...people, groups: { AWSOld: {} }, ignore: { groups: ['AWS*'] } };
    const after = { ...before, groups: { New: { previously: 'AWSOld' } } };
    expect(limits(await plan(after, before))).toEqual([]);
  });
});

describe('accounts that an entry will take by what they are', () => {
  const file = (...assignments: object[]) => ({ ...people, ...team, permissionSets: { AWSRead: {} }, assignments });
  const to = { groups: ['team'], permissionSets: ['AWSRead'] };
  const named = { ...to, accounts: ['production'] };
  const wider = async (now: object, ...before: object[]): Promise<string[]> =>
    (await plan(file(now), file(...before))).limits.map(({ after }) => after ?? '');

  it('are a limit though it takes none today that it did not', async () => {
    await plant(live.emulator, granted);
    expect(await wider({ ...to, accounts: ['prod*'] }, named)).toEqual(['AWSRead in prod* to group team']);
    expect(await wider({ ...to, organizationalUnits: ['Prod'] }, named)).toEqual([
      'AWSRead in accounts in Prod to group team',
    ]);
    const all = { ...to, all: true, except: { accounts: ['management'] } };
    expect(await wider(all, { ...to, accounts: ['production', 'staging'] })).toEqual([
      'AWSRead in all accounts except management to group team',
    ]);
    const tagged = { ...all, except: { accounts: ['management'], accountTags: { env: 'dev' } } };
    expect(await wider(all, tagged)).toHaveLength(1);
    expect(await wider({ ...to, accounts: ['none*'] })).toEqual(['AWSRead in none* to group team']);
  });

  it('are none where the file before took them, where fewer are taken, and where a step shows them', async () => {
    await plant(live.emulator, granted);
    const all = { ...to, all: true };
    const tags = { ...to, accountTags: { env: 'dev' } };
    expect(await wider(all, all)).toEqual([]);
    expect(await wider({ ...all, except: { accounts: ['management'] } }, all)).toEqual([]);
    expect(await wider({ ...to, accounts: ['prod*'] }, all)).toEqual([]);
    expect(await wider({ ...to, accountTags: { env: 'dev', team: 'a' } }, tags)).toEqual([]);
    expect(await wider(tags, { ...to, accountTags: { env: 'dev', team: 'a' } })).toHaveLength(1);
    expect(await wider(named, all)).toEqual([]);
    expect(await wider(all)).toEqual([]);
  });
});

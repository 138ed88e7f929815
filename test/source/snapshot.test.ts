import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/aws/client/caller.ts';
import { makePlan } from '../../src/planner/make-plan.ts';
import { snapshotSource } from '../../src/source/snapshot.ts';
import { addedFieldsOf } from '../../src/reconcile/snapshot.ts';
import { parseSnapshot, renderSnapshot } from '../../src/source/snapshot-format.ts';
import type { Plan } from '../../src/core/plan.ts';
import { parsePlan } from '../../src/formats/plan.ts';
import { everything, readLive } from '../../src/reconcile/read.ts';
import { kinds } from '../../src/kinds/index.ts';
import { holdsIn } from '../support/named-access.ts';
import { under } from '../support/in-force.ts';
import { accounts, load, now, person, startLive, type LiveSetup } from '../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';
import { plant, type Organisation } from '../support/organisation.ts';
import { runIdc, type Ran } from '../support/run-idc.ts';

const document = { users: { ann: person('ann') }, groups: { ops: { members: ['ann'] } } };

/** A snapshot, taken at noon. */
async function take(local: LocalFolder): Promise<string> {
  const file = path.join(local.folder, 'live.json');
  const { code, err } = await local.idc(['snapshot', '--out', file]);
  expect(code, err).toBe(0);
  return file;
}

/** At another time, without --local: all that there is to read is the two files. */
const planLater = (local: LocalFolder, snapshot: string, hours: number, ...flags: string[]): Promise<Ran> =>
  runIdc(['plan', '-f', local.file, '--snapshot', snapshot, ...flags], {
    now: () => new Date(now.getTime() + hours * 3_600_000),
  });

describe('plan --snapshot', () => {
  it('needs neither an instance nor credentials nor a region, and finds the plan that was live', async () => {
    const local = createLocalFolder({ ...document, identityCenter: {} });
    const region = ['--region', 'us-east-1'];
    const taken = path.join(local.folder, 'live.json');
    expect((await local.idc(['snapshot', '--out', taken, ...region])).code).toBe(0);
    const live = await local.idc(['plan', '--format', 'json', ...region]);
    rmSync(path.join(local.folder, '.idc'), { recursive: true });
    const later = await planLater(local, taken, 5, '--format', 'json');
    expect(later).toMatchObject({ code: 0, err: '' });
    expect(parsePlan(later.out)).toEqual({
      ...parsePlan(live.out),
      snapshot: { takenAt: now.toISOString() },
    });
  });

  it('says in text and in Markdown where the plan comes from and how old that is, also once it is saved', async () => {
    const local = createLocalFolder(document);
    const snapshot = await take(local);
    const source = 'Made from a snapshot of 2026-06-15 12:00 UTC, 7 hours old, not from the live state.';
    const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');
    const saved = path.join(local.folder, 'plan.json');
    const text = await planLater(local, snapshot, 7, '--out', saved, '--detailed-exitcode');
    expect(text.code).toBe(2);
    expect(plain(text.out)).toContain(source);
    const markdown = await planLater(local, snapshot, 7, '--format', 'markdown');
    expect(markdown.out).toContain(`\n\n${source}\n\n`);
    const shown = await runIdc(['show', saved], { now: () => new Date(now.getTime() + 9 * 3_600_000) });
    expect(plain(shown.out)).toContain(source.replace('7 hours', '9 hours'));
  });

  it('is the same plan at every time of its day; after it there is a warning too', async () => {
    const local = createLocalFolder(document);
    const snapshot = await take(local);
    const [now, dayAfter, later] = await Promise.all(
      [0, 24, 25].map((hours) => planLater(local, snapshot, hours, '--format', 'json')),
    );
    expect(dayAfter?.out).toBe(now?.out);
    const [fresh, old] = [now, later].map((ran) => JSON.parse(ran?.out ?? '') as Plan);
    expect(old?.digest).toBe(fresh?.digest);
    expect(old?.warnings.filter(({ code }) => code === 'old-snapshot')).toMatchObject([
      { message: expect.stringContaining('a snapshot of 2026-06-15 12:00 UTC, 25 hours old') as string },
    ]);
    expect(fresh?.warnings.map(({ code }) => code)).not.toContain('old-snapshot');
  });

  it('removes orphans where asked: a snapshot has them', async () => {
    const local = createLocalFolder({ users: {}, permissionSets: { Read: {} }, assignments: [] });
    await local.plant({
      users: { gone: { DisplayName: 'G', Name: { GivenName: 'G', FamilyName: 'G' } } },
      permissionSets: { Read: {} },
      orphans: ['USER gone Read 111122223333'],
    });
    const { out } = await planLater(local, await take(local), 1, '--orphans', '--format', 'json');
    expect((JSON.parse(out) as Plan).summary).toEqual({ create: 0, update: 0, delete: 1 });
  });

  it('says that names were looked for in a snapshot, where they are not in it', async () => {
    const local = createLocalFolder({ groups: { ops: { members: ['late'] } } });
    const { code, err } = await planLater(local, await take(local), 30);
    expect(code).toBe(1);
    expect(err).toContain('There is no user "late" in Identity Center');
    expect(err).toContain('The file was compared with a snapshot of 2026-06-15 12:00 UTC, 30 hours old.');
  });

  it.each([
    [
      'a file that pins another instance',
      { region: 'us-east-1', instanceArn: 'arn:aws:sso:::instance/ssoins-ffffffffffffffff' },
      [],
      'snapshot-instance',
    ],
    ['a file for another region', { region: 'eu-west-1' }, [], 'snapshot-region'],
    ['--region of another region', { region: 'us-east-1' }, ['--region', 'eu-west-1'], 'snapshot-region'],
  ])('refuses a snapshot with %s', async (_what, identityCenter, flags, code) => {
    const local = createLocalFolder(document);
    const snapshot = await take(local);
    local.write({ ...document, identityCenter });
    const ran = await planLater(local, snapshot, 1, ...flags);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toContain(`(${code})`);
  });

  it('refuses a snapshot of AWS where the embedded Identity Center is asked for', async () => {
    const local = createLocalFolder(document);
    const snapshot = await take(local);
    writeFileSync(snapshot, renderSnapshot({ ...parseSnapshot(readFileSync(snapshot, 'utf8')), isLocal: false }));
    const { code, err } = await planLater(local, snapshot, 1, '--local');
    expect(code).toBe(1);
    expect(err).toContain('(snapshot-instance)');
    expect((await planLater(local, snapshot, 1)).code).toBe(0);
  });

  it.each([
    ['--profile', 'mine'],
    ['--read-strategy', 'account'],
    ['--max-tps', '50'],
  ])('does not go with %s, which is about calls', async (...flag) => {
    const local = createLocalFolder(document);
    const { code, err } = await planLater(local, await take(local), 1, ...flag);
    expect(code).toBe(1);
    expect(err).toContain(`flag '--snapshot <live.json>' cannot be used with flag '${flag[0]}`);
  });

  it('reports a snapshot that is not there, and one that is none', async () => {
    const local = createLocalFolder(document);
    expect((await planLater(local, path.join(local.folder, 'none.json'), 0)).err).toContain('(unreadable-file)');
    expect((await planLater(local, local.file, 0)).err).toContain('(snapshot-shape)');
  });
});

describe('an apply', () => {
  it('never reads a snapshot', async () => {
    const local = createLocalFolder(document);
    const { code, out, err } = await local.idc(['apply', '--yes', '--snapshot', await take(local)]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('An apply reads the live state');
    expect(err).toContain('(apply-from-snapshot)');
    expect(await local.visit(({ world }) => world.users.size)).toBe(0);
    expect((await local.idc(['apply', '--help'])).out).not.toContain('--snapshot');
  });

  it('takes a plan that was saved from one, as long as the live state leads to it', async () => {
    const local = createLocalFolder(document);
    const snapshot = await take(local);
    const saved = path.join(local.folder, 'plan.json');
    expect((await planLater(local, snapshot, 1, '--out', saved)).code).toBe(0);
    const applied = await local.idc(['apply', saved, '--yes']);
    expect(applied.code, applied.err).toBe(0);
    expect(await local.visit(({ world }) => world.memberships.size)).toBe(1);
    const again = await local.idc(['apply', saved, '--yes']);
    expect(again.code).toBe(3);
    expect(again.err).toContain('This is not the reviewed plan');
  });

  it('refuses it once something else is live', async () => {
    const local = createLocalFolder(document);
    const snapshot = await take(local);
    const saved = path.join(local.folder, 'plan.json');
    await local.plant({ groups: { others: {} } });
    expect((await planLater(local, snapshot, 1, '--out', saved)).code).toBe(0);
    const { code, out, err } = await local.idc(['apply', saved, '--yes']);
    expect(code).toBe(3);
    expect(err).toContain('This is not the reviewed plan');
    // The plan that it would be now is shown, and is from no snapshot.
    expect(out).toContain('others');
    expect(out).not.toContain('snapshot');
    expect(await local.visit(({ world }) => world.users.size)).toBe(0);
  });
});

describe('the plan of a snapshot is the live one', () => {
  let live: LiveSetup | undefined;
  afterEach(async () => {
    await live?.emulator.close();
    live = undefined;
  });

  const user = (name: string) => ({
    DisplayName: `${name} ${name}`,
    Name: { GivenName: name, FamilyName: name },
    Emails: [{ Value: `${name}@example.com` }],
  });
  const administered: Organisation = {
    users: { ann: user('ann'), bob: user('bob') },
    groups: { ops: { members: ['ann', 'bob'] }, qa: {} },
    permissionSets: { Admin: { managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] } },
    assignments: [`GROUP ops Admin ${accounts.management}`, `GROUP qa Admin ${accounts.staging}`],
  };
  const people = { ann: person('ann'), bob: person('bob') };

  /** Both plans of a file, the snapshot's after its way through a file. */
  async function both(
    file: object,
    {
      before = administered,
      caller: by,
      isLocal = true,
    }: { before?: Organisation; caller?: Caller; isLocal?: boolean } = {},
  ): Promise<{ live: Plan; later: Plan }> {
    live = await startLive();
    await plant(live.emulator, before);
    const { aws } = live;
    if (by) aws.caller = by;
    const { reading } = await under('plan', () => readLive(kinds, aws, everything));
    const { instance, organization, caller } = aws;
    const text = renderSnapshot({
      takenAt: now.toISOString(),
      isLocal,
      context: { instance, organization, caller },
      reading,
      addedFields: addedFieldsOf(kinds),
    });
    const { plan } = await makePlan(snapshotSource(parseSnapshot(text)), load(file), { removeOrphans: false, now });
    return { live: (await live.plan(file)).plan, later: plan };
  }
  const withoutSource = ({ snapshot: _snapshot, ...plan }: Plan): unknown => JSON.parse(JSON.stringify(plan));

  it('where the file ignores a permission set, whose details a plan does not read', async () => {
    const before = {
      users: { ann: user('ann'), bob: user('bob') },
      groups: { qa: {} },
      permissionSets: { Root: { managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] } },
      assignments: [`GROUP qa Root ${accounts.staging}`],
    };
    const ignore = { permissionSets: ['Root'] };
    const file = { users: people, groups: { qa: { members: ['ann'] } }, permissionSets: {}, assignments: [], ignore };
    const plans = await both(file, { before });
    const { access } = plans.live;
    expect(holdsIn(access, access.gained)).toMatchObject([{ user: 'ann', permissionSet: 'Root' }]);
    expect(withoutSource(plans.later)).toEqual(withoutSource(plans.live));
  });

  it('for a delegated administrator, to whom the management account is out of reach', async () => {
    const file = {
      users: people,
      groups: { ops: { members: ['ann'] }, qa: {} },
      permissionSets: { Admin: { managedPolicies: ['AdministratorAccess'] } },
      assignments: [],
    };
    const plans = await both(file, {
      caller: { accountId: accounts.staging, arn: 'arn:aws:sts::444455556666:assumed-role/ci/run' },
    });
    expect(plans.live.blocked.length).toBeGreaterThan(0);
    expect(withoutSource(plans.later)).toEqual(withoutSource(plans.live));
  });

  it('with attributes and policies that the file would not take', async () => {
    const local = createLocalFolder({ users: { ann: { ...person('ann'), email: 'ann@example.com' } } });
    await local.plant({
      users: { ann: { ...user('ann'), Emails: [{ Value: 'nobody at home' }] } },
      permissionSets: {
        Odd: {
          inlinePolicy: {
            Statement: [{ Sid: 'notForUs', Effect: 'Allow', Action: 's3:*', Resource: '*' }],
          },
        },
      },
    });
    // From before IAM refused it.
    const kept = path.join(local.folder, '.idc', 'local.json');
    writeFileSync(kept, readFileSync(kept, 'utf8').replace('notForUs', 'not for us'));
    const snapshot = await take(local);
    const expected = await local.idc(['plan', '--format', 'json']);
    expect(expected.out).toContain('nobody at home');
    const later = await planLater(local, snapshot, 0, '--format', 'json');
    expect(withoutSource(parsePlan(later.out))).toEqual(parsePlan(expected.out));
  });

  it('but for the own access of the person who took it, which is not checked: the warning says so', async () => {
    const file = {
      users: people,
      groups: { ops: { members: ['bob'] }, qa: {} },
      permissionSets: { Admin: { managedPolicies: ['AdministratorAccess'] } },
    };
    const arn = `arn:aws:sts::${accounts.management}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ann`;
    const plans = await both(file, {
      caller: { accountId: accounts.management, arn, identityCenter: { userName: 'ann', permissionSet: 'Admin' } },
      isLocal: false,
    });
    expect(plans.live.violations.map(({ code }) => code)).toEqual(['own-administrator-access-lost']);
    expect(plans.later.violations.map(({ code }) => code)).not.toContain('own-administrator-access-lost');
    expect(plans.later.warnings.map(({ code }) => code)).toContain('own-access-not-checked');
    expect(plans.later.steps).toEqual(plans.live.steps);
    // One of them is forbidden.
    expect(plans.later.digest).not.toBe(plans.live.digest);
  });

  it('an IAM role is not asked about its own access, which only the snapshot leaves open', async () => {
    const file = { users: people, groups: { ops: {}, qa: {} } };
    const arn = `arn:aws:sts::${accounts.management}:assumed-role/idc-plan/run`;
    const plans = await both(file, { caller: { accountId: accounts.management, arn }, isLocal: false });
    const isTold = ({ warnings }: Plan) => warnings.some(({ code }) => code === 'own-access-not-checked');
    expect([isTold(plans.live), isTold(plans.later)]).toEqual([false, true]);
  });
});

describe('profiles --snapshot', () => {
  // Who is in the group is for AWS to say, so the file does not say it all.
  const file = {
    permissionSets: { Read: {} },
    assignments: [{ groups: ['ops'], permissionSets: ['Read'], accounts: ['production'] }],
  };
  const organisation: Organisation = {
    users: { ann: { DisplayName: 'Ann', Name: { GivenName: 'Ann', FamilyName: 'A' } } },
    groups: { ops: { members: ['ann'] } },
  };

  it('is what is live, without a call', async () => {
    const local = createLocalFolder(file);
    await local.plant(organisation);
    const snapshot = await take(local);
    const live = await local.idc(['profiles', 'ann']);
    expect(live.out).toContain('sso_role_name = Read');
    rmSync(path.join(local.folder, '.idc'), { recursive: true });
    const later = (day: string): Promise<Ran> =>
      runIdc(['profiles', 'ann', '-f', local.file, '--snapshot', snapshot], {
        now: () => new Date(`2026-06-${day}T12:00:00Z`),
      });
    expect(await later('16')).toEqual(live);
    expect(await later('18')).toMatchObject({
      code: 0,
      out: live.out,
      err: expect.stringMatching(/^old-snapshot: .* 3 days old/) as string,
    });
  });

  it('is not looked at where the file says it all', async () => {
    const local = createLocalFolder({
      ...file,
      cli: { startUrl: 'https://example.awsapps.com/start' },
      users: { ann: person('ann') },
      groups: { ops: { members: ['ann'] } },
    });
    const { code, out } = await runIdc([
      'profiles',
      'ann',
      '-f',
      local.file,
      '--snapshot',
      path.join(local.folder, 'none.json'),
    ]);
    expect(code).toBe(0);
    expect(out).toContain('sso_role_name = Read');
  });
});

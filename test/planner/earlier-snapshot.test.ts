import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/core/plan.ts';
import { parseSnapshot, renderSnapshot } from '../../src/source/snapshot-format.ts';
import { accounts } from '../support/live.ts';
import { runIdc, type Ran } from '../support/run-idc.ts';

// A snapshot as it was written when there were seven kinds: ann is in ops, which has Read in production and Salesforce; somebody
// who is gone has Read too; the department of people is passed on.
const earlier = path.join(import.meta.dirname, 'snapshots', 'format-2.json');
const folder = mkdtempSync(path.join(tmpdir(), 'idc-earlier-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const whole = {
  users: { ann: { givenName: 'Ann', familyName: 'A', displayName: 'Ann', email: 'ann@example.com' } },
  groups: { ops: { description: 'Runs it', members: ['ann'] } },
  permissionSets: { Read: { managedPolicies: ['ReadOnlyAccess'], tags: { team: 'ops' } } },
  assignments: [{ groups: ['ops'], permissionSets: ['Read'], accounts: ['production'] }],
  applicationAssignments: [{ groups: ['ops'], applications: ['Salesforce'] }],
  accessControlAttributes: { department: '${path:enterprise.department}' },
};

function write(document: object): string {
  const file = path.join(folder, 'identity.yaml');
  writeFileSync(file, JSON.stringify({ version: 1, accounts, ...document }));
  return file;
}

/** The snapshot that an idc would have written that did not know these kinds. */
function without(...names: string[]): string {
  const snapshot = parseSnapshot(readFileSync(earlier, 'utf8'));
  const reading = Object.fromEntries(Object.entries(snapshot.reading).filter(([name]) => !names.includes(name)));
  const file = path.join(folder, 'live.json');
  writeFileSync(file, renderSnapshot({ ...snapshot, reading }));
  return file;
}

const planFrom = (snapshot: string, document: object, ...flags: string[]): Promise<Ran> =>
  runIdc(['plan', '-f', write(document), '--snapshot', snapshot, ...flags]);

const again = 'Take it again with this idc: idc snapshot --out live.json.';

it('a snapshot of before is read: the file that says all of it changes nothing', async () => {
  const { code, out, err } = await planFrom(earlier, whole, '--format', 'json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const plan = JSON.parse(out) as Plan;
  expect({ steps: plan.steps, orphans: plan.orphans }).toEqual({ steps: [], orphans: 1 });
  const changed = await planFrom(earlier, { ...whole, applicationAssignments: [] }, '--format', 'json');
  expect((JSON.parse(changed.out) as Plan).summary).toEqual({ create: 0, update: 0, delete: 1 });
});

it('a snapshot without departments refuses a file that has them, and not one that has none', async () => {
  const { ann } = whole.users;
  expect(await planFrom(earlier, { ...whole, users: { ann } })).toMatchObject({ code: 0 });
  for (const department of ['Platform', null]) {
    const { code, out, err } = await planFrom(earlier, { ...whole, users: { ann: { ...ann, department } } });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.replaceAll(/\s+/g, ' ')).toContain(
      `did not read department, costCenter, division, employeeNumber, organization and manager of users, which this command needs. (snapshot-unread) ${again}`,
    );
  }
});

describe('a kind that a snapshot does not have', () => {
  const { accessControlAttributes: _attributes, ...others } = whole;
  const { applicationAssignments: _uses, ...rest } = whole;

  it('does not matter to a file without its section, whose plan is the same', async () => {
    const plans = [earlier, without('access-control-configuration')].map((from) =>
      planFrom(
        from,
        { ...others, users: { ...others.users, bob: { ...others.users.ann, email: 'bob@example.com' } } },
        '--format',
        'json',
      ),
    );
    const [before, now] = await Promise.all(plans);
    expect(now?.err).toBe('');
    expect(now?.out).toBe(before?.out);
    expect((JSON.parse(now?.out ?? '') as Plan).steps.length).toBeGreaterThan(0);
  });

  it.each([
    ['access-control-configuration', 'access control configurations'],
    ['application-assignment', 'application assignments'],
  ])('%s refuses a file that has its section, and is named', async (kind, words) => {
    const { code, out, err } = await planFrom(without(kind), whole);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.replaceAll(/\s+/g, ' ')).toContain(
      `The idc that took this snapshot did not read ${words}, which this command needs. (snapshot-unread) ${again}`,
    );
  });

  it('refuses a removal that it may hold back, and nothing else', async () => {
    const from = without('application-assignment');
    expect(await planFrom(from, { ...rest, groups: { ...rest.groups, more: {} } })).toMatchObject({ code: 0 });
    const { code, err } = await planFrom(from, { ...rest, groups: {}, assignments: [] });
    expect(code).toBe(1);
    expect(err).toContain('(snapshot-unread)');
    // With it the removal is refused for what would be left behind.
    const known = await planFrom(earlier, { ...rest, groups: {}, assignments: [] });
    expect(known.out).toContain('still-in-use');
  });

  it.each(['user', 'group', 'membership', 'permission-set', 'assignment'])(
    '%s refuses every plan, since who reaches what follows from it',
    async (kind) => {
      const { code, err } = await planFrom(without(kind), {});
      expect(code).toBe(1);
      expect(err).toContain('(snapshot-unread)');
      const asked = await runIdc(['access', '-f', write({}), '--user', 'ann', '--snapshot', without(kind)]);
      expect(asked.err).toContain('(snapshot-unread)');
    },
  );

  it('is not imported as if nothing of it were live: its section is left out, or refused where it is asked for', async () => {
    const from = without('application-assignment');
    const importFrom = (...flags: string[]): Promise<Ran> => runIdc(['import', '--snapshot', from, ...flags]);
    const all = await importFrom();
    expect(all.code, all.err).toBe(0);
    expect(all.out).toContain('\nassignments:');
    expect(all.out).not.toContain('applicationAssignments');
    expect(all.err).toMatch(/did not read application assignments( and .*)?: this file does not manage them\.\n/);
    expect(await importFrom('--only', 'users,groups')).toMatchObject({ code: 0 });
    const asked = await importFrom('--only', 'users,application-assignments');
    expect(asked).toMatchObject({ code: 1, out: '', err: expect.stringContaining('(snapshot-unread)') as string });
    // Without the users, those in groups would have no names.
    const blind = await runIdc(['import', '--snapshot', without('user')]);
    expect(blind).toMatchObject({ code: 1, out: '', err: expect.stringContaining('did not read users') as string });
  });

  it('is not known to the doctor, who looks at the rest', async () => {
    const { out } = await runIdc([
      'doctor',
      '-f',
      write(others),
      '--snapshot',
      without('assignment'),
      '--format',
      'json',
    ]);
    const { checks } = JSON.parse(out) as { checks: { check: string; status: string; found: string }[] };
    expect(checks.find(({ check }) => check === 'orphaned-assignments')).toMatchObject({
      status: 'unknown',
      found: 'Not looked at: the idc that took this snapshot did not read it.',
    });
    expect(checks.find(({ check }) => check === 'stale-roles')?.status).toBe('ok');
  });
});

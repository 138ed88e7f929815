import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { person, startLive, type LiveSetup } from '../support/live.ts';
import { createLocalFolder } from '../support/local-folder.ts';

let setup: LiveSetup | undefined;
afterEach(async () => {
  await setup?.emulator.close();
  setup = undefined;
});

const users = { ann: person('ann'), bob: person('bob') };
const permissionSets = {
  Admin: { managedPolicies: ['AdministratorAccess'] },
  Read: { managedPolicies: ['ReadOnlyAccess'] },
};
const given = (permissionSet: string, more: object = {}) => ({
  groups: ['ops'],
  permissionSets: [permissionSet],
  accounts: ['production'],
  ...more,
});

/** The refusals of the second file, once the first has been applied. */
async function refusals(before: object, after: object): Promise<string[]> {
  setup = await startLive();
  await setup.apply({ users, permissionSets, ...before });
  const { plan } = await setup.plan({ users, permissionSets, ...after });
  return plan.violations.map(({ code }) => code);
}

describe('an end that a rule asks for', () => {
  const rules = { requireExpiry: [{ administrators: true }] };
  const forEver = { groups: { ops: { members: [] } }, assignments: [given('Admin')] };

  it('may be that of the membership', async () => {
    const joins = (member: unknown) => ({
      groups: { ops: { members: [member] } },
      assignments: [given('Admin')],
      rules,
    });
    expect(await refusals(forEver, joins({ user: 'ann', expires: '2026-07-01' }))).toEqual([]);
    const { plan } = (await setup?.plan({ users, permissionSets, ...joins('ann') })) ?? {};
    expect(plan?.violations.map(({ message, allow }) => [message, allow])).toEqual([
      [
        'The entry at identity.yaml:1 gives Admin in production to ann and has no end; identity.yaml:1 asks for that.',
        'Give the entry `expires`, or change the rule at identity.yaml:1.',
      ],
    ]);
  });

  it('may be that of the assignment', async () => {
    const ends = { groups: { ops: { members: ['ann'] } }, assignments: [given('Admin', { expires: '2026-07-01' })] };
    expect(await refusals({ groups: { ops: {} }, assignments: [] }, { ...ends, rules })).toEqual([]);
  });

  it('is asked of both entries that give the same', async () => {
    const both = [given('Admin', { expires: '2026-07-01' }), given('Admin')];
    const groups = { ops: { members: ['ann'] } };
    expect(await refusals({ groups, assignments: [] }, { groups, assignments: both, rules })).toEqual(['end-missing']);
  });

  it('is asked where an edit makes a set one of administrators, and not where the set is only renamed', async () => {
    const groups = { ops: { members: ['ann'] } };
    const before = { groups, assignments: [given('Read'), given('Admin')] };
    const edited = { ...permissionSets, Read: { managedPolicies: ['AdministratorAccess'] } };
    expect(await refusals(before, { ...before, permissionSets: edited, rules })).toEqual(['end-missing']);
    const renamed = {
      Root: { ...permissionSets.Admin, previously: 'Admin' },
      Read: permissionSets.Read,
    };
    const { plan } =
      (await setup?.plan({
        users,
        permissionSets: renamed,
        groups,
        assignments: [given('Read'), given('Root')],
        rules,
      })) ?? {};
    expect(plan?.violations).toEqual([]);
    const raised = {
      Look: { ...permissionSets.Admin, previously: 'Read' },
      Admin: permissionSets.Admin,
    };
    const raising = { users, permissionSets: raised, groups, assignments: [given('Look'), given('Admin')], rules };
    expect((await setup?.plan(raising))?.plan.violations.map(({ code }) => code)).toEqual(['end-missing']);
    expect(plan?.warnings.map(({ code }) => code)).toContain('entries-due');
  });

  it('is asked again of access that would last longer than by the file before', async () => {
    const file = (expires: string) => ({
      users,
      permissionSets,
      groups: { ops: { members: ['ann'] } },
      assignments: [given('Admin', { expires, reason: 'Migration' })],
      rules: { requireExpiry: [{ administrators: true, within: '30d' }] },
    });
    const local = createLocalFolder(file('2026-07-01'));
    expect((await local.idc(['apply', '--yes'])).code).toBe(0);
    const base = path.join(local.folder, 'base.yaml');
    const now = JSON.stringify({ version: 1, identityCenter: { region: 'us-east-1' }, ...file('2026-07-01') });
    writeFileSync(base, now.replace('{', '{"accounts":{"production":"111122223333"},'));
    local.write(file('2026-12-31'));
    const extended = await local.idc(['plan', '--base', base]);
    expect(extended.out).toContain('[end-missing]');
    expect(extended.code).toBe(3);
    local.write(file('2026-06-20'));
    expect((await local.idc(['plan', '--base', base])).out).not.toContain('[end-missing]');
  });
});

describe('a review that a rule asks for', () => {
  const rules = { maxReviewAge: [{ accounts: ['production'], age: '90d' }] };
  const groups = { ops: { members: ['ann'] } };
  const file = (reviewed: string) => ({ groups, assignments: [given('Read', { reviewed })], rules });

  it.each([
    ['2026-06-15', []],
    ['2026-03-17', []],
    ['2026-03-15', ['review-due']],
    ['2026-06-16', []],
    ['2026-06-18', ['review-due']],
  ])('reviewed: %s', async (reviewed, codes) => {
    expect(await refusals({ groups, assignments: [] }, file(reviewed))).toEqual(codes);
  });
});

it('sets are kept apart in a group without members, and what was held together before is left alone', async () => {
  const rules = { exclusive: [{ permissionSets: ['Admin', 'Read'], in: 'anywhere' }] };
  const both = (members: string[]) => ({ groups: { ops: { members } }, assignments: [given('Admin'), given('Read')] });
  expect(await refusals(both(['ann']), { ...both(['ann']), rules })).toEqual([]);
  const { plan } = (await setup?.plan({ users, permissionSets, ...both(['ann', 'bob']), rules })) ?? {};
  expect(plan?.violations.map(({ message }) => message)).toEqual([
    'identity.yaml:1 keeps these permission sets apart: bob would hold Admin in production (identity.yaml:1) and Read in production (identity.yaml:1).',
  ]);
  await setup?.emulator.close();
  expect(await refusals({ groups: { ops: {} }, assignments: [] }, { ...both([]), rules })).toEqual([
    'exclusive-access',
  ]);
});

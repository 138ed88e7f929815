import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import { accounts, person, startLive, type LiveSetup } from '../support/live.ts';
import { createLocalFolder } from '../support/local-folder.ts';
import { plant } from '../support/organisation.ts';

let setup: LiveSetup | undefined;
afterEach(async () => {
  await setup?.emulator.close();
  setup = undefined;
});

const users = { ann: person('ann'), bob: person('bob') };
const groups = { contractors: { members: ['bob'] }, devs: { members: ['ann', 'bob'] } };
const permissionSets = { Read: { managedPolicies: ['ReadOnlyAccess'] } };
const deny = { deny: [{ groups: ['contractors'], accounts: ['production'] }] };
const toDevs = [{ groups: ['devs'], permissionSets: ['Read'], accounts: ['production'] }];

async function diagnosticsOf(document: object): Promise<string[]> {
  try {
    await setup?.plan(document);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.diagnostics.map(({ code, message, place }) => `${place?.line} ${code}: ${message}`);
  }
}

it('a name that only the live state knows is fine, and an unknown one is an error', async () => {
  setup = await startLive();
  await plant(setup.emulator, {
    users: { bob: { DisplayName: 'b', Name: { GivenName: 'b', FamilyName: 'b' } } },
    groups: { contractors: { members: ['bob'] } },
    permissionSets: { Read: {} },
    assignments: [`USER bob Read ${accounts.production}`],
  });
  // No section but the rules: all of it is live, and nothing of it is managed.
  const { plan } = await setup.plan({ rules: deny });
  expect(plan.violations.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'denied-access identity.yaml:1 denies this access: bob would hold Read in production directly (live, but not in this file).',
  ]);
  expect(plan.violations[0]?.allow).toContain('remove it in Identity Center');
  const wrong = {
    deny: [{ users: ['bbo'], groups: ['contractor'], permissionSets: ['Reed', '*'], accounts: ['production'] }],
  };
  expect(await diagnosticsOf({ rules: wrong })).toEqual([
    '1 unknown-user: There is no user "bbo" in Identity Center, and this file does not declare one; did you mean "bob"?',
    '1 unknown-group: There is no group "contractor" in Identity Center, and this file does not declare one; did you mean "contractors"?',
    '1 unknown-permission-set: There is no permission set "Reed" in Identity Center, and this file does not declare one; did you mean "Read"?',
  ]);
  const account = { deny: [{ accounts: ['prodution'] }] };
  expect(await diagnosticsOf({ accounts: undefined, rules: account })).toEqual([
    '1 unknown-account: No account in the organization is called "prodution"; did you mean "production"?',
  ]);
});

it('a saved plan carries the rules, and says where in the document they are', async () => {
  const local = createLocalFolder({ users, groups, permissionSets, assignments: toDevs, rules: deny });
  const saved = path.join(local.folder, 'plan.json');
  expect((await local.idc(['plan', '--out', saved])).code).toBe(3);
  const { code, out } = await local.idc(['apply', saved, '--yes']);
  expect(code).toBe(3);
  expect(out.replaceAll(/\s+/g, ' ')).toContain(
    'rules.deny[0] denies this access: bob (groups.devs.members[1]) would hold Read in production through group devs (assignments[0].groups[0]).',
  );
  expect(await local.visit(({ world }) => world.users.size)).toBe(0);
});

it('a renamed person, group and set are known by their new names', async () => {
  setup = await startLive();
  await setup.apply({ users, groups, permissionSets, assignments: toDevs });
  const { plan } = await setup.plan({
    users: { ann: person('ann'), rob: { ...person('bob'), previously: 'bob' } },
    groups: { externals: { previously: 'contractors', members: ['rob'] }, devs: { members: ['ann', 'rob'] } },
    permissionSets: { Look: { managedPolicies: ['ReadOnlyAccess'], previously: 'Read' } },
    assignments: [{ groups: ['devs'], permissionSets: ['Look'], accounts: ['production'] }],
    rules: { deny: [{ groups: ['externals'], permissionSets: ['Look'] }] },
  });
  expect(plan.violations.map(({ message }) => message)).toEqual([
    'identity.yaml:1 denies this access: rob (identity.yaml:1) would hold Look in production through group devs (identity.yaml:1).',
  ]);
});

it('a removal that the caller can’t make counts as made, so no rule refuses it', async () => {
  setup = await startLive();
  await setup.apply({ users, groups, permissionSets, assignments: toDevs });
  const production = setup.emulator.world.accounts.get(accounts.production);
  if (production) setup.emulator.world.accounts.put({ ...production, State: 'SUSPENDED' });
  await setup.reconnect();
  const { plan } = await setup.plan({ users, groups, permissionSets, assignments: [], rules: deny });
  expect(plan.blocked.map(({ label }) => label)).toEqual(['Read in production to group devs']);
  expect(plan.violations).toEqual([]);
  const kept = await setup.plan({ users, groups, permissionSets, assignments: toDevs, rules: deny });
  expect(kept.plan.violations.map(({ code }) => code)).toEqual(['denied-access']);
});

it('an account pattern in a rule needs the names of the accounts', async () => {
  setup = await startLive();
  const { accounts: _known, ...unreadable } = setup.aws.organization;
  setup.aws.organization = unreadable;
  const file = (pattern: string) => ({
    users,
    groups,
    permissionSets,
    assignments: toDevs,
    rules: { deny: [{ accounts: [pattern] }] },
  });
  expect(await diagnosticsOf(file('prod*'))).toEqual([expect.stringContaining("can't be matched with accounts")]);
  const { plan } = await setup.plan(file('*'));
  expect(plan.violations.map(({ code }) => code)).toEqual(['denied-access']);
});

it('a rule that is not one refuses nothing', async () => {
  setup = await startLive();
  const direct = [{ users: ['ann'], permissionSets: ['Read'], accounts: ['production'] }];
  const file = (rules: object) => ({ users, groups, permissionSets, assignments: direct, rules });
  for (const rules of [{}, { deny: [] }, { directUserAssignments: true }, { maxSessionDuration: [] }]) {
    expect((await setup.plan(file(rules))).plan.violations).toEqual([]);
  }
  expect((await setup.plan(file({ directUserAssignments: false }))).plan.violations.map(({ code }) => code)).toEqual([
    'direct-user-assignment',
  ]);
});

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sealOf, type Plan } from '../../src/core/plan.ts';
import { person } from '../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';
import { runIdc, type Ran } from '../support/run-idc.ts';

const users = { ann: person('ann'), bob: person('bob') };
const base = {
  users,
  permissionSets: { Adm: { managedPolicies: ['AdministratorAccess'] } },
  assignments: [{ groups: ['ops'], permissionSets: ['Adm'], accounts: ['management'] }],
};

/** A saved plan that a guard refuses: it takes the last administrator out of the group. */
async function refusedPlan(): Promise<LocalFolder & { saved: string; plan: Plan }> {
  const local = createLocalFolder({ ...base, groups: { ops: { members: ['ann'] } } });
  expect((await local.idc(['apply', '--yes'])).code).toBe(0);
  // A limit of 100% makes a warning.
  const safety = {
    protected: [{ user: 'ann', account: 'management', permissionSet: 'Adm' }],
    maxRemovals: '100%',
  };
  local.write({ ...base, safety, groups: { ops: { members: ['bob'] } } });
  const saved = path.join(local.folder, 'plan.json');
  expect((await local.idc(['plan', '--out', saved])).code).toBe(3);
  return { ...local, saved, plan: JSON.parse(readFileSync(saved, 'utf8')) as Plan };
}

const edits: [string, (plan: Plan) => object][] = [
  ['no guards in its file', (plan) => ({ ...plan, desired: { ...(plan.desired as object), safety: {} } })],
  ['no refusals', (plan) => ({ ...plan, violations: [] })],
  ['no warnings', (plan) => ({ ...plan, warnings: [] })],
  ['another label', (plan) => ({ ...plan, steps: plan.steps.map((step) => ({ ...step, label: 'nothing much' })) })],
  [
    'nothing that a membership carries',
    (plan) => ({ ...plan, notes: plan.notes.map((note) => ({ ...note, grants: [] })) }),
  ],
  ['another name of an account', (plan) => ({ ...plan, accounts: { '999988887777': 'sandbox' } })],
  [
    'other changes shown',
    (plan) => ({
      ...plan,
      steps: plan.steps.map((step) => ({ ...step, changes: [{ field: 'x', type: 'set', added: ['y'], removed: [] }] })),
    }),
  ],
];
const deeds: [string, (plan: Plan) => object][] = [
  ['no steps', (plan) => ({ ...plan, steps: [] })],
  ['nobody who gains', (plan) => ({ ...plan, access: { ...plan.access, gained: [] } })],
  ['nobody who loses', (plan) => ({ ...plan, access: { ...plan.access, lost: [] } })],
  ['no new administrator', (plan) => ({ ...plan, access: { ...plan.access, newAdministrators: [] } })],
  ['nobody who loses all', (plan) => ({ ...plan, access: { ...plan.access, lastAccess: [] } })],
  ['no risk', (plan) => ({ ...plan, risks: [] })],
];

/** What the commands say of it that read it. */
async function read(local: LocalFolder & { saved: string }, edited: object): Promise<Ran[]> {
  writeFileSync(local.saved, JSON.stringify(edited));
  return [
    await runIdc(['show', local.saved]),
    await runIdc(['show', local.saved, '--format', 'json']),
    await local.idc(['apply', local.saved, '--yes']),
  ];
}

/** As text, as JSON and by an apply. */
function refusals(code: string): Ran[] {
  const refusal = { code: 1, out: '', err: expect.stringContaining(`(${code})`) as string };
  return [refusal, { ...refusal, out: expect.stringContaining(`"code": "${code}"`) as string }, refusal];
}

it.each([...edits, ...deeds])('refuses a saved plan that was edited to have %s', async (_what, edit) => {
  const local = await refusedPlan();
  expect(edit(local.plan)).not.toEqual(local.plan);
  expect(await read(local, edit(local.plan))).toEqual(refusals('plan-seal'));
  expect(await local.visit(({ world }) => world.memberships.size)).toBe(1);
});

it.each(deeds)('refuses a sealed plan whose digest is of another one: %s', async (_what, edit) => {
  const local = await refusedPlan();
  const { seal: _, ...edited } = edit(local.plan) as { seal?: string };
  expect(await read(local, { ...edited, seal: sealOf(edited) })).toEqual(refusals('plan-digest'));
});

it('reads a plan whose keys are in another order, or that was indented otherwise', async () => {
  const { saved, plan } = await refusedPlan();
  writeFileSync(saved, JSON.stringify(Object.fromEntries(Object.entries(plan).reverse()), null, 1));
  expect((await runIdc(['show', saved])).code).toBe(0);
});

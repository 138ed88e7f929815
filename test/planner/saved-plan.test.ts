import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Plan } from '../../src/core/plan.ts';
import { renderJson } from '../support/render-json.ts';
import { parsePlan } from '../../src/formats/plan.ts';
import { person } from '../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../support/local-folder.ts';

const document = { users: { ann: person('ann') }, groups: { ops: { members: ['ann'] } } };

async function save(local: LocalFolder, ...flags: string[]): Promise<string> {
  const saved = path.join(local.folder, 'plan.json');
  const { code, err } = await local.idc(['plan', '--out', saved, ...flags]);
  expect(code, err).toBe(0);
  return saved;
}

/** As somebody would who knows how to seal it again. */
function edit(saved: string, change: (plan: Plan) => Partial<Plan>): void {
  const plan = parsePlan(readFileSync(saved, 'utf8'));
  writeFileSync(saved, renderJson({ ...plan, ...change(plan) }));
}

it('what is saved is what --format json prints, one document and nothing else', async () => {
  const local = createLocalFolder(document);
  const saved = await save(local);
  const { out, err } = await local.idc(['plan', '--format', 'json']);
  expect(err).toBe('');
  expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync(saved, 'utf8')));
});

it('is not applied once the live state has moved, even where the file still fits', async () => {
  const local = createLocalFolder(document);
  const saved = await save(local);
  await local.plant({ groups: { others: {} } });
  const { code, out, err } = await local.idc(['apply', saved, '--yes']);
  expect(code).toBe(3);
  expect(err).toContain('This is not the reviewed plan');
  // The plan that it would be now is shown.
  expect(out).toContain('others');
  expect(await local.visit(({ world }) => world.users.size)).toBe(0);
});

it('needs the flags that it was made with', async () => {
  const local = createLocalFolder({ users: {}, permissionSets: { Read: {} }, assignments: [] });
  await local.plant({
    users: { gone: { DisplayName: 'G', Name: { GivenName: 'G', FamilyName: 'G' } } },
    permissionSets: { Read: {} },
    orphans: ['USER gone Read 111122223333'],
  });
  const saved = await save(local, '--orphans');
  const without = await local.idc(['apply', saved, '--yes']);
  expect(without.code).toBe(3);
  expect(without.err).toContain('--orphans');
  expect((await local.idc(['apply', saved, '--yes', '--orphans'])).code).toBe(0);
  expect(await local.visit(({ world }) => world.assignments.size)).toBe(0);
});

it('does not need the file that it was made from', async () => {
  const local = createLocalFolder(document);
  const saved = await save(local);
  writeFileSync(local.file, 'this is: [no longer yaml');
  const { code, err } = await local.idc(['apply', saved, '--yes']);
  expect(code, err).toBe(0);
  expect(await local.visit(({ world }) => world.memberships.size)).toBe(1);
});

it.each([
  ['no document', () => ({ desired: null })],
  ['an empty document', () => ({ desired: {} })],
  ['a document of another shape', () => ({ desired: { version: 1, users: ['ann'] } })],
  ['a user without a name', () => ({ desired: { version: 1, identityCenter: {}, users: { ann: {} } } })],
])('with %s inside is refused by name', async (_what, change) => {
  const local = createLocalFolder(document);
  const saved = await save(local);
  edit(saved, change);
  const { code, out, err } = await local.idc(['apply', saved, '--yes']);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('the document inside it is damaged: desired');
  expect(err).toContain('(plan-shape)');
});

it('whose document asks for more than was reviewed is refused', async () => {
  const local = createLocalFolder(document);
  const saved = await save(local);
  edit(saved, ({ desired }) => ({ desired: { ...(desired as object), groups: { ops: { members: [] }, more: {} } } }));
  const { code, err } = await local.idc(['apply', saved, '--yes']);
  expect(code).toBe(3);
  expect(err).toContain('not the reviewed plan');
  expect(await local.visit(({ world }) => world.users.size)).toBe(0);
});

it('of an external directory is planned again as one', async () => {
  const local = createLocalFolder({
    identityCenter: { region: 'us-east-1', directory: 'external' },
    users: { ann: { cli: {} } },
    permissionSets: { Read: {} },
    assignments: [{ users: ['ann'], permissionSets: ['Read'], accounts: ['staging'] }],
  });
  await local.plant({ users: { ann: { DisplayName: 'A', Name: { GivenName: 'A', FamilyName: 'A' } } } });
  const saved = await save(local);
  expect((await local.idc(['apply', saved, '--yes'])).code).toBe(0);
  expect(await local.visit(({ world }) => [world.users.size, world.assignments.size])).toEqual([1, 1]);
});

it('a question is never asked about a plan that was not shown', async () => {
  const local = createLocalFolder(document);
  let shown = '';
  let atQuestion = '';
  const { code, out } = await local.idc(['apply', '--format', 'json'], {
    canAsk: true,
    err: (text) => {
      shown += text;
    },
    ask: () => {
      atQuestion = shown;
      return Promise.resolve('yes');
    },
  });
  expect(code).toBe(0);
  expect(atQuestion).toContain('ann in ops');
  expect(JSON.parse(out)).toMatchObject({ complete: true });
});

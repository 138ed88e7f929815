import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import type { StateDifference } from '../../../src/core/state-difference.ts';
import { differenceJsonSchema } from '../../../src/formats/difference.ts';
import { accounts, person } from '../../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../../support/local-folder.ts';
import { holdsIn } from '../../support/named-access.ts';
import { runIdc, type Ran } from '../../support/run-idc.ts';

const document = (more: object = {}): object => ({
  users: { ann: person('ann'), bob: person('bob') },
  groups: { ops: { members: ['ann'] } },
  permissionSets: {
    Admin: { managedPolicies: ['AdministratorAccess'] },
    Read: { managedPolicies: ['ReadOnlyAccess'] },
  },
  assignments: [
    { groups: ['ops'], permissionSets: ['Admin'], accounts: ['production'] },
    { users: ['bob'], permissionSets: ['Read'], accounts: ['staging'], expires: '2026-12-01' },
  ],
  ...more,
});

const next = document({
  groups: { ops: { members: ['ann', 'bob'] } },
  assignments: [
    { groups: ['ops'], permissionSets: ['Admin'], accounts: ['production'] },
    { users: ['bob'], permissionSets: ['Read'], accounts: ['staging'], expires: '2027-12-01' },
  ],
});

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const validate = ajv.compile(differenceJsonSchema() as object);

/** The file of the first state is live, and the second one is beside it. */
async function start(): Promise<{ local: LocalFolder; other: string; at(name: string): string }> {
  const local = createLocalFolder(document());
  const applied = await local.idc(['apply', '--yes']);
  expect(applied.code, applied.err).toBe(0);
  const at = (name: string): string => path.join(local.folder, name);
  writeFileSync(
    at('next.yaml'),
    JSON.stringify({ version: 1, identityCenter: { region: 'us-east-1' }, accounts, ...next }),
  );
  return { local, other: at('next.yaml'), at };
}

const run = (...args: string[]): Promise<Ran> => runIdc(['diff', ...args]);

async function jsonOf(ran: Promise<Ran>): Promise<StateDifference> {
  const { code, out, err } = await ran;
  expect(code, err).toBe(0);
  const answer: unknown = JSON.parse(out);
  validate(answer);
  expect(validate.errors).toBeNull();
  return answer as StateDifference;
}

const gained = ({ access }: StateDifference): string[] =>
  holdsIn(access, access.gained).map(({ user, permissionSet }) => `${user} ${permissionSet}`);

it('the published schema is current (npm run schemas writes it)', () => {
  const published = readFileSync(new URL('../../../schemas/diff.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(differenceJsonSchema());
});

it('compares two files: people, things and ends', async () => {
  const { local, other } = await start();
  const found = await jsonOf(run(local.file, other, '--format', 'json'));
  expect(gained(found)).toEqual(['bob Admin']);
  expect(found).toMatchObject({
    before: { type: 'file', file: local.file },
    after: { type: 'file', file: other },
    summary: { create: 1, update: 0, delete: 0 },
    changes: [{ action: 'create', kind: 'membership' }],
    ends: [{ kind: 'assignment', before: '2026-12-01', after: '2027-12-01' }],
  });
  const { out } = await run(local.file, other);
  expect(out).toContain('1 thing differs: 1 membership; 1 end moved.');
  expect(out).toContain('bob becomes an administrator of production');
  expect(out.replaceAll(/\s+/g, ' ')).toContain('until 2026-12-01 -> until 2027-12-01');
  const { out: back } = await run(other, local.file);
  expect(back).toContain('bob is no longer an administrator of production');
});

it('compares what is live, a snapshot, a file and the sides of a plan', async () => {
  const { local, other, at } = await start();
  // The file says which instance is meant, and names accounts.
  const idc = (...args: string[]): Promise<Ran> => local.idc(args);
  const run = (...args: string[]): Promise<Ran> => runIdc(['diff', '-f', local.file, ...args]);
  const [monday, friday, plan] = [at('monday.json'), at('friday.json'), at('plan.json')];
  await idc('snapshot', '--out', monday);
  expect(gained(await jsonOf(run(monday, other, '--format', 'json')))).toEqual(['bob Admin']);
  expect(gained(await jsonOf(idc('diff', 'live', other, '--format', 'json')))).toEqual(['bob Admin']);
  writeFileSync(local.file, readFileSync(other));
  expect((await idc('plan', '--out', plan)).code).toBe(0);
  expect(gained(await jsonOf(run(`${plan}:before`, `${plan}:after`, '--format', 'json')))).toEqual(['bob Admin']);
  expect(gained(await jsonOf(run(monday, `${plan}:after`, '--format', 'json')))).toEqual(['bob Admin']);
  expect((await idc('apply', '--yes')).code).toBe(0);
  await idc('snapshot', '--out', friday);
  expect(gained(await jsonOf(run(monday, friday, '--format', 'json')))).toEqual(['bob Admin']);
  expect(gained(await jsonOf(idc('diff', monday, 'live', '--format', 'json')))).toEqual(['bob Admin']);
  expect((await idc('diff', `${plan}:after`, 'live')).out).toContain('No difference.');
  expect(gained(await jsonOf(idc('diff', `${plan}:before`, 'live', '--format', 'json')))).toEqual(['bob Admin']);
  const markdown = await run(monday, friday, '--format', 'markdown');
  expect(markdown.out).toContain('1 thing differs: 1 membership.');
  expect(markdown.out).toContain('<summary>Memberships: 1 added</summary>');
});

it('a file beside a state leaves alone what it ignores', async () => {
  const { local, at } = await start();
  await local.idc(['snapshot', '--out', at('live.json')]);
  writeFileSync(
    local.file,
    JSON.stringify({
      version: 1,
      identityCenter: { region: 'us-east-1' },
      accounts,
      ...document({
        users: { ann: person('ann') },
        assignments: [],
        permissionSets: { Read: { managedPolicies: ['ReadOnlyAccess'] } },
        ignore: { users: ['bob'], permissionSets: ['Admin'] },
      }),
    }),
  );
  const { out } = await run(at('live.json'), local.file);
  expect(out).toContain('No difference.');
});

it('answers 2 with --exit-code where there is a difference, and only then', async () => {
  const { local, other } = await start();
  expect((await run(local.file, other)).code).toBe(0);
  expect((await run(local.file, other, '--exit-code')).code).toBe(2);
  expect((await run(local.file, local.file, '--exit-code')).code).toBe(0);
});

it('compares a plan with a file and with another plan, on top of what is live or was in a snapshot', async () => {
  const { local, other, at } = await start();
  const idc = (...args: string[]): Promise<Ran> => local.idc(args);
  await idc('snapshot', '--out', at('monday.json'));
  expect((await idc('plan', '--out', at('empty.json'))).code).toBe(0);
  const first = readFileSync(local.file);
  writeFileSync(local.file, readFileSync(other));
  expect((await idc('plan', '--out', at('plan.json'))).code).toBe(0);
  writeFileSync(local.file, first);
  const [empty, plan] = [at('empty.json'), at('plan.json')];
  const json = ['--format', 'json'];
  const over = [...json, '--snapshot', at('monday.json')];
  expect(gained(await jsonOf(idc('diff', local.file, `${plan}:after`, ...over)))).toEqual(['bob Admin']);
  expect(gained(await jsonOf(idc('diff', `${empty}:after`, `${plan}:after`, ...json)))).toEqual(['bob Admin']);
  const back = await jsonOf(idc('diff', `${plan}:after`, `${plan}:before`, ...over));
  expect([gained(back), back.access.lost.length]).toEqual([[], 1]);
  expect((await idc('diff', `${plan}:after`, other, '--snapshot', at('monday.json'))).out).toContain('No difference.');
  // Two files over a snapshot: also what neither of them says.
  const both = await jsonOf(idc('diff', local.file, other, ...over));
  expect([gained(both), both.ends.length]).toEqual([['bob Admin'], 1]);
});

it('is about what is asked about alone, and says so', async () => {
  const { local, other } = await start();
  const ask = (...flags: string[]): Promise<StateDifference> =>
    jsonOf(run(local.file, other, '--format', 'json', ...flags));
  const told = ({ access, changes, ends }: StateDifference): number[] => [
    access.gained.length,
    changes.length,
    ends.length,
  ];
  expect(told(await ask())).toEqual([1, 1, 1]);
  expect(told(await ask('--account', 'production'))).toEqual([1, 0, 0]);
  expect(told(await ask('--account', 'staging'))).toEqual([0, 0, 1]);
  expect(told(await ask('--user', 'bob'))).toEqual([1, 1, 1]);
  expect(told(await ask('--user', 'ann'))).toEqual([0, 0, 0]);
  expect(told(await ask('--group', 'ops'))).toEqual([1, 1, 0]);
  expect(told(await ask('--permission-set', 'Read'))).toEqual([0, 0, 1]);
  expect(told(await ask('--administrators'))).toEqual([1, 0, 0]);
  expect(told(await ask('--action', 's3:DeleteBucket'))).toEqual([1, 0, 0]);
  expect(told(await ask('--action', 's3:GetObject'))).toEqual([1, 0, 1]);
  expect((await ask('--user', 'bob')).question).toEqual({ users: ['bob'] });
  const { out } = await run(local.file, other, '--account', 'staging');
  expect(out).toContain('Only a part was asked for: account 444455556666.');
  const code = async (...flags: string[]): Promise<number> =>
    (await run(local.file, other, '--exit-code', ...flags)).code;
  expect([await code('--account', 'production'), await code('--user', 'ann')]).toEqual([2, 0]);
  const { err } = await run(local.file, other, '--account', 'prodution');
  expect(err).toContain('There is no account "prodution"; did you mean "production"?');
});

it.each([
  [['--format', 'html'], '--format html goes with --out'],
  [['--out', 'diff.html'], '--format html goes with --out'],
  [['--ou', 'Workloads'], '--ou'],
])('refuses %j for two files alone', async (flags, message) => {
  const { local, other } = await start();
  const { code, err } = await run(local.file, other, ...flags);
  expect(code).toBe(1);
  expect(err).toContain(message);
});

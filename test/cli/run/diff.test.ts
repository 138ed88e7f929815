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

/** Without the breaks of lines. */
const textOf = async (ran: Promise<Ran>): Promise<string> => (await ran).out.replaceAll(/\s+/g, ' ');

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
  expect(found).toMatchObject({
    comparesEnds: true,
    access: { firstAdministrators: ['bob'], leftWithoutAccess: [], causes: [], raises: [] },
  });
  const { out } = await run(local.file, other);
  expect(out).toContain('1 thing differs: 1 membership; 1 end moved.');
  expect(out).not.toContain('Whether an end was moved');
  expect(out).toContain('bob becomes an administrator of production, and administered none before');
  expect(out.replaceAll(/\s+/g, ' ')).toContain('until 2026-12-01 -> until 2027-12-01');
  const back = await textOf(run(other, local.file));
  // Of one account too: that bob left the group is not about the account.
  for (const part of [back, await textOf(run(other, local.file, '--account', 'production'))])
    expect(part).toContain('bob loses Admin (administrator) in production, through group ops (membership removed)');
  expect(back).toContain('1 person no longer administers an account (administers none any more)');
  expect(back).toContain('bob is no longer an administrator of production, and administers none any more');
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
  const unknown = 'Whether an end was moved is not known: only a file says when access ends, and this compares';
  expect(await textOf(run(monday, friday))).toContain(`${unknown} two snapshots.`);
  expect(await textOf(run(monday, other))).toContain(`${unknown} a snapshot with a file.`);
  expect((await jsonOf(run(monday, friday, '--format', 'json'))).comparesEnds).toBe(false);
  const markdown = await run(monday, friday, '--format', 'markdown');
  expect(markdown.out).toContain(`${unknown} two snapshots.`);
  expect(markdown.out).toContain(
    'Access: 1 person newly administers an account (administered none before); 1 person gains access.',
  );
  expect(markdown.out).toContain('1 thing differs: 1 membership.');
  expect(markdown.out).toContain('<summary>Memberships: 1 added</summary>');
});

it('tells first who administers, gains and loses, then what holders of edited permission sets have', async () => {
  const { folder } = createLocalFolder(document());
  const at = (name: string): string => path.join(folder, name);
  const keys = (Action: string): object => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
  });
  const sides = (isLater: boolean): object => ({
    version: 1,
    identityCenter: { region: 'us-east-1' },
    accounts,
    production: { accounts: ['production', 'staging'] },
    users: { ann: person('ann'), bob: person('bob'), ...(!isLater && { cy: person('cy') }) },
    groups: {},
    permissionSets: {
      Keys: { inlinePolicy: keys('iam:CreateAccessKey') },
      Long: { managedPolicies: ['ReadOnlyAccess'], sessionDuration: isLater ? '8h' : '1h' },
      None: {},
    },
    assignments: [
      { users: ['ann'], permissionSets: ['Long'], accounts: ['production'] },
      ...(isLater
        ? [{ users: ['bob'], permissionSets: ['Keys', 'None'], accounts: ['production'] }]
        : [{ users: ['ann'], permissionSets: ['None'], accounts: ['production'] }]),
    ],
  });
  writeFileSync(at('before.yaml'), JSON.stringify(sides(false)));
  writeFileSync(at('after.yaml'), JSON.stringify(sides(true)));
  const ask = (...flags: string[]): Promise<string> => textOf(run(at('before.yaml'), at('after.yaml'), ...flags));
  const out = await ask();
  const order = [
    'Access: 1 person gains access; 1 person loses access; Long has longer sessions (8h instead of 1h) for ann in production',
    '+ bob gains Keys (can raise rights by iam:CreateAccessKey) in production, directly',
    '+ bob gains None (allows nothing) in production, directly',
    '- ann loses None (allows nothing) in production',
    '~ Long, held by ann in production, has longer sessions (8h instead of 1h); it allows the same as before',
    '- cy (cy cy) (held no permission set)',
  ];
  expect(order.map((text) => out.includes(text) && text)).toEqual(order);
  const places = order.map((text) => out.indexOf(text));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  // Whoever raises their own rights may come to any action.
  expect(await ask('--action', 's3:DeleteBucket')).toContain('bob gains Keys');
  expect(await ask('--action', 's3:DeleteBucket')).not.toContain('Long');
  expect(await ask('--production')).toContain(
    'Only a part was asked for: production (2 accounts: production and staging). In this part',
  );
  expect(await ask('--account', 'prod*', '--user', 'ann')).toContain(
    'Only a part was asked for: user ann; 1 account called prod*: production.',
  );
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
  expect(out).toContain('Only a part was asked for: account staging.');
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

it('says by which edited permission sets people newly can raise their own rights, and by which no longer', async () => {
  const { local, at } = await start();
  const editing = (action: string): object => ({
    inlinePolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] },
  });
  const written = (name: string, first: string, second: string): string => {
    const one = document({
      permissionSets: { Admin: editing(first), Read: editing(second) },
    });
    writeFileSync(at(name), JSON.stringify({ version: 1, identityCenter: { region: 'us-east-1' }, accounts, ...one }));
    return at(name);
  };
  const before = written('before.yaml', 'iam:PutRolePolicy', 's3:GetObject');
  const after = written('after.yaml', 's3:GetObject', 'iam:AttachRolePolicy');
  expect((await jsonOf(run(before, after, '--format', 'json'))).access.raises).toEqual([
    { permissionSet: 'Admin', side: 'lost', by: ['iam:PutRolePolicy'] },
    { permissionSet: 'Read', side: 'gained', by: ['iam:AttachRolePolicy'] },
  ]);
  // The sides of a saved plan are compared without the states.
  const applied = await local.idc(['apply', '--yes', '-f', before]);
  expect(applied.code, applied.err).toBe(0);
  const planned = await local.idc(['plan', '-f', after, '--out', at('plan.json')]);
  expect(planned.code, planned.err).toBe(0);
  const sides = run(`${at('plan.json')}:before`, `${at('plan.json')}:after`, '--format', 'json');
  expect((await jsonOf(sides)).access.raises).toEqual([
    { permissionSet: 'Read', side: 'gained', by: ['iam:AttachRolePolicy'] },
  ]);
});

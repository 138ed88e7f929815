import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PageData } from '../../../src/access-page/data.ts';
import type { AccessAnswer } from '../../../src/core/access-answer.ts';
import type { Diagnosis } from '../../../src/core/diagnosis.ts';
import type { Seed } from '../../../src/emulator/index.ts';
import { startEmulator, type TimedEmulator, type TimedEmulatorOptions } from '../../support/emulator.ts';
import { accounts } from '../../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../../support/local-folder.ts';
import { runIdc, type Ran } from '../../support/run-idc.ts';

const allow = (...Statement: object[]): object => ({ Version: '2012-10-17', Statement });
const everything = { Effect: 'Allow', Action: '*', Resource: '*' };

const seed: Seed = {
  region: 'us-east-1',
  managementAccountId: accounts.management,
  accounts: Object.entries(accounts).map(([name, id]) => ({ id, name })),
  users: [{ userName: 'ann' }, { userName: 'bob' }],
  groups: [{ name: 'ops', members: ['ann'] }],
  permissionSets: [{ name: 'Admin' }],
  assignments: [{ groups: ['ops'], permissionSets: ['Admin'], accounts: ['production'] }],
  applications: [{ name: 'Salesforce', groups: ['ops'] }],
};

const role = `arn:aws:iam::${accounts.production}:role/team/Deployer`;

interface World {
  emulator: TimedEmulator;
  local: LocalFolder;
  idc(command: string, ...args: string[]): Promise<Ran>;
  /** Any call of account access manager. */
  call(method: string, path: string, input?: object): Promise<{ status: number; body: Record<string, unknown> }>;
}

/** Stands before account access manager: answers each call, or sends it on. */
async function answerWith(reply: () => { status: number; body: string } | undefined): Promise<void> {
  const target = process.env['AWS_ENDPOINT_URL'] ?? '';
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = '', url = '', headers } = request;
      const sent = await fetch(`${target}${url}`, {
        method,
        headers: { authorization: headers.authorization ?? '' },
        ...(method === 'POST' && { body: Buffer.concat(chunks) }),
      });
      const { status, body } = reply() ?? { status: sent.status, body: await sent.text() };
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  vi.stubEnv('AWS_ENDPOINT_URL_ACCOUNT_ACCESS', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** With ann given a role directly and through ops, and the members of a page one by one. */
async function serve(
  options: TimedEmulatorOptions['behaviour'] = {},
  policy: object = allow(everything),
): Promise<World> {
  const emulator = await startEmulator({ seed, policy, behaviour: { asyncMs: 1, pageSizeCap: 1, ...options } });
  onTestFinished(() => emulator.close());
  const { url } = emulator;
  vi.stubEnv('AWS_ENDPOINT_URL', url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  onTestFinished(() => void vi.unstubAllEnvs());
  const local = createLocalFolder({});
  const anyFile = local.file;
  const authorization = 'AWS4-HMAC-SHA256 Credential=test/20260131/us-east-1/account-access/aws4_request, Signature=0';
  const call: World['call'] = async (method, where, input) => {
    const body = input && JSON.stringify(input);
    const answer = await fetch(`${emulator.url}${where}`, {
      method,
      headers: { authorization },
      ...(body && { body }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const { InstanceArn: instanceArn } = emulator.world.instance;
  const made = await call('POST', '/applications', { identitySource: { identityCenter: { instanceArn } } });
  const [user] = emulator.world.users.rows();
  const [group] = emulator.world.groups.rows();
  for (const principal of [{ userId: user?.UserId }, { groupId: group?.GroupId }]) {
    await call('POST', '/entitlements', {
      applicationArn: made.body['applicationArn'],
      entitlement: { principalRole: { principal: { identityCenter: principal }, roleArn: role } },
    });
  }
  const packageFolder = path.join(local.folder, 'package');
  const assets = path.join(packageFolder, 'dist', 'access-page');
  mkdirSync(assets, { recursive: true });
  for (const asset of ['page.js', 'style.css']) writeFileSync(path.join(assets, asset), '');
  const env = { AWS_ENDPOINT_URL: url };
  return {
    emulator,
    local,
    call,
    idc: (command, ...args) =>
      runIdc([command, ...(args.includes('-f') ? [] : ['-f', anyFile]), ...args], { env, packageFolder }),
  };
}

const entitlements = [
  { group: 'ops', account: accounts.production, roleArn: role },
  { user: 'ann', account: accounts.production, roleArn: role },
];

async function answerOf(idc: World['idc'], ...flags: string[]): Promise<AccessAnswer> {
  const { code, out, err } = await idc('access', '--format', 'json', ...flags);
  expect(code, err).toBe(0);
  return JSON.parse(out) as AccessAnswer;
}

describe('entitlements of account access manager', () => {
  it('are roles of unknown content in access, to a person also those of their groups', async () => {
    const { idc } = await serve();
    expect((await answerOf(idc)).accountAccess).toEqual({
      entitlements: expect.arrayContaining(entitlements) as object,
    });
    expect((await answerOf(idc, '--user', 'ann')).accountAccess).toMatchObject({ entitlements: { length: 2 } });
    expect((await answerOf(idc, '--user', 'bob')).accountAccess).toEqual({ entitlements: [] });
    expect((await answerOf(idc, '--group', 'ops')).accountAccess).toEqual({ entitlements: [entitlements[0]] });
    expect((await answerOf(idc, '--account', 'staging')).accountAccess).toEqual({ entitlements: [] });
    expect((await answerOf(idc, '--permission-set', 'Admin')).accountAccess).toBeUndefined();
    const flat = (await idc('access')).out.replaceAll(/\s+/g, ' ');
    expect(flat).toContain(
      `Roles of account access manager, of unknown content production (${accounts.production}), group ops: ${role}`,
    );
    expect(flat).toContain(`production (${accounts.production}), user ann: ${role}`);
  });

  it('are a row each in CSV, and in a table of the page with the people who have them', async () => {
    const { idc, local } = await serve();
    const { out } = await idc('access', '--format', 'csv');
    const [heads = [], ...rows] = out
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    const cell = (row: string[], name: string): string => row[heads.indexOf(name)] ?? '';
    const roles = rows.filter((row) => cell(row, 'role_arn') !== '');
    const told = ['user_name', 'through_group', 'permission_set', 'role_arn', 'power', 'privileged', 'account_ids'];
    expect(roles.map((row) => told.map((name) => cell(row, name)).join(' ')).sort()).toEqual([
      ` ops  ${role} unknown unknown ${accounts.production}`,
      `ann   ${role} unknown unknown ${accounts.production}`,
    ]);
    expect(rows.every((row) => row.length === heads.length)).toBe(true);

    const page = path.join(local.folder, 'access.html');
    const rolesOf = async (...flags: string[]): Promise<{ roles: string[]; notes: string }> => {
      const ran = await idc('access', '--format', 'html', '--out', page, ...flags);
      expect(ran.code, ran.err).toBe(0);
      const [, json = ''] = /id="data">(.*?)<\/script>/.exec(readFileSync(page, 'utf8')) ?? [];
      const data = JSON.parse(json) as PageData;
      return {
        notes: data.notes.join(' '),
        roles: data.roles.map(({ people, group = '', account, role: arn }) =>
          [people.map((one) => data.people[one]?.name).join(), group, data.accounts[account]?.id, arn].join(' '),
        ),
      };
    };
    const both = [`ann  ${accounts.production} ${role}`, `ann ops ${accounts.production} ${role}`];
    expect((await rolesOf()).roles.sort()).toEqual(both);
    expect((await rolesOf('--user', 'ann')).roles.sort()).toEqual(both);
    expect((await rolesOf('--user', 'bob')).roles).toEqual([]);
    vi.stubEnv('AWS_ENDPOINT_URL_ACCOUNT_ACCESS', 'http://127.0.0.1:9');
    expect(await rolesOf()).toMatchObject({
      roles: [],
      notes: expect.stringContaining('Not known: roles of account access manager.') as string,
    });
  });

  it('are in a snapshot, and what is made of it says the same', async () => {
    const { idc, local } = await serve();
    const snapshot = path.join(local.folder, 'live.json');
    const taken = await idc('snapshot', '--out', snapshot);
    expect(taken.code, taken.err).toBe(0);
    expect(await answerOf(idc, '--snapshot', snapshot)).toMatchObject({
      accountAccess: { entitlements: expect.arrayContaining(entitlements) as object },
    });
    const { out } = await idc('import', '--snapshot', snapshot);
    expect(out).toContain(`# - user ann: ${role}\n`);
    const doctor = JSON.parse((await idc('doctor', '--snapshot', snapshot, '--format', 'json')).out) as Diagnosis;
    expect(doctor.checks.find(({ check }) => check === 'account-access')).toMatchObject({
      status: 'note',
      items: [
        `production (${accounts.production}), group ops: ${role}`,
        `production (${accounts.production}), user ann: ${role}`,
      ],
    });
  });

  it('are not known where a right is missing, which is said once and fails nothing', async () => {
    const denied = allow(everything, { Effect: 'Deny', Action: 'account-access:*', Resource: '*' });
    const { idc } = await serve({}, denied);
    const answer = await answerOf(idc);
    expect(answer.grants).toHaveLength(1);
    expect(answer.accountAccess).toEqual({
      unknown: expect.stringContaining('AWS denies account-access:ListApplications') as string,
    });
    const { out } = await idc('access');
    expect(out.match(/account access manager/g)).toHaveLength(1);
    const doctor = JSON.parse((await idc('doctor', '--format', 'json')).out) as Diagnosis;
    expect(doctor.checks.find(({ check }) => check === 'account-access')).toMatchObject({ status: 'unknown' });
    expect((await idc('import')).code).toBe(0);
  });

  it.each([
    ['no JSON', '<html>', 'is not what the service promises'],
    ['JSON without its members', '{}', 'is not what the service promises'],
    ['JSON of other types', '{"applications":5}', 'is not what the service promises'],
  ])('are not known where the answer is %s', async (_what, body, words) => {
    const { idc } = await serve();
    await answerWith(() => ({ status: 200, body }));
    expect((await answerOf(idc)).accountAccess).toEqual({ unknown: expect.stringContaining(words) as string });
  });

  it('are read again after a throttle', async () => {
    let refused = 0;
    const { idc } = await serve();
    await answerWith(() => {
      if (refused > 1) return undefined;
      refused += 1;
      return { status: 429, body: '{"__type":"ThrottlingException","message":"Rate exceeded"}' };
    });
    expect((await answerOf(idc)).accountAccess).toMatchObject({ entitlements: { length: 2 } });
    expect(refused).toBe(2);
  });
});

it.each(['listed', 'absent'] as const)(
  'a plan asks account access manager nothing, and leaves its application alone where it is %s',
  async (accountAccessApplication) => {
    const { idc, emulator, local } = await serve({ accountAccessApplication });
    const own = emulator.world.accountAccessApplications.rows()[0]?.identityCenterApplicationArn ?? '';
    const [user] = emulator.world.users.rows();
    if (accountAccessApplication === 'listed') {
      emulator.world.applicationAssignments.put({
        ApplicationArn: own,
        PrincipalType: 'USER',
        PrincipalId: user?.UserId ?? '',
      });
    }
    const file = path.join(local.folder, 'imported.yaml');
    expect((await idc('import', '--out', file)).code).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('Salesforce');
    expect(text).not.toContain('AWS account access');
    const before = emulator.calls.length;
    const { code, out, err } = await idc('plan', '-f', file);
    expect(code, err).toBe(0);
    expect(out).toContain('No changes.');
    const calls = emulator.calls.slice(before);
    expect(calls.length).toBeGreaterThan(10);
    expect(calls.filter(({ service }) => service === 'account-access')).toEqual([]);
    const asked = calls.filter(({ operation }) => operation === 'ListApplicationAssignments');
    expect(asked.map(({ input }) => (input as { ApplicationArn: string }).ApplicationArn)).not.toContain(own);
  },
);

describe('the emulator’s account access manager', () => {
  it('makes, lists, gets and deletes, and answers errors as its API model has them', async () => {
    const { call, emulator } = await serve({ pageSizeCap: 100 });
    const { applicationArn = '' } = emulator.world.accountAccessApplications.rows()[0] ?? {};
    const at = `/applications/${encodeURIComponent(applicationArn)}`;
    expect((await call('GET', at)).body).toMatchObject({ status: 'ACTIVE', identitySource: { identityCenter: {} } });
    const { body } = await call('POST', '/entitlements-list', { applicationArn, filter: {} });
    const [first] = body['entitlements'] as { entitlementId: string }[];
    expect(body['entitlements']).toMatchObject([
      { entitlement: { principalRole: { roleArn: role, account: accounts.production, accountName: 'production' } } },
      { entitlement: { principalRole: { principal: { identityCenter: {} } } } },
    ]);
    const one = `/entitlements/${first?.entitlementId}?applicationArn=${encodeURIComponent(applicationArn)}`;
    expect((await call('GET', one)).body).toMatchObject({ applicationArn, entitlementId: first?.entitlementId });
    expect((await call('DELETE', at)).status).toBe(409);
    expect((await call('DELETE', one)).status).toBe(200);
    expect((await call('GET', one)).status).toBe(404);
    expect((await call('POST', '/entitlements', {})).status).toBe(400);
    const filter = { principalRole: { account: accounts.staging } };
    expect((await call('POST', '/entitlements-list', { applicationArn, filter })).body).toEqual({ entitlements: [] });
  });
});

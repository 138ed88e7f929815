import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../src/aws/connect.ts';
import { makePlanToShow } from '../../src/planner/make-plan.ts';
import { liveSource } from '../../src/source/live.ts';
import type { Io } from '../../src/cli/io.ts';
import { startEmulator, type TimedEmulator } from '../support/emulator.ts';
import { createJumpingClock, type JumpingClock } from '../support/clock.ts';
import { accounts, load, now } from '../support/live.ts';
import { plant } from '../support/organisation.ts';
import { runIdc, type Ran } from '../support/run-idc.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'idc-two-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, 'identity.yaml');
const journal = path.join(folder, 'journal.jsonl');
const named = { DisplayName: 'Ann', Name: { GivenName: 'Ann', FamilyName: 'A' } };
let emulator: TimedEmulator;
let clock: JumpingClock;

async function serve(asyncMs: number): Promise<void> {
  clock = createJumpingClock();
  emulator = await startEmulator({
    seed: {
      region: 'us-east-1',
      managementAccountId: accounts.management,
      accounts: Object.entries(accounts).map(([name, id]) => ({ id, name })),
    },
    clock,
    behaviour: { asyncMs },
  });
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('HOME', folder);
  vi.stubEnv('AWS_ENDPOINT_URL', emulator.url);
  await plant(emulator, { users: { ann: named }, permissionSets: { Mine: {}, Theirs: {} } });
}
beforeEach(() => serve(1500));
afterEach(async () => {
  vi.unstubAllEnvs();
  await emulator.close();
});

/** Begins an assignment as the console would, and does not wait for it. */
async function begin(set: string, account: string, user = 'ann'): Promise<void> {
  const { endpoint, region } = { endpoint: emulator.url, region: 'us-east-1' };
  const sso = new SSOAdmin({ endpoint, region, credentials: { accessKeyId: 'other', secretAccessKey: 'other' } });
  const { world } = emulator;
  await sso.createAccountAssignment({
    InstanceArn: world.instance.InstanceArn,
    PermissionSetArn: world.permissionSets.by('name', set)[0]?.PermissionSetArn,
    PrincipalType: 'USER',
    PrincipalId: world.users.by('name', user)[0]?.UserId,
    TargetType: 'AWS_ACCOUNT',
    TargetId: account,
  });
}

function run(args: string[], io: Partial<Io> = {}, wanted = Object.keys(accounts)): Promise<Ran> {
  const pinned = emulator.world.instance.InstanceArn;
  const assignments = [{ users: ['ann'], permissionSets: ['Mine'], accounts: wanted }];
  const text = { version: 1, identityCenter: { region: 'us-east-1', instanceArn: pinned }, accounts, assignments };
  writeFileSync(file, JSON.stringify(text));
  return runIdc([...args, '-f', file], { ...clock, env: { AWS_ENDPOINT_URL: emulator.url }, ...io });
}

/** Another begins something once this run has requests under way. */
function joinIn(set: string, account: string): void {
  clock.meanwhile = async () => {
    if (emulator.world.requests.size === 0) return;
    clock.meanwhile = undefined;
    await begin(set, account);
  };
}

const apply = (flags: string[] = ['--yes'], io: Partial<Io> = {}): Promise<Ran> => run(['apply', ...flags], io);

describe('a run that is not alone', () => {
  it('waits for what an earlier run has left under way, and plans again', async () => {
    await emulator.close();
    await serve(5000);
    await begin('Mine', accounts.staging);
    const { code, err, out } = await apply();
    expect(err).toContain('Waiting for 1 request of an earlier run or another tool');
    expect(code, err).toBe(0);
    expect(out).toContain('Plan: 2 to create, 0 to update, 0 to delete.');
    expect(emulator.world.assignments.size).toBe(3);
  });

  it('stops where another run is at work, finishes what it has begun, and the next run does the rest', async () => {
    await emulator.close();
    await serve(4000);
    joinIn('Theirs', accounts.management);
    const { err } = await apply();
    expect(err).toContain('Another run or tool is changing assignments or permission sets of this instance (request ');
    const requests = emulator.world.requests.rows();
    expect(requests.every(({ Status }) => Status !== 'FAILED')).toBe(true);
    // Nobody has been given anything twice, and the assignment of the other is there to be removed by a reviewed plan.
    expect(requests).toHaveLength(4);
  });

  it('sees the other also while one request alone is its own', async () => {
    await emulator.close();
    await serve(4000);
    joinIn('Theirs', accounts.management);
    const { err } = await run(['apply', '--yes'], {}, ['staging']);
    expect(err).toContain('Another run or tool is changing assignments or permission sets of this instance');
  });

  it('begins nothing where others keep beginning', async () => {
    await emulator.close();
    await serve(4000);
    const all = Object.values(accounts);
    let turn = 0;
    let last = 0;
    clock.meanwhile = async () => {
      if (clock.elapsed() < last + 700) return;
      last = clock.elapsed();
      turn += 1;
      await begin('Theirs', all[turn % 3] ?? '');
    };
    await begin('Theirs', all[0] ?? '');
    const { code, err } = await apply();
    expect({ code, says: err.includes('Another run or tool is changing') }).toEqual({ code: 1, says: true });
    expect(emulator.calls.filter(({ operation }) => operation === 'CreateAccountAssignment').length).toBeGreaterThan(3);
    const mine = emulator.world.permissionSets.by('name', 'Mine')[0]?.PermissionSetArn ?? '';
    expect(emulator.world.assignments.by('permissionSet', mine)).toEqual([]);
  });
});

it('an answer that comes after the live state has moved applies nothing', async () => {
  await emulator.close();
  await serve(1);
  const ask = async (): Promise<string> => {
    await begin('Mine', accounts.staging);
    return 'yes';
  };
  const { code, err } = await apply([], { canAsk: true, ask });
  expect({ code, says: err.includes('The live state has changed since the question') }).toEqual({
    code: 3,
    says: true,
  });
  expect(emulator.world.assignments.size).toBe(1);
});

it('an answer that comes after a guard has come to speak against the plan applies nothing', async () => {
  const [bob, cid] = ['bob', 'cid'];
  const { management } = accounts;
  const everything = { managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] };
  await plant(emulator, {
    users: { [bob]: { ...named, DisplayName: 'Bob' }, [cid]: { ...named, DisplayName: 'Cid' } },
    permissionSets: { Adm: everything, Root: everything },
  });
  await begin('Root', management, cid);
  await begin('Adm', management, bob);
  const { instance, users } = emulator.world;
  const grant = (user: string, account: string): object => ({
    users: [user],
    permissionSets: ['Adm'],
    accounts: [account],
  });
  const document = {
    version: 1,
    identityCenter: { region: 'us-east-1', instanceArn: instance.InstanceArn },
    accounts,
    assignments: [grant(bob, 'management')],
  };
  writeFileSync(file, JSON.stringify(document));
  const ask = async (): Promise<string> => {
    const row = users.by('name', bob)[0];
    if (row) users.put({ ...row, UserStatus: 'DISABLED' });
    return 'yes';
  };
  const ran = await runIdc(['apply', '-f', file], {
    ...clock,
    env: { AWS_ENDPOINT_URL: emulator.url },
    canAsk: true,
    ask,
  });
  expect(ran.code, ran.err).toBe(3);
  expect(ran.err).toContain('the plan is now refused');
  expect(ran.err).toContain('(last-administrator)');
  expect(emulator.world.assignments.size).toBe(2);
});

describe('a plan', () => {
  it('says that requests are under way while it is made, and that none are', async () => {
    expect((await run(['plan'])).out).not.toContain('[under-way]');
    await begin('Theirs', accounts.staging);
    const { out } = await run(['plan', '--format', 'json']);
    const { warnings } = JSON.parse(out) as { warnings: { code: string; message: string }[] };
    expect(warnings[0]).toMatchObject({ code: 'under-way', message: expect.stringContaining('1 request for assign') });
  });

  it('says where it may not see that', async () => {
    const aws = await connect({
      clock,
      region: 'us-east-1',
      local: { endpoint: emulator.url },
      askCaller: true,
    });
    const denied = 'sso:ListAccountAssignmentDeletionStatus';
    const allow = { Effect: 'Allow', NotAction: denied, Resource: '*' };
    emulator.setPolicy({ Version: '2012-10-17', Statement: [allow] });
    const { plan } = await makePlanToShow(liveSource(aws, { isLocal: true }), load({}), { removeOrphans: false, now });
    expect(plan.warnings[0]).toMatchObject({ code: 'under-way', message: expect.stringContaining(denied) });
  });
});

describe('the journal', () => {
  it('has each write before it is sent and after it has ended, with the ids that AWS gave it', async () => {
    const { code, err } = await apply(['--yes', '--journal', journal]);
    expect(code, err).toBe(0);
    const lines = readFileSync(journal, 'utf8').trimEnd().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(statSync(journal).mode & 0o777).toBe(0o600);
    const [run, ...writes] = entries;
    expect(run).toMatchObject({ event: 'run', digest: expect.stringContaining('sha256:'), summary: { create: 3 } });
    expect(new Set(entries.map((entry) => entry['run'])).size).toBe(1);
    const befores = writes.filter(({ event }) => event === 'before');
    const afters = writes.filter(({ event }) => event === 'after');
    expect(befores).toHaveLength(3);
    for (const before of befores) {
      const after = afters.find(({ step }) => step === before['step']);
      expect(before).toMatchObject({ action: 'sso:CreateAccountAssignment', attempt: 1 });
      expect(writes.indexOf(before)).toBeLessThan(writes.indexOf(after ?? {}));
      expect(after).toMatchObject({ outcome: 'ok', awsRequestId: expect.any(String) });
      expect(emulator.world.requests.has(String(after?.['statusRequestId']))).toBe(true);
    }
  });

  it('that cannot be opened stops the run before anything is asked', async () => {
    const { code, err } = await apply(['--yes', '--journal', folder]);
    expect({ code, says: err.includes("can't be written") }).toEqual({ code: 1, says: true });
    expect(emulator.world.assignments.size).toBe(0);
  });
});

it('every call says which run it belongs to', async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(String(request.headers['user-agent']));
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end('{"__type":"AccessDeniedException","Message":"no"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(
    connect({ clock, region: 'us-east-1', local: { endpoint }, askCaller: false, runId: 'r-1' }),
  ).rejects.toThrow('AWS denies');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(seen.length).toBeGreaterThan(0);
  for (const agent of seen) expect(agent).toMatch(/idc\/\d+\.\d+\.\d+.* run\/r-1/);
});

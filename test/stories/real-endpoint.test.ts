import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Seed } from '../../src/emulator/index.ts';
import { startEmulator, type TimedEmulator } from '../support/emulator.ts';
import { plant } from '../support/organisation.ts';
import { startProxy, type Intercept } from '../support/proxy.ts';
import { runIdc, type Ran } from '../support/run-idc.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'idc-real-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, 'identity.yaml');
const cleanUp: (() => Promise<void>)[] = [];
const arn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
const seed: Seed = {
  region: 'us-east-1',
  instanceArn: arn,
  managementAccountId: '999988887777',
  accounts: [
    { id: '999988887777', name: 'management' },
    { id: '111122223333', name: 'production' },
    { id: '444455556666', name: 'twin' },
    { id: '555566667777', name: 'twin' },
  ],
};

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of cleanUp.splice(0)) await close();
  rmSync(file, { force: true });
});

async function serve(options: Seed = seed, intercept?: Intercept): Promise<TimedEmulator> {
  const emulator = await startEmulator({ seed: options, behaviour: { asyncMs: 1 } });
  cleanUp.push(emulator.close);
  let { url } = emulator;
  if (intercept) {
    const proxy = await startProxy(url, intercept);
    cleanUp.unshift(proxy.close);
    ({ url } = proxy);
  }
  vi.stubEnv('AWS_ENDPOINT_URL', url);
  return emulator;
}

const head = 'version: 1\nidentityCenter: { region: us-east-1 }\n';

async function plan(text: string, ...flags: string[]): Promise<Ran> {
  writeFileSync(file, text);
  return runIdc(['plan', '-f', file, ...flags], { env: { AWS_ENDPOINT_URL: process.env['AWS_ENDPOINT_URL'] } });
}

const denied: Awaited<ReturnType<Intercept>> = {
  status: 400,
  body: '{"__type":"AccessDeniedException","Message":"not authorized"}',
};

describe('what a person can mend is said, and nothing is changed', () => {
  it('the wrong region', async () => {
    await serve();
    const { code, err, out } = await plan('version: 1\nidentityCenter: { region: eu-west-1 }\nusers: {}\n');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('eu-west-1 has no Identity Center instance.');
    expect(err).toContain('Set identityCenter.region');
  });

  it.each([
    ['plan', ['plan', '-f', file]],
    ['apply', ['apply', '-f', file, '--yes']],
    ['import', ['import', '--region', 'eu-west-1']],
    ['access', ['access', '-f', file]],
    ['snapshot', ['snapshot', '-f', file]],
    ['profiles', ['profiles', 'ann', '-f', file]],
  ])('a Region that has only a replica, before anything else is asked: %s', async (_command, args) => {
    const emulator = await serve({ ...seed, additionalRegions: ['eu-west-1'] });
    writeFileSync(file, 'version: 1\nidentityCenter: { region: eu-west-1 }\nusers: {}\n');
    const { code, err, out } = await runIdc(args, { env: { AWS_ENDPOINT_URL: process.env['AWS_ENDPOINT_URL'] } });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('the home Region is us-east-1. (replica-region)');
    expect(err).toContain('Run with --region us-east-1');
    expect(emulator.calls.map(({ operation }) => operation)).toEqual(['ListInstances']);
  });

  it('a replica of the instance of the organization beside an account instance', async () => {
    const emulator = await serve({ ...seed, additionalRegions: ['eu-west-1'] }, async (operation, forward) => {
      const answer = await forward();
      if (operation !== 'ListInstances') return answer;
      const { Instances } = JSON.parse(answer.body) as { Instances: object[] };
      const own = { InstanceArn: 'arn:aws:sso:::instance/ssoins-ffffffffffffffff', OwnerAccountId: '111122223333' };
      return {
        ...answer,
        body: JSON.stringify({ Instances: [...Instances, { ...Instances[0], ...own, PrimaryRegion: 'eu-west-1' }] }),
      };
    });
    const { err } = await plan('version: 1\nidentityCenter: { region: eu-west-1 }\nusers: {}\n');
    expect(err).toContain('the home Region is us-east-1. (replica-region)');
    expect(emulator.calls.map(({ operation }) => operation)).not.toContain('ListPermissionSets');
  });

  it('no region at all', async () => {
    const { code, err } = await plan('version: 1\nusers: {}\n');
    expect(code).toBe(1);
    expect(err).toContain('(no-region)');
  });

  it.each([
    ['AWS_REGION, where nothing else says it', 'version: 1\nusers: {}\n', [], 'us-east-1', 0],
    ['the file before AWS_REGION', `${head}users: {}\n`, [], 'eu-west-1', 0],
    ['--region before the file', `${head}users: {}\n`, ['--region', 'eu-west-1'], 'us-east-1', 1],
  ])('the region is that of %s', async (_what, text, flags, AWS_REGION, expected) => {
    await serve();
    writeFileSync(file, text);
    const env = { AWS_ENDPOINT_URL: process.env['AWS_ENDPOINT_URL'], AWS_REGION };
    const { code, err } = await runIdc(['plan', '-f', file, ...flags], { env });
    expect(code, err).toBe(expected);
  });

  it('an account instance', async () => {
    await serve({ ...seed, instanceKind: 'account', caller: { accountId: '111122223333' } });
    const { code, err } = await plan(`${head}users: {}\n`);
    expect(code).toBe(1);
    expect(err).toContain('(account-instance)');
  });

  it('no credentials', async () => {
    await serve();
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    const { code, err } = await plan(`${head}users: {}\n`);
    expect(code).toBe(1);
    expect(err).toContain('(no-credentials)');
    expect(err).toContain('--local');
  });

  it('an endpoint that is not a URL', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'localhost of mine');
    const { code, err } = await plan(`${head}users: {}\n`);
    expect(code).toBe(1);
    expect(err).toContain('(no-connection)');
    expect(err).toContain('AWS_ENDPOINT_URL');
  });

  it('an endpoint that refuses connections', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
    const { code, err } = await plan(`${head}users: {}\n`);
    expect(code).toBe(1);
    expect(err).toContain('(no-connection)');
  });

  it('an answer that is not from AWS', async () => {
    await serve(seed, async () => ({ status: 200, body: '<html>proxy</html>', type: 'text/html' }));
    const { code, err } = await plan(`${head}users: {}\n`);
    expect(code).toBe(1);
    expect(err).toContain('not what the service promises');
  });

  it('an instance that is not ready', async () => {
    await serve(seed, async (operation, forward) => {
      const answer = await forward();
      return operation === 'ListInstances'
        ? { ...answer, body: answer.body.replace('"ACTIVE"', '"CREATE_IN_PROGRESS"') }
        : answer;
    });
    expect((await plan(`${head}users: {}\n`)).err).toContain('(instance-not-ready)');
  });

  it('credentials that have expired', async () => {
    await serve(seed, async () => ({ status: 400, body: '{"__type":"ExpiredTokenException","message":"too old"}' }));
    const { code, err } = await plan(`${head}users: {}\n`);
    expect(code).toBe(1);
    expect(err).toContain('(bad-credentials)');
    expect(err).toContain('sign in again');
  });

  it('several instances, until the file pins one', async () => {
    const other = 'arn:aws:sso:::instance/ssoins-ffffffffffffffff';
    await serve(seed, async (operation, forward) => {
      const answer = await forward();
      if (operation !== 'ListInstances') return answer;
      const { Instances } = JSON.parse(answer.body) as { Instances: object[] };
      const more = Instances.map((instance) => ({ ...instance, InstanceArn: other }));
      return { ...answer, body: JSON.stringify({ Instances: [...more, ...Instances] }) };
    });
    const { code, err } = await plan(`${head}users: {}\n`);
    expect(code).toBe(1);
    expect(err).toContain(`There are 2 instances in us-east-1: ${other}, ${arn}.`);
    expect(err).toContain('identityCenter.instanceArn');
    const pinned = await plan(`version: 1\nidentityCenter: { region: us-east-1, instanceArn: ${arn} }\nusers: {}\n`);
    expect(pinned.code, pinned.err).toBe(0);
    expect(pinned.out).toContain('ssoins-0123456789abcdef');
  });

  it('a list that never ends', async () => {
    await serve(seed, async (operation, forward) =>
      operation === 'ListUsers' ? { status: 200, body: '{"Users":[],"NextToken":"again"}' } : forward(),
    );
    expect((await plan(`${head}users: {}\n`)).err).toContain('goes in a circle');
  });

  it.each([
    ['a user without an id', (users: string) => users.replace(/"UserId":"[^"]+"/, '"UserId":""'), 'without an id'],
    [
      'the same user twice',
      (users: string) => users.replace(/"Users":\[(\{.*\})\]/, '"Users":[$1,$1]'),
      'the same thing twice',
    ],
  ])('%s', async (_what, edit, message) => {
    const emulator = await serve(seed, async (operation, forward) => {
      const answer = await forward();
      return operation === 'ListUsers' ? { ...answer, body: edit(answer.body) } : answer;
    });
    await plant(emulator, { users: { ann: { DisplayName: 'A', Name: { GivenName: 'A', FamilyName: 'A' } } } });
    const { code, err } = await plan(`${head}users: {}\n`);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});

describe('a read that is denied stops the plan and names the action', () => {
  it.each([
    ['ListInstances', 'sso:ListInstances'],
    ['ListPermissionSets', 'sso:ListPermissionSets'],
    ['DescribePermissionSet', 'sso:DescribePermissionSet'],
    ['ListManagedPoliciesInPermissionSet', 'sso:ListManagedPoliciesInPermissionSet'],
    ['ListCustomerManagedPolicyReferencesInPermissionSet', 'sso:ListCustomerManagedPolicyReferencesInPermissionSet'],
    ['GetInlinePolicyForPermissionSet', 'sso:GetInlinePolicyForPermissionSet'],
    ['GetPermissionsBoundaryForPermissionSet', 'sso:GetPermissionsBoundaryForPermissionSet'],
    ['ListTagsForResource', 'sso:ListTagsForResource'],
    ['ListAccountsForProvisionedPermissionSet', 'sso:ListAccountsForProvisionedPermissionSet'],
    ['ListAccountAssignments', 'sso:ListAccountAssignments'],
    ['ListUsers', 'identitystore:ListUsers'],
    ['ListGroups', 'identitystore:ListGroups'],
    ['ListGroupMemberships', 'identitystore:ListGroupMemberships'],
  ])('%s', async (operation, action) => {
    const emulator = await serve(seed, async (called, forward) => (called === operation ? denied : forward()));
    await plant(emulator, {
      users: { ann: { DisplayName: 'Ann', Name: { GivenName: 'Ann', FamilyName: 'A' } } },
      groups: { ops: {} },
      permissionSets: { Read: {} },
      assignments: ['GROUP ops Read 111122223333'],
    });
    const { code, out, err } = await plan(`${head}permissionSets: {}\nassignments: []\n`);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`AWS denies ${action}`);
  });

  it('Organizations alone may be denied, where every account is given by id', async () => {
    await serve(seed, async (called, forward) => (/Organization|ListAccounts$/.test(called) ? denied : forward()));
    const text = (account: string) =>
      `${head}users: { ann: { givenName: A, familyName: A, email: a@example.com } }\npermissionSets: { Read: {} }\nassignments: [{ users: [ann], permissionSets: [Read], accounts: [${account}] }]\n`;
    const byId = await plan(text('"111122223333"'));
    expect(byId.code, byId.err).toBe(0);
    expect(byId.out).toContain('accounts-unreadable');
    const byName = await plan(text('production'));
    expect(byName.code).toBe(1);
    expect(byName.err).toContain('Give every account by its ID');
  });
});

describe('names that only the live state can tell', () => {
  const grant = (line: string) => `${head}assignments:\n  - ${line}\n`;
  it.each([
    [
      'an account by name',
      '{ users: [ann], permissionSets: [Read], accounts: [produktion] }',
      4,
      'No account in the organization is called "produktion"; did you mean "production"?',
    ],
    [
      'an account by id',
      '{ users: [ann], permissionSets: [Read], accounts: ["000000000001"] }',
      4,
      'Account 000000000001 is not in the organization',
    ],
    [
      'a name of two accounts',
      '{ users: [ann], permissionSets: [Read], accounts: [twin] }',
      4,
      '444455556666, 555566667777',
    ],
    [
      'a user',
      '{ users: [amn], permissionSets: [Read], accounts: [production] }',
      4,
      'There is no user "amn" in Identity Center',
    ],
    ['a group', '{ groups: [obs], permissionSets: [Read], accounts: [production] }', 4, 'did you mean "ops"?'],
    ['a permission set', '{ users: [ann], permissionSets: [Reed], accounts: [production] }', 4, 'did you mean "Read"?'],
  ])('%s', async (_what, line, row, message) => {
    const emulator = await serve();
    await plant(emulator, {
      users: { ann: { DisplayName: 'A', Name: { GivenName: 'A', FamilyName: 'A' } } },
      groups: { ops: {} },
      permissionSets: { Read: {} },
    });
    const { code, err } = await plan(grant(line));
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err).toContain(`identity.yaml:${row}:`);
  });
});

describe('the instance', () => {
  it('must be pinned before anything is removed, and the line to paste is printed', async () => {
    const emulator = await serve();
    await plant(emulator, { groups: { ops: {} } });
    const { code, out } = await plan(`${head}groups: {}\n`);
    expect(code).toBe(3);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(`paste this under identityCenter: instanceArn: ${arn}`);
    const pinned = await plan(`version: 1\nidentityCenter: { region: us-east-1, instanceArn: ${arn} }\ngroups: {}\n`);
    expect(pinned.code, pinned.out).toBe(0);
  });

  it('must be the pinned one, before any name of the file is looked for', async () => {
    await serve();
    const { code, out, err } = await plan(
      'version: 1\nidentityCenter: { region: us-east-1, instanceArn: arn:aws:sso:::instance/ssoins-ffffffffffffffff }\ngroups: { ops: {} }\npermissionSets: { Read: {} }\nassignments: [{ groups: [ops], permissionSets: [Read], accounts: [nowhere, "123456789012"] }]\n',
    );
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err.split('\n')).toEqual([
      `Refused: The file is for arn:aws:sso:::instance/ssoins-ffffffffffffffff, but this instance is ${arn}. (other-instance)`,
      'Use the credentials and the region of that instance, or change identityCenter.instanceArn.',
      '',
    ]);
  });
});

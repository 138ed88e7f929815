import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SSOAdmin } from '@aws-sdk/client-sso-admin';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Behaviour, EmulatorOptions } from '../../src/emulator/index.ts';
import { allBut, everything } from '../doctor/examine.ts';
import { startEmulator, type TimedEmulator } from '../support/emulator.ts';
import { runIdc, type Ran } from '../support/run-idc.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'idc-off-'));
const file = path.join(folder, 'identity.yaml');
const arn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';
const cleanUp: (() => Promise<void>)[] = [];

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of cleanUp.splice(0)) await close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const head = `version: 1\nidentityCenter: { region: us-east-1, instanceArn: "${arn}" }\n`;
const people = `${head}users:\n  ann: { givenName: Ann, familyName: Lee, email: ann@example.com }\n`;
const sets = `${people}permissionSets:\n  Reader: { managedPolicies: [ReadOnlyAccess] }\n`;

async function serve(how: Behaviour['withoutPermissionSets'], options: EmulatorOptions = {}): Promise<TimedEmulator> {
  const seed = { instanceArn: arn, permissionSetsEnabled: false, ...options.seed };
  const behaviour = { asyncMs: 1, withoutPermissionSets: how };
  const emulator = await startEmulator({ policy: everything, ...options, seed, behaviour });
  cleanUp.push(emulator.close);
  vi.stubEnv('AWS_ENDPOINT_URL', emulator.url);
  return emulator;
}

function idc(text: string, ...args: string[]): Promise<Ran> {
  writeFileSync(file, text);
  return runIdc(args, { env: { AWS_ENDPOINT_URL: process.env['AWS_ENDPOINT_URL'], AWS_REGION: 'us-east-1' } });
}

const asked = ({ calls }: TimedEmulator, name: string): number =>
  calls.filter(({ operation }) => operation === name).length;

describe.each(['denied', 'invalid'] as const)('permission sets are switched off, which AWS answers as %s', (how) => {
  it.each([
    ['plan', ['plan', '-f', file]],
    ['apply', ['apply', '-f', file, '--yes']],
    ['import', ['import']],
    ['snapshot', ['snapshot', '-f', file]],
    ['access', ['access', '-f', file]],
    ['roles', ['roles', '-f', file]],
    ['profiles', ['profiles', 'ann', '-f', file]],
  ])('%s names it and the command, and asks once', async (_command, args) => {
    const emulator = await serve(how);
    const { code, out, err } = await idc(sets, ...args);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`Permission sets are switched off for ${arn}. (permission-sets-off)`);
    expect(err).toContain(`aws sso-admin update-instance --instance-arn ${arn} --permission-sets-enabled`);
    expect(err).toContain('never be switched off again');
    expect(asked(emulator, 'DescribeInstance')).toBe(1);
  });

  it('a file of users is planned and applied, and one with permission sets too once they are switched on', async () => {
    const emulator = await serve(how);
    expect((await idc(people, 'apply', '-f', file, '--yes')).code).toBe(0);
    expect(emulator.world.users.rows().map(({ UserName }) => UserName)).toEqual(['ann']);
    const again = await idc(people, 'plan', '-f', file);
    expect(again.out).toContain('No changes');
    expect(again.out).not.toContain('whether an apply is under way');

    const sso = new SSOAdmin({ region: 'us-east-1' });
    await sso.updateInstance({ InstanceArn: arn, PermissionSetsEnabled: true });
    expect((await idc(sets, 'apply', '-f', file, '--yes')).code).toBe(0);
    expect(emulator.world.permissionSets.rows().map(({ Name }) => Name)).toEqual(['Reader']);
  });

  it('the first error stays where AWS does not tell', async () => {
    await serve(how, { policy: allBut('sso:DescribeInstance') });
    const { code, err } = await idc(sets, 'plan', '-f', file);
    expect(code).toBe(1);
    expect(err).toContain(how === 'denied' ? 'AWS denies sso:ListPermissionSets' : 'ValidationException');
    expect(err).not.toContain('switched off');
  });

  it('says that it may be an account instance where Organizations does not tell', async () => {
    await serve(how, { policy: allBut('organizations:*') });
    const { err } = await idc(sets, 'plan', '-f', file);
    expect(err).toContain("is the organization's management account, this is its instance");
    expect(err).toContain('Otherwise it is an account instance');
  });
});

it('nothing more is asked where nothing is refused', async () => {
  const emulator = await serve('denied', { seed: { permissionSetsEnabled: true } });
  expect((await idc(sets, 'plan', '-f', file)).code).toBe(0);
  expect(asked(emulator, 'DescribeInstance')).toBe(0);
});

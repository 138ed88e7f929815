import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { startEmulator, type TimedEmulator } from './emulator.ts';
import { accounts, person } from './live.ts';
import { runIdc } from './run-idc.ts';
import type { Registration, Tokens } from './sign-in.ts';

/** An emulator that a small file was applied to over HTTP, and the home folder of one of its users. */
export interface LoginStory {
  emulator: TimedEmulator;
  home: string;
  /** The profiles that the CLI wrote for her, as a client's configuration. */
  config: string;
  /** Its start URL. */
  portal: string;
  hanako: string;
  /** Environment of a client in that home, which asks the emulator and nobody else. */
  env: Record<string, string>;
  /** Applies the file with these assignments. */
  apply(assignments: object[]): Promise<void>;
  /** Writes what the AWS CLI keeps of a sign-in. */
  cacheToken(tokens: Tokens & Registration, expiresAt?: Date): void;
}

export const sessionName = 'my-sso';
const instanceArn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef';

/** Hanako deploys in staging, and administers production through a group. */
export const assignments = [
  { groups: ['platform'], permissionSets: ['Admin'], accounts: ['production'] },
  { users: ['hanako'], permissionSets: ['Deployer'], accounts: ['staging'] },
  { users: ['taro'], permissionSets: ['Admin'], accounts: ['management'] },
];

export async function tellLoginStory(): Promise<LoginStory> {
  const home = mkdtempSync(path.join(tmpdir(), 'idc-login-'));
  const emulator = await startEmulator({
    seed: {
      instanceArn,
      managementAccountId: accounts.management,
      accounts: Object.entries(accounts).map(([name, id]) => ({ id, name })),
    },
    // Its clients are other programs, on the machine's own clock.
    behaviour: { asyncMs: 0, now: Date.now },
  });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await emulator.close();
    rmSync(home, { recursive: true, force: true });
  });
  // AWS's own form, since the AWS CLI refuses one without TLS (2.35.13).
  const portal = `https://${emulator.world.instance.IdentityStoreId}.awsapps.com/start`;
  const config = path.join(home, '.aws', 'config');
  const env = {
    HOME: home,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: path.join(home, '.aws', 'credentials'),
    AWS_ENDPOINT_URL: emulator.url,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);

  const file = path.join(home, 'identity.yaml');
  const idc = async (...args: string[]): Promise<string> => {
    const ran = await runIdc([...args, '-f', file], { env: { AWS_ENDPOINT_URL: emulator.url } });
    if (ran.code !== 0) throw new Error(`idc ${args.join(' ')}: ${ran.out}${ran.err}`);
    return ran.out;
  };
  const story: LoginStory = {
    emulator,
    home,
    config,
    portal,
    hanako: '',
    env,
    async apply(given) {
      const document = {
        version: 1,
        identityCenter: { region: 'us-east-1', instanceArn },
        cli: { sessionName, startUrl: portal, region: 'us-east-1', output: 'json' },
        accounts,
        users: { hanako: person('hanako'), taro: person('taro') },
        groups: { platform: { members: ['hanako'] } },
        permissionSets: { Admin: { managedPolicies: ['AdministratorAccess'] }, Deployer: { sessionDuration: '2h' } },
        assignments: given,
      };
      writeFileSync(file, JSON.stringify(document));
      // The one who administers the emulator is somebody else than who signs in.
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
      await idc('apply', '--yes');
      vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    },
    cacheToken({ accessToken, expiresIn, ...rest }, expiresAt = new Date(Date.now() + expiresIn * 1000)) {
      const folder = path.join(home, '.aws', 'sso', 'cache');
      mkdirSync(folder, { recursive: true });
      const name = createHash('sha1').update(sessionName).digest('hex');
      const time = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');
      const kept = {
        startUrl: portal,
        region: 'us-east-1',
        accessToken,
        expiresAt: time(expiresAt),
        registrationExpiresAt: time(new Date(Date.now() + 86_400_000)),
        ...rest,
      };
      writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(kept));
    },
  };
  await story.apply(assignments);
  mkdirSync(path.dirname(config));
  writeFileSync(config, await idc('profiles', 'hanako'));
  story.hanako = emulator.world.users.by('name', 'hanako')[0]?.UserId ?? '';
  return story;
}

/** Her profiles, and who she is in each. */
export const profiles = [
  [`Admin-${accounts.production}`, accounts.production, 'Admin'],
  [`Deployer-${accounts.staging}`, accounts.staging, 'Deployer'],
] as const;

export function identityOf(account: string, role: string): RegExp {
  return new RegExp(`^arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${role}_[0-9a-f]{16}/hanako$`);
}

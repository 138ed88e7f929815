import { execFile, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { identityOf, type LoginStory, profiles, tellLoginStory } from '../support/login-story.ts';
import { decide, signIn } from '../support/sign-in.ts';

const run = promisify(execFile);

/** The first of these programs that is an AWS CLI of this version. */
function find(programs: string[], version: RegExp): string | undefined {
  return programs.find((program) => version.test(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? ''));
}

const folder = process.env['IDC_TEST_AWS_CLI_V2'];
const v1 = find(['aws'], /^aws-cli\/1\./);
// 2.22 is the first that signs in by PKCE.
const v2 = find(
  [...(folder === undefined ? [] : [path.join(folder, 'aws')]), 'aws2', 'aws'],
  /^aws-cli\/2\.(2[2-9]|[3-9]\d|\d{3})/,
);

type Options = { env: NodeJS.ProcessEnv };

function optionsFor({ env }: LoginStory): Options {
  return { env: { PATH: process.env['PATH'], PYTHONUNBUFFERED: '1', ...env } };
}

async function expectIdentities(aws: string, options: Options): Promise<void> {
  for (const [profile, account, role] of profiles) {
    const { stdout } = await run(aws, ['sts', 'get-caller-identity', '--profile', profile], options);
    const { Arn, Account } = JSON.parse(stdout) as { Arn: string; Account: string };
    expect(Account).toBe(account);
    expect(Arn).toMatch(identityOf(account, role));
  }
}

/** Runs `aws sso login`, and does in place of a person what its output asks for. */
async function login(aws: string, args: string[], options: Options, visit: (address: string) => Promise<void>) {
  const child = spawn(aws, ['sso', 'login', '--no-browser', ...args], options);
  // Also where the test ends before it does.
  onTestFinished(() => void child.kill());
  let said = '';
  let visited: Promise<void> | undefined;
  const hear = (chunk: Buffer): void => {
    said += chunk.toString();
    const address = /^http\S+(\?user_code=|\/authorize\?)\S+$/m.exec(said)?.[0];
    // A whole line, so that nothing of the address is still to come.
    if (address !== undefined && said.includes(`${address}\n`)) {
      visited ??= visit(address).catch(() => void child.kill());
    }
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = await new Promise((resolve) => child.on('close', resolve));
  await visited;
  expect(code, said).toBe(0);
  expect(said).toContain('Successfully logged into Start URL');
}

describe('the AWS CLI v1', { timeout: 120_000 }, () => {
  it('uses a token of the cache, and renews it when it has expired', async ({ skip }) => {
    if (v1 === undefined) return skip('the AWS CLI v1 is not installed');
    const story = await tellLoginStory();
    const { url, calls } = story.emulator;
    const renewals = (): number =>
      calls.filter(({ operation, outcome }) => operation === 'CreateToken' && outcome === 'ok').length;
    const tokens = await signIn(url, story.hanako);
    story.cacheToken(tokens);
    await expectIdentities(v1, optionsFor(story));
    expect(renewals()).toBe(1);
    story.cacheToken(tokens, new Date(0));
    await expectIdentities(v1, optionsFor(story));
    expect(renewals()).toBe(2);
  });
});

describe('the AWS CLI v2', { timeout: 120_000 }, () => {
  it('signs in with a device code', async ({ skip }) => {
    if (v2 === undefined) return skip('no AWS CLI 2.22 or newer, nor a folder in IDC_TEST_AWS_CLI_V2');
    const story = await tellLoginStory();
    const options = optionsFor(story);
    const [[profile]] = profiles;
    await login(v2, ['--use-device-code', '--profile', profile], options, async (address) => {
      await decide(address, story.hanako);
    });
    expect(story.emulator.calls.map(({ operation }) => operation)).toContain('StartDeviceAuthorization');
    await expectIdentities(v2, options);
  });

  it('signs in by PKCE, and out again', async ({ skip }) => {
    if (v2 === undefined) return skip('no AWS CLI 2.22 or newer, nor a folder in IDC_TEST_AWS_CLI_V2');
    const story = await tellLoginStory();
    const options = optionsFor(story);
    const [[profile]] = profiles;
    await login(v2, ['--profile', profile], options, async (address) => {
      const begun = await fetch(address, { redirect: 'manual' });
      const page = new URL(begun.headers.get('location') ?? '', address).href;
      const approved = await decide(page, story.hanako);
      await fetch(approved.headers.get('location') ?? '');
    });
    await expectIdentities(v2, options);
    await run(v2, ['sso', 'logout'], options);
    expect(story.emulator.calls.at(-1)).toMatchObject({ operation: 'Logout', outcome: 'ok' });
    await expect(run(v2, ['sts', 'get-caller-identity', '--profile', profile], options)).rejects.toThrow('SSO');
  });
});

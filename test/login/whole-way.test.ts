import { appendFileSync } from 'node:fs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromSSO } from '@aws-sdk/credential-providers';
import { CreateTokenCommand, SSOOIDCClient } from '@aws-sdk/nested-clients/sso-oidc';
import { afterAll, expect, it } from 'vitest';
import { closeBrowser, noBrowser, openPage, signInByKeyboard } from '../support/browser.ts';
import { accounts } from '../support/live.ts';
import { assignments, identityOf, profiles, sessionName, tellLoginStory } from '../support/login-story.ts';
import { deviceGrant, register, signIn, startDevice, type Tokens } from '../support/sign-in.ts';

afterAll(closeBrowser);

/** Who the SDK is with a profile's credentials, as it finds them by itself. */
async function identity(profile: string): Promise<string | undefined> {
  const sts = new STSClient({ region: 'us-east-1', credentials: fromSSO({ profile, ignoreCache: true }) });
  try {
    return (await sts.send(new GetCallerIdentityCommand({}))).Arn;
  } finally {
    sts.destroy();
  }
}

it('from the file to the credentials, by way of the browser, and not a step further', async ({ skip }) => {
  skip(noBrowser !== undefined, noBrowser);
  const story = await tellLoginStory();
  const { url } = story.emulator;

  const client = await register(url);
  const { deviceCode, verificationUriComplete } = await startDevice(url, client, story.portal);
  const page = await openPage();
  await signInByKeyboard(page, verificationUriComplete, 'hanako');
  expect(await page.getByRole('status').innerText()).toContain('You can close this page');
  const oidc = new SSOOIDCClient({ region: 'us-east-1' });
  const tokens = await oidc.send(new CreateTokenCommand({ ...client, grantType: deviceGrant, deviceCode }));
  oidc.destroy();
  story.cacheToken({ ...client, ...(tokens as Tokens) });

  for (const [profile, account, role] of profiles) expect(await identity(profile)).toMatch(identityOf(account, role));

  const foreign = `sso_session = ${sessionName}\nsso_account_id = ${accounts.management}\nsso_role_name = Admin\n`;
  appendFileSync(story.config, `\n[profile foreign]\n${foreign}`);
  await expect(identity('foreign')).rejects.toThrow('No access');

  const [[admin], [deployer]] = profiles;
  await story.apply(assignments.filter(({ users }) => !users?.includes('hanako')));
  await expect(identity(deployer)).rejects.toThrow('No access');
  expect(await identity(admin)).toMatch(/hanako$/);
});

it('the SDK renews a token that has expired', async () => {
  const story = await tellLoginStory();
  const { url, calls } = story.emulator;
  story.cacheToken(await signIn(url, story.hanako), new Date(0));
  const before = calls.length;
  const [[profile, account, role]] = profiles;
  expect(await identity(profile)).toMatch(identityOf(account, role));
  expect(calls.slice(before).map(({ operation }) => operation)).toEqual([
    'CreateToken',
    'GetRoleCredentials',
    'GetCallerIdentity',
  ]);
});

import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../../src/emulator/index.ts';

const run = promisify(execFile);

test(
  'the AWS CLI makes a user, a permission set and an assignment, and reads them back',
  { timeout: 300_000 },
  async ({ skip }) => {
    skip(spawnSync('aws', ['--version']).status !== 0, 'the AWS CLI is not installed');
    const home = mkdtempSync(path.join(tmpdir(), 'emulator-aws-cli-'));
    const emulator = await startEmulator({ behaviour: { asyncMs: 1 } });
    onTestFinished(async () => {
      await emulator.close();
      rmSync(home, { recursive: true, force: true });
    });
    const aws = async (...args: string[]): Promise<unknown> => {
      const { stdout } = await run('aws', [...args, '--output', 'json'], {
        env: {
          PATH: process.env['PATH'],
          HOME: home,
          AWS_ACCESS_KEY_ID: 'local',
          AWS_SECRET_ACCESS_KEY: 'local',
          AWS_DEFAULT_REGION: 'us-east-1',
          AWS_ENDPOINT_URL: emulator.url,
          AWS_EC2_METADATA_DISABLED: 'true',
          AWS_PAGER: '',
        },
      });
      // Of an answer without members the CLI prints nothing.
      return JSON.parse(stdout || '{}');
    };
    const { InstanceArn, IdentityStoreId } = emulator.world.instance;

    expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: '111111111111' });
    expect(await aws('sso-admin', 'list-instances')).toMatchObject({ Instances: [{ InstanceArn, IdentityStoreId }] });
    expect(await aws('organizations', 'list-accounts')).toMatchObject({ Accounts: { length: 5 } });

    const store = ['--identity-store-id', IdentityStoreId];
    const name = 'GivenName=Hanako,FamilyName=Yamada';
    const created = (await aws(
      'identitystore',
      'create-user',
      ...store,
      '--user-name',
      'hanako',
      '--display-name',
      'Hanako',
      '--name',
      name,
    )) as { UserId: string };
    const made = (await aws(
      'sso-admin',
      'create-permission-set',
      '--instance-arn',
      InstanceArn,
      '--name',
      'Admin',
    )) as {
      PermissionSet: { PermissionSetArn: string };
    };
    const set = ['--instance-arn', InstanceArn, '--permission-set-arn', made.PermissionSet.PermissionSetArn];
    const principal = ['--principal-type', 'USER', '--principal-id', created.UserId];
    const target = ['--target-type', 'AWS_ACCOUNT', '--target-id', '333333333333'];
    expect(await aws('sso-admin', 'create-account-assignment', ...set, ...target, ...principal)).toMatchObject({
      AccountAssignmentCreationStatus: { Status: 'IN_PROGRESS' },
    });

    const { ApplicationProviders } = (await aws('sso-admin', 'list-application-providers')) as {
      ApplicationProviders: { ApplicationProviderArn: string }[];
    };
    const { ApplicationArn } = (await aws(
      'sso-admin',
      'create-application',
      '--instance-arn',
      InstanceArn,
      '--application-provider-arn',
      ApplicationProviders[0]?.ApplicationProviderArn ?? '',
      '--name',
      'Wiki',
    )) as { ApplicationArn: string };
    const application = ['--application-arn', ApplicationArn];
    await aws('sso-admin', 'create-application-assignment', ...application, ...principal);
    expect(await aws('sso-admin', 'list-application-assignments', ...application)).toMatchObject({
      ApplicationAssignments: [{ PrincipalType: 'USER', PrincipalId: created.UserId }],
    });
    const abac = 'instance-access-control-attribute-configuration';
    const configuration = 'AccessControlAttributes=[{Key=team,Value={Source=["${path:title}"]}}]';
    const instance = ['--instance-arn', InstanceArn];
    await aws('sso-admin', `create-${abac}`, ...instance, `--${abac}`, configuration);
    expect(await aws('sso-admin', `describe-${abac}`, ...instance)).toMatchObject({
      InstanceAccessControlAttributeConfiguration: { AccessControlAttributes: [{ Key: 'team' }] },
    });

    expect(await aws('identitystore', 'describe-user', ...store, '--user-id', created.UserId)).toMatchObject({
      UserName: 'hanako',
      UserStatus: 'ENABLED',
    });
    const listed = await aws('sso-admin', 'list-account-assignments', ...set, '--account-id', '333333333333');
    expect(listed).toMatchObject({ AccountAssignments: [{ PrincipalType: 'USER', PrincipalId: created.UserId }] });
  },
);

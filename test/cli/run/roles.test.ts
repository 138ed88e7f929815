import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as yaml from 'yaml';
import type { RolesAnswer } from '../../../src/core/roles-answer.ts';
import { rolesJsonSchema } from '../../../src/formats/roles.ts';
import { startEmulator, type TimedEmulator } from '../../support/emulator.ts';
import { accounts } from '../../support/live.ts';
import { createLocalFolder, type LocalFolder } from '../../support/local-folder.ts';
import { plant } from '../../support/organisation.ts';
import { runIdc, type Ran } from '../../support/run-idc.ts';

const live = {
  groups: { ops: {} },
  // The roles of the second have names that a looser pattern of the first would take.
  permissionSets: { Admin: {}, 'Admin_v1.0': {}, Idle: {} },
  assignments: [
    `GROUP ops Admin ${accounts.management}`,
    `GROUP ops Admin ${accounts.production}`,
    `GROUP ops Admin_v1.0 ${accounts.production}`,
  ],
};
const file = {
  groups: { ops: {} },
  permissionSets: { Admin: {}, Auditor: {} },
  assignments: [
    { groups: ['ops'], permissionSets: ['Admin', 'Auditor'], accounts: ['production'] },
    { groups: ['ops'], permissionSets: ['Auditor'], accounts: ['staging'] },
  ],
};

afterEach(() => vi.unstubAllEnvs());

async function planted(): Promise<LocalFolder> {
  const local = createLocalFolder(file);
  await local.plant(live);
  return local;
}

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const validate = ajv.compile(rolesJsonSchema() as object);

function answerIn({ code, out, err }: Ran): RolesAnswer {
  expect(code, err).toBe(0);
  const answer: unknown = JSON.parse(out);
  validate(answer);
  expect(validate.errors).toBeNull();
  return answer as RolesAnswer;
}

const path1 = 'role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_';
const anySuffix = '?'.repeat(16);

it('the published schema is current (npm run schemas writes it)', () => {
  const published = readFileSync(new URL('../../../schemas/roles.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(rolesJsonSchema());
});

describe('patterns', () => {
  it('are of every role that is live, and nothing is asked of IAM that the rights of a plan do not allow', async () => {
    const local = await planted();
    const answer = answerIn(await local.idc(['roles', '--format', 'json']));
    expect(answer.roles).toEqual([
      {
        permissionSet: 'Admin',
        account: accounts.production,
        pattern: `arn:aws:iam::${accounts.production}:${path1}Admin_${anySuffix}`,
      },
      {
        permissionSet: 'Admin_v1.0',
        account: accounts.production,
        pattern: `arn:aws:iam::${accounts.production}:${path1}Admin_v1.0_${anySuffix}`,
      },
      {
        permissionSet: 'Admin',
        account: accounts.management,
        pattern: `arn:aws:iam::${accounts.management}:${path1}Admin_${anySuffix}`,
      },
    ]);
    expect(answer.iam).toEqual([
      { account: accounts.management, denied: expect.stringContaining('iam:ListRoles') as string },
    ]);
    const text = await local.idc(['roles'], { columns: () => 60 });
    expect(text.out).toContain(`    arn:aws:iam::${accounts.production}:${path1}Admin_${anySuffix}\n`);
    expect(text.out).toContain('3 roles in 2 accounts: 3 patterns.');
    expect(text.out.replaceAll(/\s+/g, ' ')).toContain('AWS denies iam:ListRoles: User: ');
  });

  it('are of what the file grants, without a call, and have its region and its partition', async () => {
    const local = createLocalFolder({});
    local.write({ ...file, identityCenter: { region: 'cn-north-1' } });
    const offline = await runIdc(['roles', '-f', local.file, '--offline', '--format', 'json']);
    const answer = answerIn(offline);
    expect(answer.source).toEqual({ type: 'file', file: local.file });
    expect(answer.roles.map(({ pattern }) => pattern)).toEqual([
      `arn:aws-cn:iam::${accounts.production}:role/aws-reserved/sso.amazonaws.com/cn-north-1/AWSReservedSSO_Admin_${anySuffix}`,
      `arn:aws-cn:iam::${accounts.production}:role/aws-reserved/sso.amazonaws.com/cn-north-1/AWSReservedSSO_Auditor_${anySuffix}`,
      `arn:aws-cn:iam::${accounts.staging}:role/aws-reserved/sso.amazonaws.com/cn-north-1/AWSReservedSSO_Auditor_${anySuffix}`,
    ]);
    local.write({ ...file, identityCenter: {} });
    const nowhere = await runIdc(['roles', '-f', local.file, '--offline']);
    expect(nowhere.err).toContain('(no-region)');
  });

  it('are the same from a snapshot', async () => {
    const local = await planted();
    const snapshot = path.join(local.folder, 'live.json');
    await local.idc(['snapshot', '--out', snapshot]);
    const now = answerIn(await local.idc(['roles', '--format', 'json']));
    const then = answerIn(await local.idc(['roles', '--snapshot', snapshot, '--format', 'json']));
    expect(then).toMatchObject({ source: { type: 'snapshot' }, roles: now.roles, iam: [] });
  });

  it('are of the accounts and permission sets that are asked for, by name, ID or pattern', async () => {
    const local = await planted();
    const found = async (...flags: string[]): Promise<string[]> =>
      answerIn(await local.idc(['roles', '--format', 'json', ...flags])).roles.map(
        ({ permissionSet, account }) => `${permissionSet} ${account}`,
      );
    expect(await found('--account', 'prod*', '--permission-set', 'Admin')).toEqual([`Admin ${accounts.production}`]);
    expect(await found('--account', accounts.management)).toEqual([`Admin ${accounts.management}`]);
    expect(await found('--permission-set', 'Admin_*')).toEqual([`Admin_v1.0 ${accounts.production}`]);
    expect(await found('--permission-set', 'Idle')).toEqual([]);
    expect((await local.idc(['roles', '--permission-set', 'Admn'])).err).toContain('did you mean "Admin"?');
    expect((await local.idc(['roles', '--account', 'qa-*'])).err).toContain('(unknown-account)');
  });
});

describe('with iam:ListRoles', () => {
  const member = { accountId: accounts.production };

  async function serve(local: LocalFolder): Promise<TimedEmulator> {
    const emulator = await startEmulator({
      policy: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
      behaviour: { asyncMs: 1, pageSizeCap: 1 },
      seed: {
        region: 'eu-west-1',
        managementAccountId: accounts.management,
        accounts: Object.entries(accounts).map(([name, id]) => ({ id, name })),
      },
    });
    await plant(emulator, live);
    vi.stubEnv('AWS_ENDPOINT_URL', emulator.url);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    const config = path.join(local.folder, 'config');
    vi.stubEnv('AWS_CONFIG_FILE', config);
    writeFileSync(
      config,
      `[profile production]\nrole_arn = arn:aws:iam::${member.accountId}:role/OrganizationAccountAccessRole\ncredential_source = Environment\n`,
    );
    local.write({ ...file, identityCenter: { region: 'eu-west-1' } });
    return emulator;
  }

  const ask = (local: LocalFolder, ...flags: string[]): Promise<Ran> =>
    runIdc(['roles', '-f', local.file, ...flags], { env: { AWS_ENDPOINT_URL: process.env['AWS_ENDPOINT_URL'] } });

  /** As the emulator has them, by account and name. */
  const arnsOf = ({ roles }: RolesAnswer): Record<string, string | undefined> =>
    Object.fromEntries(roles.map(({ permissionSet, account, arn }) => [`${permissionSet} ${account}`, arn]));

  it('the account of the credentials has real ARNs, and with a profile that of the profile', async () => {
    const local = createLocalFolder(file);
    const emulator = await serve(local);
    const calls = emulator.calls.length;
    const own = answerIn(await ask(local, '--format', 'json'));
    const form = (set: string, account: string) =>
      expect.stringMatching(
        new RegExp(
          `^arn:aws:iam::${account}:role/aws-reserved/sso\\.amazonaws\\.com/eu-west-1/AWSReservedSSO_${set}_[0-9a-f]{16}$`,
        ),
      ) as string;
    expect(arnsOf(own)).toEqual({
      [`Admin ${accounts.management}`]: form('Admin', accounts.management),
      [`Admin ${accounts.production}`]: undefined,
      [`Admin_v1.0 ${accounts.production}`]: undefined,
    });
    expect(own.iam).toEqual([{ account: accounts.management }]);
    // A permission set's name and where it is, and IAM a page at a time: no details, no people.
    const called = emulator.calls.slice(calls).map(({ operation }) => operation);
    expect([...new Set(called)].sort()).toEqual([
      'DescribeOrganization',
      'DescribePermissionSet',
      'GetCallerIdentity',
      'ListAccounts',
      'ListAccountsForProvisionedPermissionSet',
      'ListInstances',
      'ListPermissionSets',
      'ListRoles',
    ]);
    const both = answerIn(await ask(local, '--iam-profile', 'production', '--format', 'json'));
    expect(arnsOf(both)).toEqual({
      [`Admin ${accounts.management}`]: form('Admin', accounts.management),
      [`Admin ${accounts.production}`]: form('Admin', accounts.production),
      [`Admin_v1.0 ${accounts.production}`]: form('Admin_v1\\.0', accounts.production),
    });
    expect(both.iam).toEqual([
      { account: accounts.management },
      { account: accounts.production, profile: 'production' },
    ]);
  });

  it('EKS gets an access entry with the path, and the ARN for aws-auth without it', async () => {
    const local = createLocalFolder(file);
    await serve(local);
    const { out } = await ask(local, '--iam-profile', 'production', '--account', 'production', '--format', 'eks');
    const answer = answerIn(
      await ask(local, '--iam-profile', 'production', '--account', 'production', '--format', 'json'),
    );
    expect(yaml.parse(out)).toEqual({
      accessConfig: {
        accessEntries: answer.roles.map(({ arn }) => ({ principalARN: arn, type: 'STANDARD' })),
      },
    });
    for (const { arn = '' } of answer.roles) {
      expect(out).toContain(`In aws-auth: ${arn.replace('aws-reserved/sso.amazonaws.com/eu-west-1/', '')}\n`);
    }
    const unknown = await ask(local, '--account', 'production', '--format', 'eks');
    expect(yaml.parse(unknown.out)).toEqual({ accessConfig: { accessEntries: [] } });
    expect(unknown.out).toContain(`_${anySuffix}\n`);
    expect(unknown.out).toContain('give --iam-profile an AWS profile');
  });

  it('Terraform gets a path, a regular expression and every ARN', async () => {
    const local = createLocalFolder(file);
    await serve(local);
    const { out } = await ask(local, '--account', 'management', '--format', 'terraform');
    expect(out.replaceAll(/[0-9a-f]{16}/g, 'SUFFIX')).toMatchInlineSnapshot(`
      "# The roles of permission sets. arn is null where IAM of the account was not asked or did not tell.
      # arn_pattern is for a condition ArnLike on aws:PrincipalArn. In the account itself, the data source aws_iam_roles
      # finds the role by name_regex and path_prefix.
      # IAM was asked for the ARNs in management (999988887777).
      locals {
        identity_center_role_path    = "/aws-reserved/sso.amazonaws.com/eu-west-1/"
        identity_center_role_regexes = {
          "Admin" : "^AWSReservedSSO_Admin_[0-9a-f]{16}$",
        }
        identity_center_roles = {
          "Admin" : {
            "999988887777" : {
              "account_name" : "management",
              "arn" : "arn:aws:iam::999988887777:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_SUFFIX",
              "arn_pattern" : "arn:aws:iam::999988887777:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_????????????????",
            },
          },
        }
      }
      "
    `);
  });

  it('a credential without iam:ListRoles gets patterns, and why', async () => {
    const local = createLocalFolder(file);
    const emulator = await serve(local);
    const Statement = [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'iam:*', Resource: '*' },
    ];
    emulator.setPolicy({ Version: '2012-10-17', Statement });
    const { code, out } = await ask(local, '--account', 'management', '--format', 'terraform');
    expect(code).toBe(0);
    expect(out).toContain('"arn" : null');
    expect(out).toContain('is not authorized to perform: iam:ListRoles');
  });
});

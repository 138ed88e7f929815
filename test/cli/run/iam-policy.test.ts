import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inFolder } from '../../support/in-folder.ts';
import { runIdc } from '../../support/run-idc.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'idc-iam-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const account = ['--account', '111122223333'];
const trust = ['--trust', '--repository', 'example/identity', ...account];

function fileWith(name: string, identityCenter: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `version: 1\nidentityCenter: ${identityCenter}\n`);
  return file;
}

const pinned = fileWith('pinned.yaml', '{ instanceArn: "arn:aws-us-gov:sso:::instance/ssoins-0123456789abcdef" }');
const china = fileWith('china.yaml', '{ region: cn-north-1 }');

async function printed(...args: string[]): Promise<{ Version: string; Statement: Record<string, unknown>[] }> {
  const { code, out, err } = await runIdc(['iam-policy', ...args]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe(`${JSON.stringify(JSON.parse(out), null, 2)}\n`);
  return JSON.parse(out) as Awaited<ReturnType<typeof printed>>;
}

describe('the policy', () => {
  it('is one JSON document, and nothing else', async () => {
    const plan = await printed('plan', '--management-account', '999988887777');
    const apply = await printed('apply', '--management-account', '999988887777');
    expect(plan.Version).toBe('2012-10-17');
    for (const { Sid, Resource, Action } of plan.Statement) {
      const inApply = apply.Statement.find((statement) => statement['Sid'] === Sid);
      expect(inApply).toMatchObject({ Resource, Action: expect.arrayContaining(Action as string[]) as string[] });
    }
    expect(JSON.stringify(apply)).toContain('arn:aws:iam::999988887777:role/aws-reserved/sso.amazonaws.com/*');
  });

  it('is as narrow as the file and the flags make it', async () => {
    const text = JSON.stringify(await printed('apply', '-f', pinned, '--identity-store', 'd-0123456789'));
    expect(text).toContain('arn:aws-us-gov:sso:::permissionSet/ssoins-0123456789abcdef/*');
    expect(text).toContain('arn:aws-us-gov:identitystore::*:identitystore/d-0123456789');
    expect(text).not.toContain('arn:aws:');
  });

  it('is of the partition of the region, where that is all the file says', async () => {
    expect(JSON.stringify(await printed('plan', '-f', china))).toContain('arn:aws-cn:sso:::instance/*');
    const text = JSON.stringify(await printed('plan', '-f', china, '--partition', 'aws'));
    expect(text).toContain('arn:aws:sso:::instance/*');
  });

  it('of a delegated administrator says what it can not do', async () => {
    const { out, err } = await runIdc(['iam-policy', 'apply', '--delegated-administrator']);
    expect(out).not.toContain('iam:');
    expect(err).toContain('can change nothing in the management account');
    expect((await runIdc(['iam-policy', 'plan', '--delegated-administrator'])).err).toBe('');
  });

  it('has the key of the instance', async () => {
    const key = 'arn:aws:kms:us-east-1:999988887777:key/0123abcd-0123-0123-0123-0123456789ab';
    expect((await printed('plan', '--kms-key', key)).Statement.at(-1)).toMatchObject({ Resource: [key] });
  });

  it('comes with what to do with it, on a terminal', async () => {
    const { out, err } = await runIdc(['iam-policy', 'plan'], { errIsTerminal: true });
    expect(JSON.parse(out)).toMatchObject({ Version: '2012-10-17' });
    expect(err).toContain('aws iam create-role --role-name identity-center-plan --assume-role-policy-document');
    expect(err).toContain('aws iam put-role-policy --role-name identity-center-plan');
    expect(err).toContain('idc iam-policy plan --trust');
  });
});

describe('the trust policy', () => {
  it('lets jobs of the environments of a plan take the role, and no other', async () => {
    expect(await printed('plan', ...trust)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'JobsOfTheseEnvironments',
          Effect: 'Allow',
          Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
              'token.actions.githubusercontent.com:sub': ['repo:example/identity:environment:identity-center-plan'],
            },
          },
        },
      ],
    });
  });

  const subjects = async (...args: string[]): Promise<unknown> => {
    const [statement] = (await printed(...args)).Statement;
    const condition = statement?.['Condition'] as Record<string, Record<string, unknown>> | undefined;
    return condition?.['StringEquals']?.['token.actions.githubusercontent.com:sub'];
  };

  it('of an apply has two environments, unless others are given', async () => {
    expect(await subjects('apply', ...trust)).toEqual([
      'repo:example/identity:environment:identity-center-apply',
      'repo:example/identity:environment:identity-center-approve',
    ]);
    expect(await subjects('apply', ...trust, '--environment', 'prod', '--environment', 'prod.2')).toEqual([
      'repo:example/identity:environment:prod',
      'repo:example/identity:environment:prod.2',
    ]);
  });

  it('has the ids of a newer repository, and the account and partition that are given', async () => {
    const flags = ['--trust', '--repository', 'example@12/identity@345', '--management-account', '999988887777'];
    expect(await subjects('plan', ...flags)).toEqual(['repo:example@12/identity@345:environment:identity-center-plan']);
    const other = await printed('plan', '-f', china, ...flags, '--partition', 'aws-us-gov', ...account);
    expect(other.Statement[0]?.['Principal']).toEqual({
      Federated: 'arn:aws-us-gov:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
    });
  });

  it('comes with what else is needed, on a terminal', async () => {
    const { err } = await runIdc(['iam-policy', 'apply', ...trust], { errIsTerminal: true });
    expect(err).toContain('jobs of example/identity in identity-center-apply or identity-center-approve.');
    expect(err).toContain('gh api repos/example/identity/actions/oidc/customization/sub');
    expect(err).toContain('aws iam create-open-id-connect-provider');
    const withIds = ['--trust', '--repository', 'example@1/identity@2', ...account];
    const second = await runIdc(['iam-policy', 'plan', ...withIds], { errIsTerminal: true });
    expect(second.err).not.toContain('gh api');
    expect(second.err).toContain('Limit this environment to the default branch');
  });
});

/** In a folder of its own, where it looks for the file by itself. */
const printedIn = (own: string) => inFolder(own, () => runIdc(['iam-policy', 'plan']));

describe('the file', () => {
  it('narrows the policy where it is there, and is left aside where it has mistakes', async () => {
    const own = mkdtempSync(path.join(folder, 'own-'));
    const without = { out: expect.stringContaining('"arn:aws:sso:::instance/*"') as string, err: '' };
    expect(await printedIn(own)).toMatchObject(without);
    cpSync(pinned, path.join(own, 'identity.yaml'));
    expect((await printedIn(own)).out).toContain('"arn:aws-us-gov:sso:::instance/ssoins-0123456789abcdef"');
    writeFileSync(path.join(own, 'identity.yaml'), 'version: 2\n');
    const { out, err } = await printedIn(own);
    expect(out).toContain('"arn:aws:sso:::instance/*"');
    expect(err).toBe('identity.yaml has mistakes, so the policy is not narrowed to its instance; see idc validate.\n');
  });

  it('may be missing, unless it is asked for', async () => {
    const { code, err } = await runIdc(['iam-policy', 'plan', '-f', path.join(folder, 'nowhere.yaml')]);
    expect(code).toBe(1);
    expect(err).toContain('(unreadable-file)');
  });

  it('must not have mistakes, where it is asked for', async () => {
    const { code, out, err } = await runIdc(['iam-policy', 'plan', '-f', fileWith('wrong.yaml', '{ regoin: x }')]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('unknown-key');
  });
});

describe('a flag that makes no sense is refused, and nothing is printed', () => {
  it.each([
    [['--management-account', '1234'], '--management-account 1234 is not an account id: 12 digits. (bad-flag)'],
    [['--partition', 'gcp'], '--partition gcp is not a partition'],
    [['-f', pinned, '--partition', 'aws'], '--partition aws is not that of arn:aws-us-gov:sso:::instance/'],
    [['--identity-store', 'd-*'], '--identity-store d-* is not the id of an identity store'],
    [['--kms-key', 'alias/identity'], '--kms-key alias/identity is not the ARN of a KMS key'],
    [
      ['--repository', 'a/b'],
      '--repository is for the trust policy, and this prints an identity policy. (bad-flag)\nAdd --trust.',
    ],
    [['--environment', 'x'], '--environment is for the trust policy, and this prints an identity policy. (bad-flag)'],
    [
      [...trust, '--kms-key', 'arn:aws:kms:us-east-1:111122223333:key/1'],
      '--kms-key is for an identity policy, and this prints the trust policy.',
    ],
    [
      [...trust, '--delegated-administrator'],
      '--delegated-administrator is for an identity policy, and this prints the trust policy.',
    ],
    [['--trust', ...account], 'The trust policy is for one repository. (missing-flag)'],
    [['--trust', '--repository', 'a/b'], 'names the account that the role lives in. (missing-flag)'],
    [['--provider-arn', 'x'], '--provider-arn x is not the ARN of an OIDC provider'],
    [['--issuer', 'https://ghe.com'], '--issuer https://ghe.com is not the host of an issuer'],
    [['--format', 'terraform'], 'A template makes both roles, and whom they trust. Leave out "plan".'],
    [[...trust, '--account', '11112222333'], '--account 11112222333 is not an account id'],
    ...['identity', '*/identity', 'a/*', 'a/b/c', '-a/b', 'a/..', 'a/b:ref', 'a@1/b', 'a/b@2', 'a@x/b@2', 'a/${b}'].map(
      (repository): [string[], string] => [
        ['--trust', '--repository', repository, ...account],
        `--repository ${repository} is not a repository on GitHub`,
      ],
    ),
    ...['*', 'a:b', '', 'a b', '${x}'].map((environment): [string[], string] => [
      [...trust, '--environment', 'fine', '--environment', environment],
      `--environment ${environment} is not the name of an environment`,
    ]),
  ])('%j', async (flags, message) => {
    const { code, out, err } = await runIdc(['iam-policy', 'plan', ...flags]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(message);
  });

  it('a purpose that there is not', async () => {
    const { code, err } = await runIdc(['iam-policy', 'destroy']);
    expect(code).toBe(1);
    expect(err).toContain('Allowed choices are plan, apply.');
  });
});

it('the emulator says which part of a policy it can not judge', async () => {
  const file = path.join(folder, 'policy.json');
  writeFileSync(file, '{ "Statement": [{ "Effect": "Allow", "Action": "sso:*", "Resource": "*", "Condition": {} }] }');
  const { code, out, err } = await runIdc(['emulator', '--port', '0', '--policy', file]);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('Condition is not supported for the services that are judged here. (bad-iam-policy)');
});

describe('--check compares the policy of a role with what this version asks for', () => {
  const written = (policy: unknown): string => {
    const file = path.join(folder, 'role.json');
    writeFileSync(file, JSON.stringify(policy));
    return file;
  };
  const check = (purpose: string, policy: unknown) => runIdc(['iam-policy', purpose, '--check', written(policy)]);

  it.each([
    ['plan', '7 actions', 'iam:ListRoles'],
    // Some of them it needs itself, in the management account.
    ['apply', '6 actions', 'account-access:ListApplications'],
  ])('what it prints for %s lacks only what other commands would use', async (purpose, count, first) => {
    const { code, out } = await check(purpose, await printed(purpose));
    expect(code).toBe(0);
    expect(out).toContain(`${count} that no plan needs, and other commands would use (--optional):\n  ${first}\n`);
    expect(out).toContain(`The policy allows all that every ${purpose} needs.`);
    const whole = await check(purpose, await printed(purpose, '--optional'));
    expect(whole).toMatchObject({ code: 0, out: `The policy allows all that every ${purpose} needs.\n` });
  });

  it('names what is missing, what only some plans need, what has a condition and what nothing calls', async () => {
    const { Statement, ...rest } = await printed('plan', '--optional');
    const without = ['sso:ListPermissionSets', 'sso:ListAccountAssignmentCreationStatus'];
    const edited = Statement.map((statement) => ({
      ...statement,
      Action: (statement['Action'] as string[]).filter((action) => !without.includes(action)),
      ...(JSON.stringify(statement).includes('ListUsers') && {
        Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      }),
    }));
    const more = { Effect: 'Allow', Action: ['sso:Unheard*', 'kms:Decrypt'], Resource: '*' };
    // As `aws iam get-role-policy` prints it.
    const { code, out } = await check('plan', { PolicyDocument: { ...rest, Statement: [...edited, more] } });
    expect(code).toBe(1);
    expect(out).toContain('1 action that every plan needs, and the policy does not allow:\n  sso:ListPermissionSets\n');
    expect(out).toContain(
      'does not allow:\n  sso:ListAccountAssignmentCreationStatus: those that are made while an apply may be under way\n',
    );
    expect(out).toMatch(
      /that the policy allows under a condition, or denies somewhere:\n(  .*\n)*  identitystore:ListUsers\n/,
    );
    expect(out).toContain('1 action that the policy allows, and no plan of this version calls:\n  sso:Unheard*\n');
  });

  it('takes nothing else for a policy', async () => {
    for (const other of [{}, [], 'text', { Statement: 'all' }]) {
      expect(await check('plan', other)).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringContaining('(bad-flag)'),
      });
    }
  });
});

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runIdc } from '../../support/run-idc.ts';
import { createTerraform, reasonToSkip } from '../../support/terraform.ts';

const issuer = 'token.actions.githubusercontent.com';
const ofOwn = `arn:aws:iam::999988887777:oidc-provider/${issuer}`;

async function printed(...args: string[]): Promise<string> {
  const { code, out, err } = await runIdc(['iam-policy', ...args]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

const policy = async (purpose: string): Promise<unknown> => JSON.parse(await printed(purpose)) as unknown;
const trust = async (purpose: string, ...flags: string[]): Promise<unknown> =>
  JSON.parse(
    await printed(purpose, '--trust', '--repository', 'org/repo', '--account', '999988887777', ...flags),
  ) as unknown;

interface Template {
  Parameters: Record<string, { Default?: string; AllowedPattern?: string }>;
  Conditions: Record<string, unknown>;
  Resources: Record<string, { Type: string; Condition?: string; Properties: Record<string, unknown> }>;
}

/** The resources as CloudFormation makes them of these parameters. */
function deploy(template: Template, given: Record<string, string>): Record<string, Record<string, unknown>> {
  const values: Record<string, string | undefined> = { Provider: ofOwn };
  for (const [name, { Default }] of Object.entries(template.Parameters)) values[name] = given[name] ?? Default;
  const isTrue = (name: string): boolean => resolve(template.Conditions[name]) === true;
  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const [[key, of] = ['', undefined]] = Object.entries(value);
    const list = of as unknown[];
    if (key === 'Ref') return of === 'AWS::NoValue' ? undefined : values[of as string];
    if (key === 'Fn::Sub')
      return (of as string).replaceAll(/\$\{(\w+)\}/g, (_all, name: string) => values[name] ?? '?');
    if (key === 'Fn::Equals') return resolve(list[0]) === resolve(list[1]);
    if (key === 'Fn::Not') return resolve(list[0]) !== true;
    if (key === 'Fn::If') return resolve(isTrue(list[0] as string) ? list[1] : list[2]);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolve(one)]));
  }
  return Object.fromEntries(
    Object.entries(template.Resources)
      .filter(([, { Condition }]) => Condition === undefined || isTrue(Condition))
      .map(([name, { Properties }]) => [name, resolve(Properties) as Record<string, unknown>]),
  );
}

const template = async (...flags: string[]): Promise<Template> =>
  JSON.parse(await printed('--format', 'cloudformation', ...flags)) as Template;

describe('the CloudFormation template', () => {
  it('makes both roles with the policies that idc iam-policy prints, and the provider', async () => {
    const made = deploy(await template(), { Repository: 'org/repo' });
    expect(made['Provider']).toEqual({ Url: `https://${issuer}`, ClientIdList: ['sts.amazonaws.com'] });
    for (const [role, purpose] of [
      ['PlanRole', 'plan'],
      ['ApplyRole', 'apply'],
    ] as const) {
      expect(made[role]).toEqual({
        RoleName: `identity-center-${purpose}`,
        MaxSessionDuration: 10_800,
        PermissionsBoundary: undefined,
        AssumeRolePolicyDocument: await trust(purpose),
        Policies: [{ PolicyName: 'idc', PolicyDocument: await policy(purpose) }],
      });
    }
  });

  it('takes the provider that there is, a prefix and a boundary', async () => {
    const boundary = 'arn:aws:iam::999988887777:policy/edge';
    const given = { ProviderArn: `${ofOwn}2`, RolePrefix: 'sso-', PermissionsBoundary: boundary };
    const made = deploy(await template('--repository', 'org/repo'), given);
    expect(Object.keys(made)).toEqual(['PlanRole', 'ApplyRole']);
    expect(made['PlanRole']).toMatchObject({ RoleName: 'sso-plan', PermissionsBoundary: boundary });
    expect(JSON.stringify(made['ApplyRole']?.['AssumeRolePolicyDocument'])).toContain(`"Federated":"${ofOwn}2"`);
    const ofFlag = deploy(await template('--repository', 'org/repo', '--provider-arn', ofOwn), {});
    expect(Object.keys(ofFlag)).toEqual(['PlanRole', 'ApplyRole']);
  });

  it('is for the issuer of an enterprise, as the trust policy is', async () => {
    const own = 'token.actions.acme.ghe.com';
    const made = deploy(await template('--issuer', own), { Repository: 'org/repo', ProviderArn: ofOwn });
    const document = JSON.stringify(made['PlanRole']?.['AssumeRolePolicyDocument']);
    expect(document).toContain(`"${own}:sub":["repo:org/repo:environment:identity-center-plan"]`);
    expect(document).not.toContain(`"${issuer}:`);
    expect(JSON.stringify(await trust('plan', '--issuer', own))).toContain(`oidc-provider/${own}"`);
  });

  it('takes one repository and no pattern', async () => {
    const form = new RegExp((await template()).Parameters['Repository']?.AllowedPattern ?? '');
    for (const right of ['org/repo', 'my-org/my.repo', 'org@1/repo@2']) expect(right).toMatch(form);
    for (const wrong of ['*/*', 'org/*', 'org', 'org/repo:ref:x', 'org/re?o']) expect(wrong).not.toMatch(form);
  });

  it('is far below the limits of a request and of the inline policies of a role', async () => {
    const key = 'arn:aws:kms:us-east-1:999988887777:key/0123abcd-0123-0123-0123-0123456789ab';
    const whole = await template('--kms-key', key, '--management-account', '999988887777');
    expect(JSON.stringify(whole, null, 2).length).toBeLessThan(51_200);
    for (const { Properties } of Object.values(whole.Resources)) {
      expect(JSON.stringify(Properties['Policies'] ?? '').length).toBeLessThan(10_240 * 0.8);
    }
  });

  it('is what cfn-lint calls right', { timeout: 120_000 }, async ({ skip }) => {
    skip(spawnSync('cfn-lint', ['--version']).status !== 0, 'cfn-lint is not installed');
    const folder = mkdtempSync(path.join(tmpdir(), 'idc-template-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = path.join(folder, 't.json');
    writeFileSync(file, await printed('--format', 'cloudformation', '--repository', 'org/repo'));
    const { status, stdout } = spawnSync('cfn-lint', ['-r', 'us-east-1', '--', file], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});

describe('the Terraform module', () => {
  it('is formatted, makes the same roles, and then has nothing to do', { timeout: 300_000 }, async ({ skip }) => {
    const reason = reasonToSkip() ?? (spawnSync('moto_server', ['-h']).status === 0 ? undefined : 'there is no moto');
    skip(reason !== undefined, reason);
    const url = await startMoto();
    const terraform = createTerraform();
    const endpoints = ['iam', 'sts'].map((service) => `${service} = "${url}"`).join('\n    ');
    terraform.write(`${await printed('--format', 'terraform', '--repository', 'org/repo')}
provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  endpoints {
    ${endpoints}
  }
}
`);
    await terraform.run('fmt', '-check', 'main.tf');
    await terraform.run('init', '-no-color');
    await terraform.run('apply', '-auto-approve', '-no-color');
    // 2 where anything is left to do.
    await terraform.run('plan', '-detailed-exitcode', '-no-color');
    for (const purpose of ['plan', 'apply']) {
      const role = `identity-center-${purpose}`;
      const found = await ask(url, { Action: 'GetRolePolicy', RoleName: role, PolicyName: 'idc' });
      expect(JSON.parse(found('PolicyDocument'))).toEqual(await policy(purpose));
      const { Statement } = JSON.parse(
        (await ask(url, { Action: 'GetRole', RoleName: role }))('AssumeRolePolicyDocument'),
      ) as {
        Statement: [{ Principal: { Federated: string } }];
      };
      const wanted = (await trust(purpose)) as { Statement: [object] };
      expect(Statement).toEqual([
        {
          ...wanted.Statement[0],
          Principal: { Federated: expect.stringMatching(`oidc-provider/${issuer}$`) as string },
        },
      ]);
    }
  });
});

/** IAM of moto; a member of its answer as text. */
async function ask(url: string, form: Record<string, string>): Promise<(member: string) => string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request' },
    body: new URLSearchParams({ Version: '2010-05-08', ...form }),
  });
  const text = await response.text();
  return (member) => decodeURIComponent(new RegExp(`<${member}>([^<]*)</${member}>`).exec(text)?.[1] ?? text);
}

async function startMoto(): Promise<string> {
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], { env: { PATH: process.env['PATH'] } });
  onTestFinished(() => void child.kill());
  return new Promise((resolve, reject) => {
    let said = '';
    const look = (text: Buffer): void => {
      said += text.toString();
      const found = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('close', () => reject(new Error(said)));
  });
}

import { lock } from 'proper-lockfile';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf, type Plan } from '../../src/core/plan.ts';
import { renderJson } from '../support/render-json.ts';
import { runIdc, type Ran } from '../support/run-idc.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'idc-story-'));
  file = path.join(folder, 'identity.yaml');
  writeFileSync(file, text());
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = (title = 'Lead'): string => `version: 1
identityCenter: { region: us-east-1, instanceArn: "arn:aws:sso:::instance/ssoins-0123456789abcdef" }
cli: { startUrl: https://example.awsapps.com/start }
accounts: { management: "999988887777", production: "111122223333" }
users:
  ann: { givenName: Ann, familyName: A, email: ann@example.com, title: ${title} }
  "../x/*": { givenName: B, familyName: B, email: b@example.com }
groups: { ops: { members: [ann, "../x/*"] } }
permissionSets: { Read: { managedPolicies: [ReadOnlyAccess] } }
assignments: [{ groups: [ops], permissionSets: [Read], accounts: [production] }]
`;

const idc = (command: string, ...flags: string[]): Promise<Ran> => runIdc([command, '-f', file, '--local', ...flags]);
const pending = async (): Promise<boolean> => (await idc('plan', '--detailed-exitcode')).code === 2;

describe('apply', () => {
  it('refuses without a terminal and without --yes', async () => {
    const { code, err } = await idc('apply');
    expect(code).toBe(3);
    expect(err).toContain('Add --yes');
    expect(await pending()).toBe(true);
  });

  it.each([
    ['no', 3, true],
    ['y', 3, true],
    ['', 3, true],
    ['yes', 0, false],
  ])('asks, and %j ends with %i', async (answer, expected, isPending) => {
    const questions: string[] = [];
    const ask = async (question: string): Promise<string> => (questions.push(question), answer);
    const { code, out, err } = await runIdc(['apply', '-f', file, '--local'], { canAsk: true, ask });
    expect(code).toBe(expected);
    expect(questions.join()).toContain('Apply these 7 changes?');
    // The question comes after the plan, and what the plan does to people stands right above it.
    const [, lead = ''] = /^Plan for \S+ in \S+: ([^]*?\.)\n/.exec(out) ?? [];
    expect(lead).toMatch(/gains? access/);
    expect(err.startsWith(`\n${lead}\n`)).toBe(true);
    expect(await pending()).toBe(isPending);
  });

  it('takes a saved plan, from wherever it lies, and refuses it once anything has moved', async () => {
    const saved = path.join(folder, 'elsewhere.json');
    await idc('plan', '--out', saved);
    expect((await idc('apply', saved, '--yes')).code).toBe(0);
    const again = await idc('apply', saved, '--yes');
    expect(again.code).toBe(3);
    expect(again.err).toContain('not the reviewed plan');
  });

  it.each([
    ['no JSON', (plan: string) => plan.slice(5), 'plan-json', 1],
    ['another format', (plan: string) => plan.replace(/"formatVersion": \d+/, '"formatVersion": 99'), 'plan-format', 1],
    ['another shape', (plan: string) => plan.replace('"steps"', '"stops"'), 'plan-shape', 1],
    [
      'another instance',
      (text: string) => {
        const { seal: _seal, ...plan } = JSON.parse(
          text.replaceAll('ssoins-0123456789abcdef', 'ssoins-fedcba9876543210'),
        ) as Plan & { seal: string };
        return renderJson({ ...plan, digest: digestOf(plan) });
      },
      'Refused',
      3,
    ],
  ])('does not take a saved plan that is %s', async (_what, damage, message, expected) => {
    const saved = path.join(folder, 'plan.json');
    await idc('plan', '--out', saved);
    writeFileSync(saved, damage(readFileSync(saved, 'utf8')));
    const { code, err } = await idc('apply', saved, '--yes');
    expect(code, err).toBe(expected);
    expect(err).toContain(message);
    expect(await pending()).toBe(true);
  });

  it('takes the digest that was reviewed and no other', async () => {
    const { digest } = JSON.parse((await idc('plan', '--format', 'json')).out) as { digest: string };
    expect((await idc('apply', '--yes', '--digest', `sha256:${'0'.repeat(64)}`)).code).toBe(3);
    expect(await pending()).toBe(true);
    expect((await idc('apply', '--yes', '--digest', digest)).code).toBe(0);
    expect(await pending()).toBe(false);
  });

  it('answers one JSON document where it is asked to', async () => {
    const { out, code } = await idc('apply', '--yes', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ complete: true, summary: { create: 7, failed: 0 } });
  });

  it('writes a file of profiles for each user, and none outside the folder', async () => {
    const out = path.join(folder, 'profiles');
    expect((await idc('apply', '--yes', '--profiles', out)).code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['%2E%2E%2Fx%2F%2A.config', 'ann.config']);
    expect(readFileSync(path.join(out, 'ann.config'), 'utf8')).toContain('[profile Read-111122223333]');
    expect(readdirSync(folder).sort()).toEqual(['.idc', 'identity.yaml', 'profiles']);
  });
});

it('an edit is pending until it is applied', async () => {
  await idc('apply', '--yes');
  expect(await pending()).toBe(false);
  writeFileSync(file, text('Head'));
  expect(await pending()).toBe(true);
});

it('the local Identity Center hides from git and is used by one run at a time', async () => {
  await idc('plan');
  const local = path.join(folder, '.idc');
  expect(readFileSync(path.join(local, '.gitignore'), 'utf8')).toBe('*\n');
  const release = await lock(local, { lockfilePath: path.join(local, 'lock') });
  const { code, err } = await idc('plan');
  await release();
  expect(code).toBe(1);
  expect(err).toContain('(local-in-use)');
  expect((await idc('plan')).code).toBe(0);
}, 30_000);

it('a local Identity Center with a damaged state says how to start again', async () => {
  await idc('plan');
  writeFileSync(path.join(folder, '.idc', 'local.json'), '{"formatVersion":');
  const { code, out, err } = await idc('plan');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('local.json');
  expect(err).toContain(`Remove the folder ${path.join(folder, '.idc')}`);
  rmSync(path.join(folder, '.idc'), { recursive: true });
  expect((await idc('plan')).code).toBe(0);
});

describe('profiles', () => {
  it('come from the file alone, without a live read', async () => {
    const { code, out } = await runIdc(['profiles', 'ANN', '-f', file]);
    expect(code).toBe(0);
    expect(out).toContain('[profile Read-111122223333]');
    expect(readdirSync(folder)).toEqual(['identity.yaml']);
  });

  it('come from the live state where the file does not say it all', async () => {
    await idc('apply', '--yes');
    writeFileSync(file, text().replace(/^cli: .*$/m, ''));
    const { code, out } = await runIdc(['profiles', 'ann', '-f', file, '--local']);
    expect(code).toBe(0);
    expect(out).toMatch(/sso_start_url = https:\/\/d-[0-9a-f]{10}\.awsapps\.com\/start/);
  });

  it('need a user who exists', async () => {
    const { code, err } = await runIdc(['profiles', 'amn', '-f', file]);
    expect(code).toBe(1);
    expect(err).toContain('did you mean "ann"?');
    expect((await runIdc(['profiles', '-f', file])).err).toContain('(no-user)');
  });
});

describe('a file for a first trial', () => {
  it('needs no region, and a new Identity Center stays in the one that it got', async () => {
    const trial = (extra = ''): string => text().replace(/^identityCenter: .*$/m, extra);
    writeFileSync(file, trial());
    expect((await idc('apply', '--yes', '--region', 'eu-central-1')).code).toBe(0);
    const { code, out, err } = await runIdc(['plan', '-f', file, '--local', '--detailed-exitcode'], { env: {} });
    expect(code, err).toBe(0);
    expect(out).toContain('in eu-central-1');
    rmSync(path.join(folder, '.idc'), { recursive: true });
    expect((await runIdc(['plan', '-f', file, '--local'], { env: {} })).out).toMatch(/in\s+us-east-1/);
  });

  it('is told of which accounts the embedded organization consists where it names another', async () => {
    writeFileSync(
      file,
      text()
        .replace(/^accounts: .*$/m, '')
        .replace('accounts: [production]', 'accounts: [prd]'),
    );
    const { code, err } = await idc('plan');
    expect(code).toBe(1);
    expect(err).toContain('unknown-account');
    expect(err).toContain(
      'With --local the organization is embedded: it has the accounts that the file names under accounts',
    );
  });
});

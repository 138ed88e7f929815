import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { applySteps, type ApplyEvent } from '../../../src/reconcile/apply.ts';
import { kinds } from '../../../src/kinds/index.ts';
import { codesOf, diagnose } from '../../config/support.ts';
import { allBut, see } from '../../doctor/examine.ts';
import { under } from '../../support/in-force.ts';
import { startLive, type LiveSetup } from '../../support/live.ts';
import { plant } from '../../support/organisation.ts';
import { runIdc, type Ran } from '../../support/run-idc.ts';

let live: LiveSetup;
beforeEach(async () => {
  live = await startLive();
});
afterEach(() => live.emulator.close());

const issuer = {
  issuerUrl: 'https://a.example',
  claimAttributePath: 'email',
  identityStoreAttributePath: 'emails.value',
};
const fileWith = (issuers: object) => ({ trustedTokenIssuers: issuers });
const stepsOf = async (document: object): Promise<string[]> =>
  (await live.plan(document)).plan.steps.map(({ id, action }) => `${action} ${id.split('/')[1]}`);
const arnOf = (name: string): string | undefined =>
  [...live.emulator.world.trustedTokenIssuers.rows()].find(({ Name }) => Name === name)?.TrustedTokenIssuerArn;
const called = (): string[] =>
  live.emulator.calls.map(({ operation }) => operation).filter((name) => name.includes('Token'));

describe('trusted token issuers', () => {
  it('come, change, keep their ARN under another name, and go', async () => {
    const apply = async (issuers: object, steps: string[]): Promise<void> => {
      expect(await stepsOf(fileWith(issuers))).toEqual(steps);
      expect(await live.apply(fileWith(issuers))).toEqual([]);
    };
    await apply({ okta: issuer, entra: issuer }, ['create okta', 'create entra']);
    const arn = arnOf('okta');
    await apply({ okta: { ...issuer, claimAttributePath: 'sub' }, entra: issuer }, ['update okta']);
    await apply({ login: { ...issuer, claimAttributePath: 'sub', previously: 'okta' }, entra: issuer }, [
      'update login',
    ]);
    expect(arnOf('login')).toBe(arn);
    await apply({ entra: issuer }, ['delete login']);
    expect(await stepsOf(fileWith({ entra: { ...issuer, jwksRetrievalOption: 'OPEN_ID_DISCOVERY' } }))).toEqual([]);
  });

  it('get another ARN with another URL, which the plan says', async () => {
    await live.apply(fileWith({ okta: issuer }));
    const arn = arnOf('okta');
    const moved = fileWith({ okta: { ...issuer, issuerUrl: 'https://b.example' } });
    const { warnings } = (await live.plan(moved)).plan;
    expect(warnings.filter(({ code }) => code === 'issuer-replaced')).toMatchObject([
      { message: expect.stringContaining('okta gets another URL') as string, place: { line: 1 } },
    ]);
    expect(await live.apply(moved)).toEqual([]);
    expect(arnOf('okta')).not.toBe(arn);
    expect(await stepsOf(moved)).toEqual([]);
    const other = fileWith({ okta: { ...issuer, issuerUrl: 'https://b.example', claimAttributePath: 'sub' } });
    expect((await live.plan(other)).plan.warnings.map(({ code }) => code)).not.toContain('issuer-replaced');
  });

  it.each([
    ['as the file says', 'https://a.example email emails.value'],
    ['with other paths', 'https://a.example sub userName'],
    ['with another URL', 'https://z.example sub userName'],
  ])('that somebody makes after the plan, %s, are made what the file says', async (_how, text) => {
    const { plan, live: state } = await live.plan(fileWith({ okta: issuer }));
    await plant(live.emulator, { trustedTokenIssuers: { okta: text } });
    const events: ApplyEvent[] = [];
    await under('apply', () => applySteps(kinds, live.aws, plan.steps, state, (event) => events.push(event)));
    expect(events.filter(({ type }) => type === 'failed')).toEqual([]);
    expect(await stepsOf(fileWith({ okta: issuer }))).toEqual([]);
  });

  it('cost no call and no right where the file has no section', async () => {
    await live.apply(fileWith({ okta: issuer }));
    live.emulator.calls.length = 0;
    expect(await stepsOf({ groups: {} })).toEqual([]);
    expect(called()).toEqual([]);
    live.emulator.setPolicy(allBut('sso:ListTrustedTokenIssuers', 'sso:DescribeTrustedTokenIssuer'));
    const one = { document: { groups: {} }, policy: allBut('sso:ListTrustedTokenIssuers') };
    expect((await see('read-rights', one)).status).toBe('note');
    expect((await see('read-rights', { ...one, document: fileWith({}) })).status).toBe('warning');
  });

  it('are removed by an empty section, but for those that are ignored', async () => {
    await plant(live.emulator, { trustedTokenIssuers: { okta: 'https://a.example sub userName' } });
    expect(await stepsOf(fileWith({}))).toEqual(['delete okta']);
    expect(await stepsOf({ ...fileWith({}), ignore: { trustedTokenIssuers: ['ok*'] } })).toEqual([]);
  });
});

it('that a snapshot of before knows nothing of are not taken for none', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'idc-issuers-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'identity.yaml');
  const planOf = (document: object): Promise<Ran> => {
    writeFileSync(file, JSON.stringify({ version: 1, ...document }));
    return runIdc(['plan', '-f', file, '--snapshot', 'test/planner/snapshots/format-2.json']);
  };
  expect(await planOf({ groups: { ops: {} }, ignore: { users: ['*'] } })).toMatchObject({ code: 0, err: '' });
  const { code, out, err } = await planOf(fileWith({ okta: issuer }));
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('did not read trusted token issuers, which this command needs. (snapshot-unread)');
});

describe('what Identity Center would not take', () => {
  it.each([
    ['a name with a space', `{ "a b": ${JSON.stringify(issuer)} }`, 'bad-name'],
    ['a URL without a scheme', JSON.stringify({ a: { ...issuer, issuerUrl: 'login.example.com' } }), 'bad-value'],
    ['a path of four', JSON.stringify({ a: { ...issuer, claimAttributePath: 'a.b.c.d' } }), 'bad-value'],
    ['an attribute with a digit', JSON.stringify({ a: { ...issuer, identityStoreAttributePath: 'a1' } }), 'bad-value'],
    ['keys from elsewhere', JSON.stringify({ a: { ...issuer, jwksRetrievalOption: 'INLINE' } }), 'bad-value'],
    ['no paths', '{ a: { issuerUrl: "https://a.example" } }', 'missing-key'],
    [
      'two names that differ by case',
      `{ a: ${JSON.stringify(issuer)}, A: ${JSON.stringify(issuer)} }`,
      'similar-names',
    ],
  ])('the loader does not: %s', (_what, issuers, code) => {
    expect(codesOf(diagnose(`version: 1\ntrustedTokenIssuers: ${issuers}\n`))).toEqual([code]);
  });
});
